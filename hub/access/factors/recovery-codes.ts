import { createHmac, randomInt } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { planNews } from '../accounts/account-mails.ts';
import { noteAccount } from '../accounts/doer.ts';
import type { Owner } from './factors.ts';

const count = 10;
/** Without those that are mistaken for each other: 0 o, 1 l i. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';
/** 31^28 possibilities, about 138 bits: from 112 on, a fast hash is enough (OWASP ASVS 5, 6.5.2 and 11.5.1). */
const length = 28;
/** What earlier versions made. Such a code works until its person makes new ones. */
const lengths: readonly number[] = [length, 16];

const toHash = (userId: string, code: string) =>
  createHmac('sha256', userId).update(code).digest('base64url');
/** `abcd-efgh…` as shown, typed with or without hyphens and in any case. */
const toPlain = (typed: string) => typed.toLowerCase().replace(/[\s-]/g, '');
const createCode = () => Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

/** Makes new codes, which are shown this once. Those before work no more. */
export async function renewRecoveryCodes(
  transaction: Transaction<Tables>,
  { id: userId, login }: Owner,
): Promise<string[]> {
  const codes = Array.from({ length: count }, createCode);
  await transaction.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await transaction
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id: userId, code_hash: toHash(userId, code) })))
    .execute();
  await noteAccount(transaction, { actor: login, way: 'console' }, 'account.recovery_made', login);
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'));
}

/** Uses a code up, and tells the person. False: there is none, or it was used. */
export async function useRecoveryCode(
  { db }: Store,
  { id: userId, login }: Owner,
  typed: string,
): Promise<boolean> {
  const code = toPlain(typed);
  if (!lengths.includes(code.length)) return false;
  return db.transaction().execute(async (transaction) => {
    const used = await transaction
      .updateTable('recovery_codes')
      .set({ used_at: new Date() })
      .where('user_id', '=', userId)
      .where('code_hash', '=', toHash(userId, code))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (used.numUpdatedRows === 0n) return false;
    const person = await transaction
      .selectFrom('users')
      .select('email')
      .where('id', '=', userId)
      .executeTakeFirst();
    if (person?.email) await planNews(transaction, 'recovery_used', { userId, address: person.email });
    await noteAccount(transaction, { actor: login, way: 'console' }, 'account.recovery_used', login);
    return true;
  });
}

/** How many codes are left. */
export async function countRecoveryCodes({ db }: Pick<Store, 'db'>, userId: string): Promise<number> {
  const { left } = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<string>().as('left'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(left);
}
