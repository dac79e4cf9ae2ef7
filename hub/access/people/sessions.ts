import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { createSecretToken, hashToken } from '../keys/secret-token.ts';
import { pruneSignOn } from '../sign-on/sign-on-tries.ts';
import type { User } from './users.ts';

/** A signed-in person. */
export interface Session {
  /** Names the session, and does not open it. */
  id: string;
  user: User;
  expiresAt: Date;
  /** When the person last gave the second factor in it. Null: never. */
  provedAt: Date | null;
  /** Must come back with every form of this session. */
  formToken: string;
}

/** Where a session begins, for the person who looks through the list of his or her sessions. */
interface SessionOrigin {
  /** IP address of the caller. */
  address?: string;
  /** The browser in words. */
  browser?: string;
  /** The token of the device. */
  device?: string;
  /** The second factor was given now. */
  proved?: boolean;
}

/** How long sessions last: without a sign of the person, and in any case. */
export interface SessionLengths {
  hours: number;
  idleMinutes: number;
}

export interface Sessions {
  /**
   * Opens a session. The token is for the person's cookie; only its hash is kept. `expiresAt`: when the session ends even if it is
   * in use.
   */
  open(userId: string, origin?: SessionOrigin): Promise<{ token: string; expiresAt: Date }>;
  /** Finds the session of a cookie. `renew`: a person is there, so the time without use begins anew. */
  find(token: string, renew: boolean): Promise<Session | undefined>;
  close(token: string): Promise<void>;
}

/** Milliseconds in which one sign of a person is noted. */
const seenInterval = 60_000;

/**
 * Sessions that end when nobody uses them for a time, and in any case some hours after signing in (Safety Measures for Personal
 * Information, article 6; OWASP ASVS 5, 7.3.1 and 7.3.2).
 */
export function createSessions(
  store: Store,
  { hours, idleMinutes }: SessionLengths,
  now: () => number = Date.now,
): Sessions {
  const toExpiry = (ends: number) => new Date(Math.min(now() + idleMinutes * 60_000, ends));
  const note = async (hash: string, expires_at: Date): Promise<void> => {
    await store.db
      .updateTable('sessions')
      .set({ expires_at, last_seen_at: new Date(now()) })
      .where('token_hash', '=', hash)
      .execute();
  };
  return {
    async open(userId, { address = null, browser = null, device, proved = false } = {}) {
      const token = createSecretToken();
      const endsAt = new Date(now() + hours * 3_600_000);
      await store.db
        .insertInto('sessions')
        .values({
          token_hash: hashToken(token),
          user_id: userId,
          expires_at: toExpiry(endsAt.getTime()),
          ends_at: endsAt,
          proved_at: proved ? new Date(now()) : null,
          address,
          browser,
          device_hash: device === undefined ? null : hashToken(device),
        })
        .execute();
      return { token, expiresAt: endsAt };
    },
    async find(token, mayRenew) {
      const row = await findValid(store, hashToken(token), new Date(now()));
      if (!row) return undefined;
      const { expiresAt, endsAt, seenAt, provedAt, ...user } = row;
      const isNews = mayRenew && now() - seenAt.getTime() >= seenInterval;
      const expiry = isNews ? toExpiry(endsAt.getTime()) : expiresAt;
      if (isNews) await note(hashToken(token), expiry);
      return {
        id: hashToken(token),
        user,
        expiresAt: expiry,
        provedAt,
        formToken: toFormToken(token),
      };
    },
    async close(token) {
      await store.db.deleteFrom('sessions').where('token_hash', '=', hashToken(token)).execute();
      await tellSessionsEnded(store);
    },
  };
}

/** The form token is derived from the session's secret. So it need not be stored, and does not reveal the secret. */
const toFormToken = (token: string): string =>
  createHash('sha256').update(`form ${token}`).digest('base64url');

/** Notes that the person of the session gave the second factor now. */
export async function noteProof({ db }: Pick<Store, 'db'>, id: string): Promise<void> {
  await db.updateTable('sessions').set({ proved_at: new Date() }).where('token_hash', '=', id).execute();
}

/** Removes expired sessions, and sign-ins that were not finished, here or at a provider. */
export async function pruneSessions({ db }: Store, now = new Date()): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await db.deleteFrom('half_sign_ins').where('expires_at', '<=', now).execute();
  await db.deleteFrom('factor_asks').where('expires_at', '<=', now).execute();
  await pruneSignOn({ db }, now);
}

/**
 * Ends sessions of a person: one by its id, or all but one. Resolves with their number. Call {@link tellSessionsEnded}
 * after the commit.
 */
export async function endSessions(
  transaction: Transaction<Tables>,
  userId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const { only, except } = which;
  const { numDeletedRows } = await transaction
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(only !== undefined, (query) => query.where('token_hash', '=', only ?? ''))
    .$if(except !== undefined, (query) => query.where('token_hash', '<>', except ?? ''))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Which of these sessions are still valid. */
export async function listValidSessions({ pool }: Store, ids: string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `select token_hash as id from sessions join users on users.id = user_id
     where token_hash = any($1) and expires_at > now() and disabled_at is null`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

function findValid(store: Store, hash: string, now: Date) {
  return store.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['users.id', 'login', 'name', 'role', 'agency', 'language', 'expires_at as expiresAt'])
    .select(['last_seen_at as seenAt', 'ends_at as endsAt', 'proved_at as provedAt'])
    .where('token_hash', '=', hash)
    .where('expires_at', '>', now)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}
