import type { Logger } from 'pino';
import { inTransaction, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { type Caller, type Scope, scopes } from './scopes.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

/** The prefix tells secret scanners and people what the string is. */
const prefix = 'mwk_';
const shape = /^mwk_[A-Za-z0-9_-]{43}$/;
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An old key and a new one, while an agency replaces its key. */
export const mostValidKeys = 2;

/** A new key, and what is kept of it. */
export function toKeyRow(): { key: string; hash: string; hint: string } {
  const key = `${prefix}${createSecretToken()}`;
  return { key, hash: hashToken(key), hint: key.slice(-4) };
}

/** A key as an administrator may see it, which never includes the key itself. */
export interface ApiKeyEntry {
  id: string;
  agency: string;
  /** The last characters, which tell keys apart. */
  hint: string;
  scopes: readonly Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
  valid: boolean;
}

/** Raised if an agency has the most valid keys. One of them has to be revoked first. */
export class TooManyKeys extends Error {
  constructor(agency: string) {
    super(`${agency} has ${mostValidKeys} valid keys: revoke one of them first`);
    this.name = 'TooManyKeys';
  }
}

const isValid = 'revoked_at is null and (expires_at is null or expires_at > now())';

/**
 * Makes a new key for an agency's machines. `key` is shown this once: only its hash is kept. `opens`: the scopes.
 * Errors: {@link TooManyKeys}.
 */
export async function createApiKey(
  store: Store,
  agency: string,
  expiresAt: Date | null = null,
  opens: readonly Scope[] = scopes,
): Promise<{ id: string; key: string }> {
  const id = newId();
  const { key, hash, hint } = toKeyRow();
  await inTransaction(store.pool, async (client) => {
    // If two administrators act at once, the second one counts the key of the first.
    await client.query(`select pg_advisory_xact_lock(hashtext('api keys of ' || $1))`, [agency]);
    const { rowCount } = await client.query(
      `insert into api_keys (id, agency, key_hash, hint, expires_at, scopes)
       select $1, $2, $3, $4, $5, $6
       where (select count(*) from api_keys where agency = $2 and scopes is distinct from '{agent}' and ${isValid}) < ${mostValidKeys}`,
      [id, agency, hash, hint, expiresAt, opens.length < scopes.length ? opens : null],
    );
    if (!rowCount) throw new TooManyKeys(agency);
  });
  return { id, key };
}

/** Revokes the key. Processes refuse it within the seconds of {@link createKeyLookup}'s cache. */
export async function revokeApiKey(store: Store, id: string): Promise<void> {
  await store.pool.query('update api_keys set revoked_at = now() where id = $1 and revoked_at is null', [id]);
}

/** The keys of one agency, newest first. */
export async function listApiKeys(store: Store, agency: string): Promise<ApiKeyEntry[]> {
  const { rows } = await store.pool.query<Omit<ApiKeyEntry, 'scopes'> & { scopes: Scope[] | null }>(
    `select id, agency, hint, scopes, created_at as "createdAt", expires_at as "expiresAt",
       revoked_at as "revokedAt", last_used_at as "lastUsedAt", (${isValid}) as valid
     from api_keys where agency = $1 order by created_at desc, id desc`,
    [agency],
  );
  return rows.map((row) => ({ ...row, scopes: row.scopes ?? scopes }));
}

/** The caller with this key, or with the key of this id. Undefined: nobody may call with it. */
export interface KeyLookup {
  byKey(key: string): Promise<Caller | undefined>;
  byId(id: string): Promise<Caller | undefined>;
}

interface KeyRow {
  id: string;
  agency: string;
  scopes: Scope[] | null;
  expires_at: Date | null;
}

/**
 * Looks keys up for the doors. A found key is cached for `seconds`, so a busy machine costs no query per request. A key
 * that was not found is asked for each time, so a new key works at once. The same query notes the use of the key.
 */
export function createKeyLookup(
  store: Store,
  log: Logger,
  { seconds = 10, now = Date.now }: { seconds?: number; now?: () => number } = {},
): KeyLookup {
  const known = new Map<string, { caller: Caller; until: number }>();

  async function find(column: 'key_hash' | 'id', value: string): Promise<Caller | undefined> {
    const cached = known.get(value);
    if (cached && cached.until > now()) return cached.caller;
    known.delete(value);
    const { rows } = await store.pool.query<KeyRow>(
      `select id, agency, scopes, expires_at from api_keys
       where ${column} = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [value, new Date(now())],
    );
    const [row] = rows;
    if (!row) return undefined;
    noteUse(store, row.id).catch((err) => log.debug({ err }, 'the use of a key was not noted'));
    const caller: Caller = { agency: row.agency, keyId: row.id, scopes: row.scopes ?? scopes };
    const until = Math.min(now() + seconds * 1000, row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY);
    known.set(value, { caller, until });
    return caller;
  }
  return {
    byKey: async (key) => (shape.test(key) ? find('key_hash', hashToken(key)) : undefined),
    byId: async (id) => (idShape.test(id) ? find('id', id) : undefined),
  };
}

const noteUse = ({ pool }: Store, id: string) =>
  pool.query(
    `update api_keys set last_used_at = now()
     where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [id],
  );

/**
 * Says why a key is refused, for the self-test. Only a caller that holds the key learns more than that it is unknown.
 */
export async function explainKey({ pool }: Store, key: string): Promise<string> {
  if (!key.startsWith(prefix)) return `a key begins with ${prefix}; this text does not`;
  if (!shape.test(key))
    return `a key has ${prefix.length + 43} characters; this one has ${key.length}: was it cut off?`;
  const { rows } = await pool.query<{ revoked_at: Date | null; expires_at: Date | null }>(
    'select revoked_at, expires_at from api_keys where key_hash = $1',
    [hashToken(key)],
  );
  const [row] = rows;
  if (!row)
    return 'no such key was ever given out by this hub; is it the key of another hub (test, production)?';
  if (row.revoked_at) return `this key was revoked at ${row.revoked_at.toISOString()}`;
  return `this key expired at ${row.expires_at?.toISOString()}`;
}
