import { userInfo } from 'node:os';
import { Argument, type Command } from 'commander';
import { applyConfiguration, diffConfiguration, rollbackConfiguration } from '../configuration/apply.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import type { DocumentChange } from '../configuration/difference.ts';
import { type DocumentKind, documentKinds } from '../configuration/document.ts';
import { exportConfiguration } from '../configuration/export.ts';
import { validateFolder } from '../configuration/folder.ts';
import { listVersions } from '../configuration/versions.ts';
import { readSettings } from '../settings.ts';
import { printTable } from './terminal/print-table.ts';
import { toCount } from './terminal/read-arguments.ts';
import { withStore } from './terminal/with-store.ts';

const folderHelp = 'folder of agencies/, routing.yaml, clock.yaml and templates/ (default: CONFIG_DIR)';
const noteOption = ['--note <text>', 'why, for the history', ''] as const;
const authorOption = ['--author <name>', 'who is written into the history', currentUser()] as const;

export function addConfigurationCommands(program: Command): void {
  const config = program
    .command('config')
    .description('Agencies, routing and clock: check, bring into force, look back.')
    .addHelpText(
      'after',
      `
Examples:
  $ hub config validate config && hub config diff config && hub config apply config
  $ hub config versions agency kotra
  $ hub config rollback agency kotra 3`,
    );
  addFolderCommands(config);
  addHistoryCommands(config);
}

function addFolderCommands(config: Command): void {
  config
    .command('validate')
    .description('Tell every mistake in the folder, with file and line. Needs no database.')
    .argument('[folder]', folderHelp)
    .action(async (folder = readSettings().CONFIG_DIR) => {
      const { documents, problems } = await validateFolder(folder);
      if (problems.length > 0)
        throw new ConfigurationError('invalid', countOf(problems.length, 'problem'), problems);
      console.log(`${countOf(documents.length, 'document')}, no problems`);
    });
  config
    .command('diff')
    .description('Show what apply would change.')
    .argument('[folder]', folderHelp)
    .action((folder = readSettings().CONFIG_DIR) =>
      withStore(async (store) => printChanges(await diffConfiguration(store, folder))),
    );
  config
    .command('apply')
    .description('Bring the folder into force, all or nothing; running processes follow within seconds.')
    .argument('[folder]', folderHelp)
    .option(...authorOption)
    .option(...noteOption)
    .action((folder = readSettings().CONFIG_DIR, { author, note }: { author: string; note: string }) =>
      withStore(async (store) => printChanges(await applyConfiguration(store, folder, author, { note }))),
    );
  config
    .command('export')
    .description('Write what is in force into a folder; never overwrites a file.')
    .argument('<folder>', 'where to write')
    .action((folder: string) =>
      withStore(async (store) => {
        for (const file of await exportConfiguration(store, folder)) console.log(file);
      }),
    );
}

function addHistoryCommands(config: Command): void {
  const kind = () => new Argument('<kind>', 'kind of document').choices(documentKinds);
  config
    .command('versions')
    .description('List what was applied, newest first.')
    .addArgument(kind().argOptional())
    .argument('[name]', 'code of the agency')
    .option('--most <n>', 'how many', toCount(9), 100)
    .action((ofKind: DocumentKind | undefined, name: string | undefined, { most }: { most: number }) =>
      withStore(async (store) => {
        const of = { ...(ofKind && { kind: ofKind }), ...(name && { name }) };
        const rows = (await listVersions(store.db, of, most)).map((entry) => [
          entry.kind,
          entry.name,
          entry.version,
          entry.removal ? 'removed' : 'applied',
          entry.author,
          entry.appliedAt.toISOString(),
          entry.note,
        ]);
        printTable(['KIND', 'NAME', 'VERSION', 'WHAT', 'AUTHOR', 'AT', 'NOTE'], rows);
      }),
    );
  config
    .command('rollback')
    .description('Bring an earlier version of one document into force again, as a new version.')
    .addArgument(kind())
    .argument('<name>', 'code of the agency, or the kind once more')
    .argument('<version>', 'see hub config versions', toCount(9))
    .option(...authorOption)
    .option(...noteOption)
    .action(
      (
        ofKind: DocumentKind,
        name: string,
        version: number,
        { author, note }: { author: string; note: string },
      ) =>
        withStore(async (store) =>
          printChanges(await rollbackConfiguration(store, { kind: ofKind, name, version }, author, { note })),
        ),
    );
}

function printChanges(changes: DocumentChange[]): void {
  if (changes.length === 0) console.log('no changes');
  for (const { kind, name, change, paths } of changes) {
    console.log(`${change} ${kind} ${name}`);
    if (change === 'changed' && paths.length === 0) console.log('  only comments or layout');
    for (const place of paths) console.log(`  ${place.change} ${place.path || 'as a whole'}`);
  }
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Containers may run under an account without a name. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'command line';
  }
}
