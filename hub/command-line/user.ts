import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { type Language, languages } from '../../schemas/index.ts';
import {
  createUser,
  disableUser,
  findUserByLogin,
  listUsers,
  type Role,
  roles,
  UserError,
} from '../access/people/users.ts';
import { refuseUnknownAgency } from './agency.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { readPassword } from './terminal/read-password.ts';
import { withStore } from './terminal/with-store.ts';

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
    .option('--agency <code>', "an officer's agency")
    .addOption(new Option('--language <language>', 'language of the pages').choices(languages).default('ko'))
    .option('--generate-password', 'make a password and show it once')
    .addHelpText(
      'after',
      `
Examples:
  $ hub user add admin --name 관리자 --role administrator
  $ hub user add kim --name 김담당 --role officer --agency kotra --generate-password
  $ hub user add lee --name 이상담 --role counsellor < password-file`,
    )
    .action(addUser);
  user
    .command('list')
    .description('List everybody.')
    .action(() =>
      withStore(async (store) => {
        const rows = (await listUsers(store)).map((person) => [
          person.login,
          person.name,
          person.role,
          person.agency,
          person.disabledAt ? `disabled ${person.disabledAt.toISOString()}` : 'active',
        ]);
        printTable(['LOGIN', 'NAME', 'ROLE', 'AGENCY', 'STATE'], rows);
      }),
    );
  user
    .command('disable')
    .description('End the sessions of a person and refuse new ones. What he or she did stays in the history.')
    .argument('<login>')
    .action((login: string) =>
      withStore(async (store) => {
        const found = await findUserByLogin(store, login);
        if (!found) throw new UsageError(`there is no active user ${login}`);
        await disableUser(store, found.id);
        console.log(`${login} is disabled`);
      }),
    );
}

async function addUser(login: string, options: AddOptions): Promise<void> {
  const { name, role, agency, language } = options;
  const password = options.generatePassword ? randomBytes(15).toString('base64url') : await readPassword();
  await withStore(async (store) => {
    if (agency !== undefined) await refuseUnknownAgency(store, agency);
    try {
      await createUser(store, { login, name, role, language, password, ...(agency && { agency }) });
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
