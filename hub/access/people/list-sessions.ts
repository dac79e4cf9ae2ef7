import type { Store } from '../../store/database.ts';

/** A session as the person who signed in, or an administrator, sees it. */
export interface ListedSession {
  /** Names the session, and does not open it. */
  id: string;
  startedAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  address: string | null;
  browser: string | null;
  /** When this browser was first let in. Null: the hub does not know it any more. */
  deviceSince: Date | null;
}

/** More than anybody has. The oldest are left out. */
const mostListed = 50;

/** The sessions of a person that are open now, newest first. */
export async function listSessions({ db }: Store, userId: string): Promise<ListedSession[]> {
  return db
    .selectFrom('sessions')
    .leftJoin('known_devices', 'known_devices.token_hash', 'sessions.device_hash')
    .select(['sessions.token_hash as id', 'sessions.created_at as startedAt', 'last_seen_at as lastSeenAt'])
    .select(['sessions.expires_at as expiresAt', 'address', 'browser'])
    .select('known_devices.created_at as deviceSince')
    .where('sessions.user_id', '=', userId)
    .where('sessions.expires_at', '>', new Date())
    .orderBy('sessions.created_at', 'desc')
    .limit(mostListed)
    .execute();
}
