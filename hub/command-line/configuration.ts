import type { Command } from 'commander';
import { applyConfiguration, diffConfiguration } from '../configuration/changes/apply.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { exportConfiguration } from '../configuration/export.ts';
import { validateFolder } from '../configuration/folder.ts';
import { findSignOnProblems } from '../configuration/sign-on-file.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { addHistoryCommands } from './configuration-history.ts';
import { applyRemotely, exportRemotely } from './remote/remote-configuration.ts';
import type { RemoteOptions } from './remote/remote-hub.ts';
import { addRemoteOptions, isRemote } from './remote/remote-options.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { authorOption, noteOption } from './terminal/history-options.ts';
import { printChanges } from './terminal/print-changes.ts';
import { withStore } from './terminal/with-store.ts';

const folderHelp = 'folder of agencies/, routing.yaml, clock.yaml and templates/ (default: CONFIG_DIR)';

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
  $ hub config rollback agency kotra 3 --remote https://hub.example.go.kr --key-file pipeline.key --yes
  $ hub config apply config --remote https://hub.example.go.kr --key-file pipeline.key --note "$(git log -1 --format=%s)"`,
    );
  addFolderCommands(config);
  addHistoryCommands(config);
}

function addFolderCommands(config: Command): void {
  config
    .command('validate')
    .description(
      'Tell every mistake in the folder, and in SIGN_ON_FILE, with file and line. Needs no database.',
    )
    .argument('[folder]', folderHelp)
    .action(async (folder = readSettings().CONFIG_DIR) => {
      const { documents, problems } = await validateFolder(folder);
      const providers = findSignOnProblems();
      if (problems.length > 0) {
        for (const line of providers) console.error(line);
        throw new ConfigurationError('invalid', countOf(problems.length, 'problem'), problems);
      }
      if (providers.length > 0) throw new SettingsError(providers);
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

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
