import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Queryable, Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { toQueryable } from '../../store/to-queryable.ts';
import { type NewAuditEntry, writeAudit } from '../audit/audit.ts';
import { type Caller, type Scope, scopes } from './scopes.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

/** The prefix tells secret scanners and people what the string is. */
const prefix = 'mwk_';
const shape = /^mwk_[A-Za-z0-9_-]{43}$/;
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Enough for a key for each program, and a new one beside each while it is replaced. */
export const mostValidKeys = 20;

/** A new key, and what is kept of it. */
export function toKeyRow(): { key: string; hash: string; hint: string } {
  const key = `${prefix}${createSecretToken()}`;
  return { key, hash: hashToken(key), hint: key.slice(-4) };
}

/** A key as an administrator may see it, which never includes the key itself. */
export interface ApiKeyEntry {
  id: string;
  agency: string;
  /** What the key is for, as its maker named it. Empty: nobody did. */
  name: string;
  /** The login or the name of the key that made it. */
  madeBy: string | null;
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

/** A key that is to be made. */
export interface KeyOrder {
  agency: string;
  /** Null: it never expires. */
  expiresAt: Date | null;
  scopes: readonly Scope[];
  name?: string;
  madeBy?: string;
}

/** The administrator who gives or takes a key, for the record. */
export type KeyGiver = Pick<NewAuditEntry, 'actor' | 'way'>;

/**
 * Makes a new key for an agency's machines. `key` is shown this once: only its hash is kept. `opens`: the scopes. With
 * `by`, the record of changes says who made it. Errors: {@link TooManyKeys}.
 */
export async function createApiKey(
  { db }: Pick<Store, 'db'>,
  agency: string,
  expiresAt: Date | null = null,
  opens: readonly Scope[] = scopes,
  by?: KeyGiver,
): Promise<{ id: string; key: string }> {
  return db.transaction().execute(async (trx) => {
    const order = { agency, expiresAt, scopes: opens, ...(by && { madeBy: by.actor }) };
    const made = await insertApiKey(toQueryable(trx), order);
    if (by) await noteKey(trx, by, 'connection.key_make', { id: made.id, agency });
    return made;
  });
}

const noteKey = (
  trx: Transaction<Tables>,
  by: KeyGiver,
  action: 'connection.key_make' | 'connection.key_revoke',
  { id, agency }: { id: string; agency: string },
): Promise<void> => writeAudit(trx, { ...by, action, subject: `key ${id}`, agency });

/** The same within a transaction. */
export async function insertApiKey(
  client: Queryable,
  { agency, expiresAt, scopes: opens, name = '', madeBy }: KeyOrder,
): Promise<{ id: string; key: string }> {
  const id = newId();
  const { key, hash, hint } = toKeyRow();
  // If two people act at once, the second one counts the key of the first.
  await client.query(`select pg_advisory_xact_lock(hashtext('api keys of ' || $1))`, [agency]);
  const { rowCount } = await client.query(
    `insert into api_keys (id, agency, key_hash, hint, expires_at, scopes, name, made_by)
     select $1, $2, $3, $4, $5, $6, $7, $8
     where (select count(*) from api_keys where agency = $2 and scopes is distinct from '{agent}' and ${isValid}) < ${mostValidKeys}`,
    [id, agency, hash, hint, expiresAt, isUsual(opens) ? null : opens, name, madeBy ?? null],
  );
  if (!rowCount) throw new TooManyKeys(agency);
  return { id, key };
}

/** Without a list, a key has all scopes of calls, and not `manage`. */
const isUsual = (opens: readonly Scope[]): boolean =>
  opens.length === scopes.length && scopes.every((scope) => opens.includes(scope));

/** A key as its agency may change it: without what passes by itself, as the time of its last use. */
export type KeyState = Omit<ApiKeyEntry, 'agency' | 'lastUsedAt' | 'valid'>;

/** One of the agency's keys, locked until the transaction ends, so that two who change it do so in turn. */
export async function lockKeyOf(
  client: Queryable,
  agency: string,
  id: string,
): Promise<KeyState | undefined> {
  const { rows } = await client.query<Omit<KeyState, 'scopes'> & { scopes: Scope[] | null }>(
    `select id, name, hint, scopes, made_by as "madeBy", created_at as "createdAt", expires_at as "expiresAt",
       revoked_at as "revokedAt" from api_keys where agency = $1 and id = $2 for update`,
    [agency, id],
  );
  const [row] = rows;
  return row && { ...row, scopes: row.scopes ?? scopes };
}

/** Lets a key end at that time, or earlier if it does so already. False: the agency has no such key that is valid. */
export async function endApiKey(client: Queryable, agency: string, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `update api_keys set expires_at = least($3, coalesce(expires_at, $3))
     where agency = $1 and id = $2 and scopes is distinct from '{agent}' and ${isValid}`,
    [agency, id, at],
  );
  return rowCount === 1;
}

/** Revokes one of the agency's keys. False: it has no such key that is valid. */
export async function revokeKeyOf(client: Queryable, agency: string, id: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update api_keys set revoked_at = now() where agency = $1 and id = $2 and scopes is distinct from '{agent}' and ${isValid}`,
    [agency, id],
  );
  return rowCount === 1;
}

/**
 * Revokes the key. Processes refuse it within the seconds of {@link createKeyLookup}'s cache. With `by`, the record of
 * changes says who revoked it.
 */
export async function revokeApiKey({ db }: Pick<Store, 'db'>, id: string, by?: KeyGiver): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const revoked = await trx
      .updateTable('api_keys')
      .set({ revoked_at: new Date() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('agency')
      .executeTakeFirst();
    if (revoked && by) await noteKey(trx, by, 'connection.key_revoke', { id, ...revoked });
  });
}

/** The keys of one agency, newest first. */
export async function listApiKeys(store: Store, agency: string): Promise<ApiKeyEntry[]> {
  const { rows } = await store.pool.query<Omit<ApiKeyEntry, 'scopes'> & { scopes: Scope[] | null }>(
    `select id, agency, name, made_by as "madeBy", hint, scopes, created_at as "createdAt", expires_at as "expiresAt",
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
