import type { Store } from '../../store/database.ts';
import type { SignOnOrigin } from '../../store/tables/column-types.ts';
import { createSecretToken, hashToken } from '../keys/secret-token.ts';
import type { User } from '../people/users.ts';

/** Minutes for the second step. */
const minutes = 10;

/** Somebody who gave the right password, or came from a provider, and is asked for more. It opens no page of a session. */
export interface HalfSignIn {
  /** Names it, and does not open it. */
  id: string;
  user: User & { isBreakGlass: boolean };
  /** The provider that the person came from. Null: it was a password. */
  origin: SignOnOrigin | null;
}

/** Begins the second step. The token is for the person's cookie. */
export async function beginHalf(
  { db }: Store,
  userId: string,
  origin: SignOnOrigin | null = null,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = createSecretToken();
  const expiresAt = new Date(Date.now() + minutes * 60_000);
  await db
    .insertInto('half_sign_ins')
    .values({
      token_hash: hashToken(token),
      user_id: userId,
      expires_at: expiresAt,
      sign_on: origin && (JSON.stringify(origin) as never),
    })
    .execute();
  return { id: hashToken(token), token, expiresAt };
}

/** Undefined: nobody began, the time is over, or the person was disabled since. */
export async function findHalf({ db }: Store, token: string): Promise<HalfSignIn | undefined> {
  const id = hashToken(token);
  const row = await db
    .selectFrom('half_sign_ins')
    .innerJoin('users', 'users.id', 'user_id')
    .select(['users.id', 'login', 'name', 'role', 'agency', 'language', 'break_glass as isBreakGlass'])
    .select('sign_on as origin')
    .where('token_hash', '=', id)
    .where('expires_at', '>', new Date())
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { origin, ...user } = row;
  return { id, user, origin };
}

/** Ends it, since it became a session. False: another request was first. */
export async function endHalf({ db }: Store, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('half_sign_ins')
    .where('token_hash', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
