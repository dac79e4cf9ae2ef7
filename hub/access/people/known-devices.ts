import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { createSecretToken, hashToken } from '../keys/secret-token.ts';

/** A browser in which a person signed in before. The token is for its cookie. */
export interface KnownDevice {
  token: string;
  expiresAt: Date;
}

const days = 180;
/** The most devices of one person. With one more, the one unused for longest is forgotten. */
const mostDevices = 20;

export async function isKnownDevice({ db }: Store, token: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .select('user_id')
    .where('token_hash', '=', hashToken(token))
    .where('user_id', '=', userId)
    .where('expires_at', '>', new Date())
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether anybody signed in before with this device. */
export async function isAnybodysDevice({ db }: Store, token: string): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .select('user_id')
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', new Date())
    .executeTakeFirst();
  return row !== undefined;
}

/** Call it after a correct password. `known`: the token that came with it, which then stays the same. */
export async function rememberDevice(
  { pool }: Store,
  userId: string,
  known: string | undefined,
): Promise<KnownDevice> {
  const token = known ?? createSecretToken();
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  await pool.query(
    `insert into known_devices (token_hash, user_id, expires_at) values ($1, $2, $3)
     on conflict (token_hash) do update set expires_at = excluded.expires_at`,
    [hashToken(token), userId, expiresAt],
  );
  await pool.query(
    `delete from known_devices where user_id = $1 and (expires_at < now() or token_hash in (
       select token_hash from known_devices where user_id = $1 order by expires_at desc offset ${mostDevices}))`,
    [userId],
  );
  return { token, expiresAt };
}

/** Forgets the devices of a person, but for the one from which the session with the id `except` began. */
export async function forgetDevices(
  transaction: Transaction<Tables>,
  userId: string,
  except?: string,
): Promise<void> {
  await transaction
    .deleteFrom('known_devices')
    .where('user_id', '=', userId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sessions')
            .select('token_hash')
            .whereRef('device_hash', '=', 'known_devices.token_hash')
            .where('sessions.token_hash', '=', except ?? ''),
        ),
      ),
    )
    .execute();
}
