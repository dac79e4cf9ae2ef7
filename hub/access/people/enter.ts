import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { planNews } from '../accounts/account-mails.ts';
import { noteAccount } from '../accounts/doer.ts';
import { type KnownDevice, rememberDevice } from './known-devices.ts';
import { rolesThatMay } from './rights.ts';
import { noteSignIn } from './users.ts';

/** A person who gave all that is asked for, and from where. */
export interface Entering {
  userId: string;
  address: string;
  /** The browser in words. */
  browser?: string | undefined;
  /** The token of the device, if the person signed in there before. */
  known?: string | undefined;
}

/**
 * Lets the person in: notes the sign-in, remembers the device, and tells the person of a browser that was not known (OWASP ASVS 5,
 * 6.3.7). A sign-in by a break-glass account is told to every administrator, and raises the alarm (hub/alerts).
 */
export async function enter(store: Store, log: Logger, entering: Entering): Promise<KnownDevice> {
  const { userId, address, known } = entering;
  await store.db.transaction().execute(async (transaction) => {
    const person = await transaction
      .selectFrom('users')
      .select(['login', 'email', 'last_sign_in_at as before', 'break_glass as isBreakGlass'])
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    const facts = { browser: entering.browser ?? '', from: address };
    // The very first sign-in is no news.
    if (known === undefined && person.email !== null && person.before !== null)
      await planNews(transaction, 'signed_in', { userId, address: person.email, facts });
    if (person.isBreakGlass) await raiseAlarm(transaction, person.login, facts);
    await noteSignIn({ db: transaction }, userId);
  });
  log.info({ user: userId, from: address, knownDevice: known !== undefined }, 'signed in');
  return rememberDevice(store, userId, known);
}

async function raiseAlarm(
  transaction: Transaction<Tables>,
  account: string,
  facts: Record<string, string>,
): Promise<void> {
  const by = { actor: account, way: 'console' } as const;
  await noteAccount(transaction, by, 'account.break_glass_used', account);
  const administrators = await transaction
    .selectFrom('users')
    .select(['id', 'email'])
    .where('role', 'in', rolesThatMay('manage_users'))
    .where('disabled_at', 'is', null)
    .where('email', 'is not', null)
    .execute();
  for (const { id, email } of administrators)
    await planNews(transaction, 'break_glass', {
      userId: id,
      address: email as string,
      facts: { ...facts, account },
    });
}
