import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { type Language, languages } from '../../schemas/index.ts';
import { listUsers, type UserFilter, userStates } from '../access/people/list-users.ts';
import { createUser, type Role, roles, UserError } from '../access/people/users.ts';
import type { Store } from '../store/database.ts';
import { addAdminKeyCommands } from './admin-keys.ts';
import { refuseUnknownAgency } from './agency.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { readPassword } from './terminal/read-password.ts';
import { withStore } from './terminal/with-store.ts';
import { addAccountCommands, by } from './user-accounts.ts';
import { addFactorCommands } from './user-factors.ts';

interface AddOptions {
  name: string;
  role: Role;
  agency?: string;
  language: Language;
  generatePassword?: true;
}

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('People who may sign in to the console.');
  user
    .command('add')
    .description('Add a person. The password is asked for, or read from standard input.')
    .argument('<login>', 'what the person signs in with')
    .requiredOption('--name <name>', 'name of the person')
    .addOption(new Option('--role <role>', 'what the person may do').choices(roles).makeOptionMandatory())
    .option('--agency <code>', "an officer's or engineer's agency")
    .addOption(new Option('--language <language>', 'language of the pages').choices(languages).default('ko'))
    .option('--generate-password', 'make a password and show it once')
    .addHelpText(
      'after',
      `
Examples:
  $ hub user add admin --name 관리자 --role administrator
  $ hub user add kim --name 김담당 --role officer --agency kotra --generate-password
  $ hub user add park --name 박연계 --role engineer --agency kotra --generate-password
  $ hub user add lee --name 이상담 --role counsellor < password-file`,
    )
    .action(addUser);
  user
    .command('list')
    .description('List people.')
    .option('--search <text>', 'whose login, name or address begins so')
    .addOption(new Option('--role <role>', 'of this role').choices(roles))
    .addOption(new Option('--state <state>', 'in this state').choices(userStates))
    .action((filter: UserFilter) => withStore((store) => printUsers(store, filter)));
  addAccountCommands(user);
  addFactorCommands(user);
  addAdminKeyCommands(user);
}

async function printUsers(store: Store, filter: UserFilter): Promise<void> {
  const rows: (string | null)[][] = [];
  let after: string | undefined;
  do {
    const page = await listUsers(store, filter, { size: 500, ...(after !== undefined && { after }) });
    for (const { login, name, role, agency, state, email, lastSignInAt, disabledAt } of page.rows)
      rows.push([
        login,
        name,
        role,
        agency,
        disabledAt ? `disabled ${disabledAt.toISOString()}` : state,
        lastSignInAt?.toISOString() ?? null,
        email,
      ]);
    after = page.next;
  } while (after !== undefined);
  printTable(['LOGIN', 'NAME', 'ROLE', 'AGENCY', 'STATE', 'LAST SIGN-IN', 'E-MAIL'], rows);
}

async function addUser(login: string, options: AddOptions): Promise<void> {
  const { name, role, agency, language } = options;
  const password = options.generatePassword ? randomBytes(18).toString('base64url') : await readPassword();
  await withStore(async (store) => {
    if (agency !== undefined) await refuseUnknownAgency(store, agency);
    try {
      await createUser(store, { login, name, role, language, password, ...(agency && { agency }) }, by());
    } catch (error) {
      if (error instanceof UserError)
        throw new UsageError(`${error.field} ${error.message}`, { cause: error });
      throw error;
    }
  });
  console.error(`${login} may sign in as ${role}`);
  if (options.generatePassword) {
    console.error('The password, shown this once:');
    console.log(password);
  }
}
