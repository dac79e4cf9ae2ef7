import { createHash } from 'node:crypto';
import type { Store } from '../../store/database.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import { createSecretToken, hashToken } from '../keys/secret-token.ts';
import type { User } from './users.ts';

/** A signed-in person. */
export interface Session {
  /** Names the session, and does not open it. */
  id: string;
  user: User;
  expiresAt: Date;
  /** True if the expiry was just moved: the cookie has to be set again. */
  renewed: boolean;
  /** Must come back with every form of this session. */
  formToken: string;
}

export interface Sessions {
  /** Opens a session. The token is for the person's cookie; only its hash is kept. */
  open(userId: string): Promise<{ token: string; expiresAt: Date }>;
  /** Finds the session of a cookie. `renew` prolongs it when half of its time has passed. */
  find(token: string, renew: boolean): Promise<Session | undefined>;
  close(token: string): Promise<void>;
}

/** Sessions that end `hours` after their last renewal. */
export function createSessions(store: Store, hours: number, now: () => number = Date.now): Sessions {
  const length = hours * 3_600_000;
  const renew = async (hash: string): Promise<Date> => {
    const expiresAt = new Date(now() + length);
    await store.db
      .updateTable('sessions')
      .set({ expires_at: expiresAt })
      .where('token_hash', '=', hash)
      .execute();
    return expiresAt;
  };
  return {
    async open(userId) {
      const token = createSecretToken();
      const expiresAt = new Date(now() + length);
      await store.db
        .insertInto('sessions')
        .values({ token_hash: hashToken(token), user_id: userId, expires_at: expiresAt })
        .execute();
      return { token, expiresAt };
    },
    async find(token, mayRenew) {
      const row = await findValid(store, hashToken(token), new Date(now()));
      if (!row) return undefined;
      const { expiresAt, ...user } = row;
      const renewed = mayRenew && expiresAt.getTime() - now() < length / 2;
      return {
        id: hashToken(token),
        user,
        expiresAt: renewed ? await renew(hashToken(token)) : expiresAt,
        renewed,
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

/** Removes expired sessions. */
export async function pruneSessions({ db }: Store, now = new Date()): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
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
    .where('token_hash', '=', hash)
    .where('expires_at', '>', now)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}
