import { userInfo } from 'node:os';
import { Argument, type Command } from 'commander';
import {
  applyConfiguration,
  diffConfiguration,
  rollbackConfiguration,
} from '../configuration/changes/apply.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { type DocumentKind, documentKinds } from '../configuration/document.ts';
import { exportConfiguration } from '../configuration/export.ts';
import { validateFolder } from '../configuration/folder.ts';
import { listVersions } from '../configuration/versions.ts';
import { readSettings } from '../settings.ts';
import { applyRemotely, exportRemotely, type RemoteChanged } from './remote/remote-configuration.ts';
import type { RemoteOptions } from './remote/remote-hub.ts';
import { UsageError } from './terminal/exit-codes.ts';
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
  $ hub config rollback agency kotra 3
  $ hub config apply config --remote https://hub.example.go.kr --key-file pipeline.key --note "$(git log -1 --format=%s)"`,
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
  addRemoteOptions(config.command('diff'))
    .description('Show what apply would change.')
    .argument('[folder]', folderHelp)
    .action((folder = readSettings().CONFIG_DIR, options: Partial<RemoteOptions>) =>
      apply(folder, { ...options, author: '', note: '', dryRun: true }),
    );
  addRemoteOptions(config.command('apply'))
    .description('Bring the folder into force, all or nothing; running processes follow within seconds.')
    .argument('[folder]', folderHelp)
    .option(...authorOption)
    .option(...noteOption)
    .option('--dry-run', 'only show what it would change')
    .action((folder = readSettings().CONFIG_DIR, options: ApplyOptions, command: Command) => {
      if (options.remote && command.getOptionValueSource('author') === 'cli')
        throw new UsageError('with --remote the account of the key is written into the history');
      return apply(folder, options);
    });
  addRemoteOptions(config.command('export'))
    .description('Write what is in force into a folder; never overwrites a file.')
    .argument('<folder>', 'where to write')
    .action(async (folder: string, options: Partial<RemoteOptions>) => {
      const files = isRemote(options)
        ? await exportRemotely(options, folder)
        : await withStore((store) => exportConfiguration(store, folder));
      for (const file of files) console.log(file);
    });
}

interface ApplyOptions extends Partial<RemoteOptions> {
  author: string;
  note: string;
  dryRun?: boolean;
}

/** For commands that also work at a hub elsewhere. */
function addRemoteOptions(command: Command): Command {
  return command
    .option('--remote <url>', 'do it at the hub with this address instead of in the database')
    .option('--key-file <file>', "with --remote: file with an administrator's key (hub user key)")
    .option('--key-env <name>', 'with --remote: name of the variable that holds the key')
    .option('--ca <file>', "with --remote: PEM of who signed the hub's certificate");
}

const isRemote = (options: Partial<RemoteOptions>): options is RemoteOptions => {
  if (options.remote !== undefined) return true;
  if (options.keyFile ?? options.keyEnv ?? options.ca)
    throw new UsageError('--key-file, --key-env and --ca go with --remote');
  return false;
};

async function apply(
  folder: string,
  { author, note, dryRun = false, ...options }: ApplyOptions,
): Promise<void> {
  if (!isRemote(options)) {
    await withStore(async (store) =>
      printChanges(
        dryRun
          ? await diffConfiguration(store, folder)
          : await applyConfiguration(store, folder, author, { note }),
      ),
    );
    return;
  }
  const { changes, proposal } = await applyRemotely(options, folder, { note, dryRun });
  printChanges(changes);
  if (proposal) console.log(`proposed ${proposal}: it waits for a second person`);
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

function printChanges(changes: RemoteChanged['changes']): void {
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
