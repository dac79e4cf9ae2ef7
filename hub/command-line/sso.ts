import type { Command } from 'commander';
import { findListedUserByLogin, type ListedUser } from '../access/people/list-users.ts';
import type { SignOnDesk } from '../access/sign-on/sign-on.ts';
import { listSubjects, removeSubject } from '../access/sign-on/subjects.ts';
import { openSignOn, readSignOnFile } from '../configuration/sign-on-file.ts';
import { readSettings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { currentUser } from './terminal/current-user.ts';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { withStore } from './terminal/with-store.ts';

/** Identity providers at which people sign in: what is wrong with them, and which accounts they open. */
export function addSsoCommands(program: Command): void {
  const sso = program
    .command('sso')
    .description('Identity providers (SIGN_ON_FILE) at which people sign in.')
    .addHelpText(
      'after',
      `
Examples:
  $ hub sso validate                       every mistake in the file, with its line; asks nobody
  $ hub sso check                          ask each provider: discovery, keys, metadata, certificates
  $ hub sso check city
  $ hub sso unlink kim city                the account is no longer opened by that provider`,
    );
  sso
    .command('validate')
    .description('Tell every mistake in the file, with its line. Asks nobody, and needs no database.')
    .argument('[file]', 'the file (default: SIGN_ON_FILE)')
    .action((file?: string) => {
      const providers = readSignOnFile(file ?? mustFile());
      console.log(`${providers.length} provider${providers.length === 1 ? '' : 's'}, no problems`);
    });
  sso
    .command('check')
    .description('Ask the providers: discovery, keys, metadata, and when certificates end.')
    .argument('[name]', 'one provider (default: all)')
    .addHelpText('after', `\nThe exit code is ${exitCodes.failure} if something is wrong.`)
    .action(checkThem);
  sso
    .command('links')
    .description('List the providers that open an account.')
    .argument('<login>')
    .action((login: string) =>
      withStore(async (store) => {
        const rows = await listSubjects(store, (await mustFind(store, login)).id);
        printTable(
          ['PROVIDER', 'ISSUER', 'ADDED', 'LAST USED'],
          rows.map(({ provider, issuer, createdAt, lastUsedAt }) => [
            ...[provider, issuer, createdAt.toISOString(), lastUsedAt?.toISOString() ?? 'never'],
          ]),
        );
      }),
    );
  sso
    .command('unlink')
    .description('Let a provider open an account no more; the sessions that began there end.')
    .argument('<login>')
    .argument('<name>', 'of the provider')
    .action((login: string, name: string) =>
      withStore(async (store) => {
        const by = { actor: currentUser(), way: 'command' } as const;
        if ((await removeSubject(store, await mustFind(store, login), name, by)) === 0)
          throw new UsageError(`${name} does not open ${login}`);
        console.log(`${name} opens ${login} no more`);
      }),
    );
}

function mustFile(): string {
  const { SIGN_ON_FILE } = readSettings();
  if (SIGN_ON_FILE === undefined) throw new UsageError('SIGN_ON_FILE is not set, and no file is named');
  return SIGN_ON_FILE;
}

async function mustFind(store: Store, login: string): Promise<ListedUser> {
  const person = await findListedUserByLogin(store, login);
  if (!person) throw new UsageError(`there is no account ${login}`);
  return person;
}

async function checkThem(name?: string): Promise<void> {
  mustFile();
  const desks = (await openSignOn(readSettings())).list();
  const wanted = name === undefined ? desks : desks.filter((desk) => desk.name === name);
  if (wanted.length === 0)
    throw new UsageError(`there is no provider ${name}: ${desks.map((desk) => desk.name).join(', ')}`);
  for (const desk of wanted) await print(desk);
}

async function print(desk: SignOnDesk): Promise<void> {
  console.log(`${desk.name} (${desk.kind})`);
  for (const { isGood, says } of await desk.check()) {
    console.log(`  ${isGood ? 'ok   ' : 'WRONG'} ${says}`);
    if (!isGood) process.exitCode = exitCodes.failure;
  }
}
