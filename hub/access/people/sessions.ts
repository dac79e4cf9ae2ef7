import { createHash } from 'node:crypto';
import type { Store } from '../../store/database.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import { createSecretToken, hashToken } from '../keys/secret-token.ts';
import type { User } from './users.ts';

/** A signed-in person. */
export interface Session {
  /** Says which session it is, and does not open it. */
  id: string;
  user: User;
  expiresAt: Date;
  /** True when the expiry was moved just now: the cookie has to be set again. */
  renewed: boolean;
  /** Must come back with every form of this session. */
  formToken: string;
}

export interface Sessions {
  /** A new session; the token belongs into the person's cookie and is kept only as a hash. */
  open(userId: string): Promise<{ token: string; expiresAt: Date }>;
  /** The session of a cookie; with `renew`, prolonged when half of its time is over. */
  find(token: string, renew: boolean): Promise<Session | undefined>;
  close(token: string): Promise<void>;
  /** Forget what has expired. */
  prune(): Promise<void>;
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
    async prune() {
      await store.db.deleteFrom('sessions').where('expires_at', '<=', new Date(now())).execute();
    },
  };
}

/** Follows from the session's secret, so it need not be stored, and does not reveal it. */
const toFormToken = (token: string): string =>
  createHash('sha256').update(`form ${token}`).digest('base64url');

/** Which of these sessions still hold. */
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
