import { sql, type Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { sealedText } from '../../store/sealing/keyed.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { planNews } from '../accounts/account-mails.ts';
import { type Doer, noteAccount } from '../accounts/doer.ts';

/** The one file that writes second_factors. */

type FactorKind = Tables['second_factors']['kind'];

/** A second factor as its person and an administrator see it. */
export interface ListedFactor {
  id: string;
  kind: FactorKind;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** What is needed to check a passkey. */
export interface Passkey {
  id: string;
  credential: string;
  publicKey: Buffer;
  uses: number;
  transports: string[];
}

export async function listFactors({ db }: Pick<Store, 'db'>, userId: string): Promise<ListedFactor[]> {
  return db
    .selectFrom('second_factors')
    .select(['id', 'kind', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
}

export async function listSecrets({ db }: Pick<Store, 'db'>, userId: string) {
  const rows = await db
    .selectFrom('second_factors')
    .select(['id', 'secret'])
    .where('user_id', '=', userId)
    .where('kind', '=', 'totp')
    .execute();
  return rows.flatMap(({ id, secret }) => (secret === null ? [] : [{ id, secret }]));
}

export async function listPasskeys({ db }: Pick<Store, 'db'>, userId: string): Promise<Passkey[]> {
  const rows = await db
    .selectFrom('second_factors')
    .select(['id', 'credential', 'public_key as publicKey', 'uses', 'transports'])
    .where('user_id', '=', userId)
    .where('kind', '=', 'passkey')
    .execute();
  return rows.flatMap(({ id, credential, publicKey, uses, transports }) =>
    credential === null || publicKey === null
      ? []
      : [{ id, credential, publicKey, uses: Number(uses ?? 0), transports: transports ?? [] }],
  );
}

/** Takes the time step of a code. False: a code of this step or of a later one was used before, perhaps a moment ago. */
export async function takeStep({ db }: Pick<Store, 'db'>, id: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('second_factors')
    .set({ last_step: String(step), last_used_at: new Date() })
    .where('id', '=', id)
    .where(sql<boolean>`coalesce(last_step, -1) < ${step}`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function notePasskeyUse({ db }: Pick<Store, 'db'>, id: string, uses: number): Promise<void> {
  await db
    .updateTable('second_factors')
    .set({ uses: String(uses), last_used_at: new Date() })
    .where('id', '=', id)
    .execute();
}

/** A factor that was shown to work. */
export type NewFactor =
  | { kind: 'totp'; name: string; secret: string; step: number }
  | ({ kind: 'passkey'; name: string } & Omit<Passkey, 'id'>);

/** The account that a factor belongs to. */
export interface Owner {
  id: string;
  login: string;
}

export async function addFactor(
  transaction: Transaction<Tables>,
  { id: userId, login }: Owner,
  factor: NewFactor,
): Promise<void> {
  const { kind, name } = factor;
  const own =
    factor.kind === 'totp'
      ? { secret: sealedText(factor.secret), last_step: String(factor.step) }
      : {
          credential: factor.credential,
          public_key: factor.publicKey,
          uses: String(factor.uses),
          transports: factor.transports,
        };
  await transaction
    .insertInto('second_factors')
    .values({ id: newId(), user_id: userId, kind, name, last_used_at: new Date(), ...own })
    .execute();
  await tell(transaction, userId, 'factor_added', name);
  await noteAccount(transaction, { actor: login, way: 'console' }, 'account.factor_added', login, { kind });
}

/** Removes one factor of a person, or all of them with the recovery codes. Resolves with their number. */
export async function removeFactors(
  transaction: Transaction<Tables>,
  { id: userId, login }: Owner,
  only: string | undefined,
  by: Doer,
): Promise<number> {
  const removed = await transaction
    .deleteFrom('second_factors')
    .where('user_id', '=', userId)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .returning('name')
    .execute();
  if (removed.length === 0) return 0;
  const { left } = await transaction
    .selectFrom('second_factors')
    .select(({ fn }) => fn.countAll<string>().as('left'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  // Codes that stand in for a factor are worth nothing without one.
  if (Number(left) === 0)
    await transaction.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tell(transaction, userId, 'factor_removed', removed.map(({ name }) => name).join(', '));
  await noteAccount(transaction, by, 'account.factor_removed', login, { count: removed.length });
  return removed.length;
}

/** Tells the person, at the address of the account if there is one. */
async function tell(
  transaction: Transaction<Tables>,
  userId: string,
  kind: 'factor_added' | 'factor_removed',
  factor: string,
): Promise<void> {
  const row = await transaction
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirst();
  if (row?.email) await planNews(transaction, kind, { userId, address: row.email, facts: { factor } });
}
