import { sql, type Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import { isSqlState } from '../../store/sql-states.ts';
import type { SignOnOrigin } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { type Doer, noteAccount } from '../accounts/doer.ts';
import type { LogoutOrder } from './logout-token.ts';
import { SignOnError } from './sign-on-error.ts';

/** The one file that writes sign_on_subjects and sign_on_sessions. */

/** Who somebody is at a provider. */
export interface Subject {
  issuer: string;
  subject: string;
}

/** Two first sign-ins of one person at the same moment come one after the other. */
export async function lockSubject(
  transaction: Transaction<Tables>,
  { issuer, subject }: Subject,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-on ${issuer} ${subject}`}, 0))`.execute(
    transaction,
  );
}

/** The account of somebody at a provider. Undefined: there is none. */
export async function findBySubject(
  transaction: Transaction<Tables>,
  { issuer, subject }: Subject,
): Promise<string | undefined> {
  const row = await transaction
    .updateTable('sign_on_subjects')
    .set({ last_used_at: new Date() })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .returning('user_id')
    .executeTakeFirst();
  return row?.user_id;
}

/** Binds an account to somebody at a provider, for ever. Throws SignOnError `taken`: one of the two is bound already. */
export async function addSubject(
  transaction: Transaction<Tables>,
  { issuer, subject }: Subject,
  { id, login, provider }: { id: string; login: string; provider: string },
  by: Doer,
): Promise<void> {
  try {
    await transaction
      .insertInto('sign_on_subjects')
      .values({ issuer, subject, user_id: id, provider, last_used_at: new Date() })
      .execute();
  } catch (error) {
    throw isSqlState(error, 'uniqueViolation') ? new SignOnError('taken', 'subject') : error;
  }
  await noteAccount(transaction, by, 'account.sign_on_added', login, { provider });
}

/** Whether the account is bound to somebody at the issuer. */
export async function hasSubject(
  transaction: Transaction<Tables>,
  issuer: string,
  userId: string,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('sign_on_subjects')
    .select('subject')
    .where('issuer', '=', issuer)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** A provider by which an account signs in. */
export interface ListedSubject {
  provider: string;
  issuer: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export async function listSubjects({ db }: Pick<Store, 'db'>, userId: string): Promise<ListedSubject[]> {
  return db
    .selectFrom('sign_on_subjects')
    .select(['provider', 'issuer', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
}

/** Takes a provider's way in from an account; the sessions that began there end. Resolves with the number of bonds. */
export async function removeSubject(
  store: Store,
  { id, login }: { id: string; login: string },
  provider: string,
  by: Doer,
): Promise<number> {
  const count = await store.db.transaction().execute(async (transaction) => {
    const removed = await transaction
      .deleteFrom('sign_on_subjects')
      .where('user_id', '=', id)
      .where('provider', '=', provider)
      .returning(['issuer', 'subject'])
      .execute();
    for (const subject of removed) await endThem(transaction, subject);
    if (removed.length > 0)
      await noteAccount(transaction, by, 'account.sign_on_removed', login, { provider });
    return removed.length;
  });
  if (count > 0) await tellSessionsEnded(store);
  return count;
}

/** Notes that the session with this id began at a provider. */
export async function noteOrigin({ db }: Pick<Store, 'db'>, id: string, origin: SignOnOrigin): Promise<void> {
  const { provider, issuer, subject, sid = null, hint = null } = origin;
  await db
    .insertInto('sign_on_sessions')
    .values({ token_hash: id, provider, issuer, subject, sid, hint })
    .execute();
}

/** Where the session with this id began. Undefined: here. */
export async function findOrigin({ db }: Pick<Store, 'db'>, id: string) {
  return db
    .selectFrom('sign_on_sessions')
    .select(['provider', 'hint'])
    .where('token_hash', '=', id)
    .executeTakeFirst();
}

/** Ends the sessions that a provider names: one of its own sessions, or all of a person. Resolves with their number. */
export async function endByOrder(store: Store, order: LogoutOrder): Promise<number> {
  const count = await store.db.transaction().execute((transaction) => endThem(transaction, order));
  if (count > 0) await tellSessionsEnded(store);
  return count;
}

/** `sessions` is written by sessions.ts alone, but for this: only here is known which began where. */
async function endThem(
  transaction: Transaction<Tables>,
  { issuer, subject, sid }: Pick<LogoutOrder, 'issuer' | 'subject' | 'sid'>,
): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('sessions')
    .where('token_hash', 'in', (query) =>
      query
        .selectFrom('sign_on_sessions')
        .select('token_hash')
        .where('issuer', '=', issuer)
        .$if(subject !== undefined, (those) => those.where('subject', '=', subject ?? ''))
        .$if(sid !== undefined, (those) => those.where('sid', '=', sid ?? '')),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
