import type { Store } from '../store/database.ts';
import { newId } from '../store/new-id.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

/** The prefix tells secret scanners and people what the string is. */
const prefix = 'mwk_';
const shape = /^mwk_[A-Za-z0-9_-]{43}$/;

/** A key as an administrator may see it: never the key itself. */
export interface ApiKeyEntry {
  id: string;
  agency: string;
  /** The last characters, to tell keys apart. */
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** A new key for an agency's machines. `key` is shown this once: only its hash is kept. */
export async function createApiKey(
  store: Store,
  agency: string,
  expiresAt: Date | null = null,
): Promise<{ id: string; key: string }> {
  const id = newId();
  const key = `${prefix}${createSecretToken()}`;
  await store.db
    .insertInto('api_keys')
    .values({
      id,
      agency,
      key_hash: hashToken(key),
      hint: key.slice(-4),
      expires_at: expiresAt,
      revoked_at: null,
    })
    .execute();
  return { id, key };
}

/** The key is refused from now on (within the seconds of {@link createKeyLookup}'s cache). */
export async function revokeApiKey(store: Store, id: string): Promise<void> {
  await store.db
    .updateTable('api_keys')
    .set({ revoked_at: new Date() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}

/** The keys of one agency, newest first. */
export async function listApiKeys(store: Store, agency: string): Promise<ApiKeyEntry[]> {
  return store.db
    .selectFrom('api_keys')
    .select(['id', 'agency', 'hint', 'created_at as createdAt'])
    .select(['expires_at as expiresAt', 'revoked_at as revokedAt'])
    .where('agency', '=', agency)
    .orderBy('id', 'desc')
    .execute();
}

/** Code of the agency whose valid key this is. */
export type FindAgencyByKey = (key: string) => Promise<string | undefined>;

/**
 * Looks keys up for the doors. What was found is believed for `seconds`, so that a busy machine costs no query
 * per request; what was not found is asked again each time, so a new key works at once.
 */
export function createKeyLookup(store: Store, seconds = 10, now: () => number = Date.now): FindAgencyByKey {
  const known = new Map<string, { agency: string; until: number }>();
  return async (key) => {
    if (!shape.test(key)) return undefined;
    const hash = hashToken(key);
    const cached = known.get(hash);
    if (cached && cached.until > now()) return cached.agency;
    known.delete(hash);
    const row = await findValid(store, hash, new Date(now()));
    if (!row) return undefined;
    const until = Math.min(now() + seconds * 1000, row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY);
    known.set(hash, { agency: row.agency, until });
    return row.agency;
  };
}

async function findValid(store: Store, hash: string, now: Date) {
  return store.db
    .selectFrom('api_keys')
    .select(['agency', 'expires_at'])
    .where('key_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
    .executeTakeFirst();
}
