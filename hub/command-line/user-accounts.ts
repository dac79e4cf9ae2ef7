import { type Command, Option } from 'commander';
import { type Language, languages } from '../../schemas/index.ts';
import { listOpenLinks } from '../access/accounts/account-links.ts';
import {
  changeUser,
  disableUser,
  enableUser,
  endSessionsOf,
  setPassword,
} from '../access/accounts/administer.ts';
import { inviteUser, sendLink, withdrawLinks } from '../access/accounts/invitations.ts';
import { listSessions } from '../access/people/list-sessions.ts';
import { findListedUserByLogin, type ListedUser } from '../access/people/list-users.ts';
import { listRights } from '../access/people/rights.ts';
import { type Role, roles } from '../access/people/users.ts';
import { readSettings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { refuseUnknownAgency } from './agency.ts';
import { currentUser } from './terminal/current-user.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { readPassword } from './terminal/read-password.ts';
import { withStore } from './terminal/with-store.ts';

export const by = () => ({ actor: currentUser(), way: 'command' }) as const;

interface Profile {
  name?: string;
  role?: Role;
  agency?: string;
  language?: Language;
}

/** What the console does with accounts too. `user`: the command to which these belong. */
export function addAccountCommands(user: Command): void {
  user
    .command('invite')
    .description('Add a person, and mail the link by which the person sets a password.')
    .argument('<login>', 'what the person signs in with')
    .requiredOption('--email <address>', 'where the link goes')
    .requiredOption('--name <name>', 'name of the person')
    .addOption(new Option('--role <role>', 'what the person may do').choices(roles).makeOptionMandatory())
    .option('--agency <code>', "an officer's agency")
    .addOption(new Option('--language <language>', 'language of the pages').choices(languages).default('ko'))
    .action(invite);
  user
    .command('link')
    .description('Mail a link to set a password. It replaces the one before.')
    .argument('<login>')
    .option('--email <address>', 'another address than the one of the account; using the link proves it')
    .action((login: string, { email }: { email?: string }) =>
      withUser(login, (store, found) => mail(store, found, email)),
    );
  user
    .command('withdraw')
    .description('Links that were mailed to a person and not used work no more.')
    .argument('<login>')
    .action((login: string) =>
      withUser(login, async (store, found) => {
        const count = await withdrawLinks(store, found, by());
        console.log(count > 0 ? `the link of ${login} works no more` : `${login} has no link`);
      }),
    );
  user
    .command('change')
    .description('Change name, role, agency or language of a person.')
    .argument('<login>')
    .option('--name <name>', 'name of the person')
    .addOption(new Option('--role <role>', 'what the person may do').choices(roles))
    .option('--agency <code>', "an officer's agency")
    .addOption(new Option('--language <language>', 'language of the pages').choices(languages))
    .action((login: string, profile: Profile) =>
      withUser(login, (store, found) => change(store, found, profile)),
    );
  addStateCommands(user);
}

function addStateCommands(user: Command): void {
  user
    .command('password')
    .description(
      'Set a password. It is asked for, or read from standard input. All sessions of the person end.',
    )
    .argument('<login>')
    .action(async (login: string) => {
      const password = await readPassword();
      await withUser(login, (store, found) => setPassword(store, found, password, by()));
      console.error(`the password of ${login} is set`);
    });
  user
    .command('disable')
    .description('End the sessions of a person and refuse new ones. What he or she did stays in the history.')
    .argument('<login>')
    .action((login: string) =>
      withUser(login, async (store, { id, state }) => {
        if (state === 'disabled') throw new UsageError(`${login} is disabled already`);
        await disableUser(store, id, by());
        console.log(`${login} is disabled`);
      }),
    );
  user
    .command('enable')
    .description('Let a disabled person in again, with the password as it was.')
    .argument('<login>')
    .action((login: string) =>
      withUser(login, async (store, { id }) => {
        await enableUser(store, id, by());
        console.log(`${login} may sign in`);
      }),
    );
  user
    .command('sessions')
    .description('List the open sessions of a person, or end them.')
    .argument('<login>')
    .option('--end', 'end all of them')
    .action((login: string, { end }: { end?: true }) =>
      withUser(login, (store, found) => (end ? endAll(store, found) : printSessions(store, found))),
    );
  user
    .command('rights')
    .description('List what each role may do, and how far.')
    .action(() =>
      printTable(
        ['RIGHT', ...roles.map((role) => role.toUpperCase())],
        listRights().map(({ action, scopes }) => [action, ...roles.map((role) => scopes[role])]),
      ),
    );
}

/** Does `work` with a person, disabled or not. Errors: UsageError if there is none. */
export async function withUser(
  login: string,
  work: (store: Store, found: ListedUser) => Promise<unknown>,
): Promise<void> {
  await withStore(async (store) => {
    const found = await findListedUserByLogin(store, login);
    if (!found) throw new UsageError(`there is no user ${login}`);
    await work(store, found);
  });
}

/** Mails show an address that the hub knows itself. Said before anything is written. */
function getPublicUrl(): string {
  const { PUBLIC_URL } = readSettings();
  if (PUBLIC_URL === undefined)
    throw new UsageError('PUBLIC_URL is not set: a link in a mail needs the address of the hub');
  return PUBLIC_URL.replace(/\/+$/, '');
}

async function invite(login: string, options: Profile & { name: string; role: Role; email: string }) {
  const baseUrl = getPublicUrl();
  const { email, agency, ...profile } = options;
  await withStore(async (store) => {
    if (agency !== undefined) await refuseUnknownAgency(store, agency);
    await inviteUser(store, { login, email, ...profile, ...(agency && { agency }) }, baseUrl, by());
  });
  console.log(`${login} is invited: the mail goes with the next look of a worker`);
}

async function mail(store: Store, found: ListedUser, given: string | undefined): Promise<void> {
  const baseUrl = getPublicUrl();
  if (found.state === 'disabled') throw new UsageError(`${found.login} is disabled`);
  const invited = (await listOpenLinks(store, found.id)).find(({ kind }) => kind === 'invitation')?.address;
  const email = given ?? found.email ?? invited;
  if (email === undefined) throw new UsageError(`${found.login} has no address: say --email`);
  await sendLink(store, found, { email, baseUrl }, by());
  console.log(`a link for ${found.login} goes with the next look of a worker`);
}

async function change(store: Store, found: ListedUser, given: Profile): Promise<void> {
  const role = given.role ?? found.role;
  const agency = given.agency ?? (role === found.role ? (found.agency ?? undefined) : undefined);
  if (agency !== undefined) await refuseUnknownAgency(store, agency);
  const { name = found.name, language = found.language } = given;
  await changeUser(store, found.id, { name, role, language, ...(agency && { agency }) }, by());
  console.log(`${found.login} is changed`);
}

async function endAll(store: Store, found: ListedUser): Promise<void> {
  const count = await endSessionsOf(store, found, {}, by());
  console.log(`${count} sessions of ${found.login} ended`);
}

async function printSessions(store: Store, found: ListedUser): Promise<void> {
  const rows = (await listSessions(store, found.id)).map((one) => [
    one.startedAt.toISOString(),
    one.lastSeenAt.toISOString(),
    one.address,
    one.browser,
    one.deviceSince?.toISOString() ?? null,
  ]);
  printTable(['BEGUN', 'LAST SEEN', 'FROM', 'BROWSER', 'DEVICE SINCE'], rows);
}
