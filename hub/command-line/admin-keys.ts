import { type Command, InvalidArgumentError } from 'commander';
import { AdminKeyError, createAdminKey, listAdminKeys, revokeAdminKey } from '../access/keys/admin-keys.ts';
import { type AdminScope, adminScopes } from '../access/keys/admin-scopes.ts';
import { currentUser } from './terminal/current-user.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { toIdOf } from './terminal/read-arguments.ts';
import { withStore } from './terminal/with-store.ts';

interface KeyOptions {
  name: string;
  expires: Date;
  scopes: AdminScope[];
}

/** Keys of administrators' programs, for the administration API and `hub config apply --remote`. */
export function addAdminKeyCommands(user: Command): void {
  user
    .command('key')
    .description("Make a key for an administrator's pipeline and show it once; only its hash is kept.")
    .argument('<login>', 'the administrator in whose name the pipeline acts')
    .requiredOption('--name <name>', 'what the key is for, as it stands in the audit log', toName)
    .requiredOption('--expires <date>', 'when it ends, as 2027-12-31', toEnd)
    .option('--scopes <list>', `what it opens, with commas: ${adminScopes.join(',')}`, toScopes, [
      'configure',
    ])
    .addHelpText(
      'after',
      `
Examples:
  $ hub user key admin --name pipeline --expires 2027-12-31 > pipeline.key
  $ hub user key admin --name nightly-diff --expires 2027-12-31 --scopes read-configuration > diff.key`,
    )
    .action((login: string, { name, expires: expiresAt, scopes }: KeyOptions) =>
      withKeys(async (store) => {
        const { id, key } = await createAdminKey(store, { login, name, scopes, expiresAt }, by());
        console.error(`The key ${id} of ${login}, shown this once:`);
        console.log(key);
      }),
    );
  user
    .command('keys')
    .description("List the keys of an administrator's pipelines; the keys themselves are not known any more.")
    .argument('<login>')
    .action((login: string) =>
      withStore(async (store) => {
        const rows = (await listAdminKeys(store, login)).map((key) => [
          key.id,
          key.name,
          `…${key.hint}`,
          key.scopes.join(','),
          key.createdAt.toISOString(),
          key.lastUsedAt?.toISOString() ?? 'never',
          key.expiresAt.toISOString(),
          key.revokedAt?.toISOString() ?? '-',
        ]);
        printTable(['ID', 'NAME', 'ENDS IN', 'SCOPES', 'MADE', 'LAST USED', 'EXPIRES', 'REVOKED'], rows);
      }),
    );
  user
    .command('revoke-key')
    .description("Refuse a key of an administrator's pipeline from now on.")
    .argument('<id>', 'see hub user keys', toIdOf('a key'))
    .action((id: string) =>
      withKeys(async (store) => {
        await revokeAdminKey(store, id, by());
        console.log(`${id} is revoked`);
      }),
    );
}

const by = () => ({ actor: currentUser(), way: 'command' }) as const;

const withKeys: typeof withStore = (work) =>
  withStore(work).catch((error: unknown) => {
    throw error instanceof AdminKeyError ? new UsageError(error.message, { cause: error }) : error;
  });

function toName(text: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u.test(text)) return text;
  throw new InvalidArgumentError('It must be 1 to 60 letters, digits, spaces, dots, hyphens, underscores.');
}

function toEnd(text: string): Date {
  const at = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It must be a date, as 2027-12-31.');
  if (at.getTime() <= Date.now()) throw new InvalidArgumentError('It must lie ahead.');
  return at;
}

function toScopes(text: string): AdminScope[] {
  const asked = text.split(',').map((word) => word.trim());
  const known = adminScopes.filter((scope) => asked.includes(scope));
  if (known.length < new Set(asked).size)
    throw new InvalidArgumentError(`It must be of ${adminScopes.join(',')}.`);
  return known;
}
