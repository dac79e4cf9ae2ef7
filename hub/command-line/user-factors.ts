import type { Command } from 'commander';
import { takeFactors } from '../access/accounts/administer.ts';
import { setBreakGlass } from '../access/accounts/break-glass.ts';
import { listFactors } from '../access/factors/factors.ts';
import type { ListedUser } from '../access/people/list-users.ts';
import type { Store } from '../store/database.ts';
import { printTable } from './terminal/print-table.ts';
import { by, withUser } from './user-accounts.ts';

/** Second factors, and the account that needs none. `user`: the command to which these belong. */
export function addFactorCommands(user: Command): void {
  user
    .command('break-glass')
    .description(
      'Make the account of an administrator the one for the day on which nobody else gets in: without a second factor, with an alarm at each use.',
    )
    .argument('<login>')
    .option('--end', 'the account is one as all others again')
    .action((login: string, { end }: { end?: true }) =>
      withUser(login, async (store, found) => {
        await setBreakGlass(store, found, end === undefined, by());
        console.log(`${login} is ${end ? 'no' : 'a'} break-glass account${end ? ' any more' : ''}`);
      }),
    );
  user
    .command('factors')
    .description('List the second factors of a person, or remove all of them from somebody who lost them.')
    .argument('<login>')
    .option('--remove', 'remove them, and end all sessions')
    .action((login: string, { remove }: { remove?: true }) =>
      withUser(login, (store, found) => (remove ? removeAll(store, found) : printFactors(store, found))),
    );
}

async function removeAll(store: Store, found: ListedUser): Promise<void> {
  const count = await takeFactors(store, found, by());
  console.log(`${count} second factors of ${found.login} removed`);
}

async function printFactors(store: Store, found: ListedUser): Promise<void> {
  const rows = (await listFactors(store, found.id)).map(({ kind, name, createdAt, lastUsedAt }) => [
    kind,
    name,
    createdAt.toISOString(),
    lastUsedAt?.toISOString() ?? null,
  ]);
  printTable(['KIND', 'NAME', 'ADDED', 'LAST USED'], rows);
}
