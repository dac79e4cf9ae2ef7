import { Argument, type Command } from 'commander';
import { rollbackConfiguration } from '../configuration/changes/apply.ts';
import { type DocumentKey, type DocumentKind, documentKinds } from '../configuration/document.ts';
import { listVersions } from '../configuration/versions.ts';
import {
  listVersionsRemotely,
  planRollbackRemotely,
  type RemoteRollback,
  type RemoteVersion,
  rollBackRemotely,
} from './remote/remote-history.ts';
import type { RemoteOptions } from './remote/remote-hub.ts';
import { addRemoteOptions, isRemote } from './remote/remote-options.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { authorOption, noteOption } from './terminal/history-options.ts';
import { printChanges } from './terminal/print-changes.ts';
import { printTable } from './terminal/print-table.ts';
import { toCount } from './terminal/read-arguments.ts';
import { withStore } from './terminal/with-store.ts';

type Target = DocumentKey & { version: number };

/** `hub config versions` and `rollback`, here or at a hub elsewhere. */
export function addHistoryCommands(config: Command): void {
  const kind = () => new Argument('<kind>', 'kind of document').choices(documentKinds);
  addRemoteOptions(config.command('versions'))
    .description('List what was applied, newest first.')
    .addArgument(kind().argOptional())
    .argument('[name]', 'code of the agency')
    .option('--most <n>', 'how many', toCount(9), 100)
    .action(
      async (
        ofKind: DocumentKind | undefined,
        name: string | undefined,
        { most, ...options }: Partial<RemoteOptions> & { most: number },
      ) =>
        printVersions(
          isRemote(options)
            ? await listVersionsRemotely(options, toOne(ofKind, name), most)
            : await listHere({ ...(ofKind && { kind: ofKind }), ...(name && { name }) }, most),
        ),
    );
  addRemoteOptions(config.command('rollback'))
    .description('Bring an earlier version of one document into force again, as a new version.')
    .addArgument(kind())
    .argument('<name>', 'code of the agency, or the kind once more')
    .argument('<version>', 'see hub config versions', toCount(9))
    .option(...authorOption)
    .option(...noteOption)
    .option('--yes', 'with --remote: do it; without, it only shows what it would undo')
    .action(
      (
        ofKind: DocumentKind,
        name: string,
        version: number,
        options: RollbackOptions,
        command: Command,
      ): Promise<void> => {
        if (options.remote && command.getOptionValueSource('author') === 'cli')
          throw new UsageError('with --remote the account of the key is written into the history');
        return rollBack({ kind: ofKind, name, version }, options);
      },
    );
}

interface RollbackOptions extends Partial<RemoteOptions> {
  author: string;
  note: string;
  yes?: boolean;
}

async function rollBack(target: Target, { author, note, yes, ...options }: RollbackOptions): Promise<void> {
  if (!isRemote(options)) {
    await withStore(async (store) =>
      printChanges(await rollbackConfiguration(store, target, author, { note })),
    );
    return;
  }
  const plan = await planRollbackRemotely(options, target);
  printPlan(plan);
  if (!plan.isChange) return;
  if (!yes) {
    console.log('nothing was changed: --yes does it');
    return;
  }
  const { changes, proposal } = await rollBackRemotely(options, target, { inForce: plan.inForce, note });
  printChanges(changes);
  if (proposal) console.log(`proposed ${proposal}: it waits for a second person`);
}

/** What it would undo. Values are those that the hub shows: secrets are hidden there. */
function printPlan({ undone, places, isChange }: RemoteRollback): void {
  if (!isChange) {
    console.log('no changes');
    return;
  }
  for (const { version, author, appliedAt, note } of undone)
    console.log(`undoes version ${version} by ${author} at ${appliedAt}${note ? `: ${note}` : ''}`);
  for (const { path, change, before, after } of places) {
    console.log(`  ${change} ${path || 'as a whole'}`);
    if (before !== undefined) console.log(`    - ${before}`);
    if (after !== undefined) console.log(`    + ${after}`);
  }
}

/** At a hub elsewhere the versions of one document are listed. */
function toOne(kind: DocumentKind | undefined, name: string | undefined): DocumentKey {
  if (kind && name) return { kind, name };
  if (kind === 'routing' || kind === 'clock') return { kind, name: kind };
  throw new UsageError('with --remote, say which document: versions agency kotra');
}

const listHere = (of: Partial<DocumentKey>, most: number): Promise<RemoteVersion[]> =>
  withStore(async (store) =>
    (await listVersions(store.db, of, most)).map(({ appliedAt, ...entry }) => ({
      ...entry,
      appliedAt: appliedAt.toISOString(),
    })),
  );

function printVersions(versions: RemoteVersion[]): void {
  const rows = versions.map((entry) => [
    entry.kind,
    entry.name,
    entry.version,
    entry.removal ? 'removed' : 'applied',
    entry.author,
    entry.appliedAt,
    entry.note,
  ]);
  printTable(['KIND', 'NAME', 'VERSION', 'WHAT', 'AUTHOR', 'AT', 'NOTE'], rows);
}
