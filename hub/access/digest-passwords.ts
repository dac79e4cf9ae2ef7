import { createHmac } from 'node:crypto';
import type { Store } from '../store/database.ts';

/**
 * The password that belongs to an API key where a client sends a digest of it (WS-Security UsernameToken). To check a
 * digest the hub has to know the password, but of keys it keeps only hashes, and that shall stay so. So the password
 * follows from the key's id and a secret of the hub: it is stored nowhere, the database alone gives nobody away, and it
 * ends with its key. It is shown once, with the key.
 */
export function toDigestPassword(secret: string, keyId: string): string {
  return `mwd_${createHmac('sha256', secret).update(`digest password of ${keyId}`).digest('base64url')}`;
}

export interface DigestPassword {
  keyId: string;
  password: string;
}

/** The passwords of all keys of an agency that are valid now: two while one takes the other's place. */
export type ListDigestPasswords = (agency: string) => Promise<DigestPassword[]>;

/** Undefined: the hub has no secret, so there are no such passwords. */
export function createDigestPasswords(
  store: Store,
  secret: string | undefined,
): ListDigestPasswords | undefined {
  if (!secret) return undefined;
  return async (agency) => {
    const rows = await store.db
      .selectFrom('api_keys')
      .select('id')
      .where('agency', '=', agency)
      .where('revoked_at', 'is', null)
      .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', new Date())]))
      .execute();
    return rows.map(({ id }) => ({ keyId: id, password: toDigestPassword(secret, id) }));
  };
}
