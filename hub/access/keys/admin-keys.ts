import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { ChangeWay } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { writeAudit } from '../audit/audit.ts';
import type { AdminScope } from './admin-scopes.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

/** No key of an agency begins so: neither kind of key opens the doors of the other. */
const prefix = 'mwa_';
const shape = /^mwa_[A-Za-z0-9_-]{43}$/;
/** Enough for a key for each pipeline, and a new one beside each while it is replaced. */
const mostAdminKeys = 20;

/** A program of an administrator that was let in. What it does is done in the name of the account. */
export interface AdminCaller {
  keyId: string;
  keyName: string;
  login: string;
  scopes: readonly AdminScope[];
  expiresAt: Date;
}

/** A key as an administrator may see it, which never includes the key itself. */
export interface AdminKeyEntry {
  id: string;
  name: string;
  /** The last characters, which tell keys apart. */
  hint: string;
  scopes: readonly AdminScope[];
  madeBy: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
}

/**
 * Why no key was made.
 * - `not-administrator`: the account is disabled or has another role
 * - `too-many`: the account has the most valid keys
 * - `unknown`: no such key can be revoked any more
 */
export class AdminKeyError extends Error {
  readonly kind: 'not-administrator' | 'too-many' | 'unknown';
  constructor(kind: AdminKeyError['kind'], message: string) {
    super(message);
    this.name = 'AdminKeyError';
    this.kind = kind;
  }
}

export interface AdminKeyOrder {
  login: string;
  name: string;
  scopes: readonly AdminScope[];
  expiresAt: Date;
}

/** Who makes or revokes a key, and which way. */
interface Maker {
  actor: string;
  way: ChangeWay;
  /** The login of who agreed, where two had to. */
  secondPerson?: string;
}

/** Makes a key for an administrator's programs. It is shown this once: only its hash is kept. Errors: AdminKeyError. */
export async function createAdminKey(
  { db }: Pick<Store, 'db'>,
  order: AdminKeyOrder,
  maker: Maker,
): Promise<{ id: string; key: string }> {
  return db.transaction().execute((trx) => createAdminKeyIn(trx, order, maker));
}

/** The same within a transaction. */
export async function createAdminKeyIn(
  trx: Transaction<Tables>,
  { login, name, scopes, expiresAt }: AdminKeyOrder,
  { actor, way, secondPerson }: Maker,
): Promise<{ id: string; key: string }> {
  const key = `${prefix}${createSecretToken()}`;
  const row = { id: newId(), name, key_hash: hashToken(key), hint: key.slice(-4), made_by: actor };
  const userId = await lockAdministrator(trx, login);
  const { valid } = await trx
    .selectFrom('admin_keys')
    .select((eb) => eb.fn.countAll<string>().as('valid'))
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date())
    .executeTakeFirstOrThrow();
  if (Number(valid) >= mostAdminKeys)
    throw new AdminKeyError('too-many', `${login} has ${mostAdminKeys} valid keys: revoke one of them first`);
  await trx
    .insertInto('admin_keys')
    .values({ ...row, user_id: userId, scopes: [...scopes], expires_at: expiresAt })
    .execute();
  const detail = { key: name, id: row.id, scopes, expiresAt, ...(secondPerson && { secondPerson }) };
  await writeAudit(trx, { actor, way, action: 'account.key_made', subject: `user ${login}`, detail });
  return { id: row.id, key };
}

/** The account is locked, so that of two keys at once the second counts the first. */
async function lockAdministrator(trx: Transaction<Tables>, login: string): Promise<string> {
  const user = await trx
    .selectFrom('users')
    .select('id')
    .where('login', '=', login)
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (user) return user.id;
  throw new AdminKeyError('not-administrator', `there is no active administrator ${login}`);
}

/** Refuses the key from now on. Errors: AdminKeyError `unknown`. */
export async function revokeAdminKey(
  { db }: Pick<Store, 'db'>,
  id: string,
  { actor, way }: Maker,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const revoked = await trx
      .updateTable('admin_keys')
      .from('users')
      .set({ revoked_at: new Date() })
      .whereRef('users.id', '=', 'admin_keys.user_id')
      .where('admin_keys.id', '=', id)
      .where('revoked_at', 'is', null)
      .returning(['users.login', 'admin_keys.name'])
      .executeTakeFirst();
    if (!revoked) throw new AdminKeyError('unknown', `there is no key ${id} to be revoked`);
    const { login, name } = revoked;
    const detail = { key: name, id };
    await writeAudit(trx, { actor, way, action: 'account.key_revoked', subject: `user ${login}`, detail });
  });
}

/** The keys of one account, newest first. */
export async function listAdminKeys({ db }: Pick<Store, 'db'>, login: string): Promise<AdminKeyEntry[]> {
  return db
    .selectFrom('admin_keys as k')
    .innerJoin('users as u', 'u.id', 'k.user_id')
    .select(['k.id', 'k.name', 'k.hint', 'k.scopes', 'k.made_by as madeBy', 'k.created_at as createdAt'])
    .select(['k.expires_at as expiresAt', 'k.revoked_at as revokedAt', 'k.last_used_at as lastUsedAt'])
    .where('u.login', '=', login)
    .orderBy('k.created_at', 'desc')
    .orderBy('k.id', 'desc')
    .execute();
}

/**
 * The caller with this key. Undefined: nobody may call with it. Pipelines call seldom, so nothing is cached: a key ends
 * at once when it is revoked, when the account is disabled and when it is an administrator's no more. Notes the use.
 */
export async function findAdminCaller(
  { db }: Pick<Store, 'db'>,
  key: string,
): Promise<AdminCaller | undefined> {
  if (!shape.test(key)) return undefined;
  const found = await db
    .selectFrom('admin_keys as k')
    .innerJoin('users as u', 'u.id', 'k.user_id')
    .select(['k.id as keyId', 'k.name as keyName', 'k.scopes', 'k.expires_at as expiresAt'])
    .select(['k.last_used_at as lastUsedAt', 'u.login'])
    .where('k.key_hash', '=', hashToken(key))
    .where('k.revoked_at', 'is', null)
    .where('k.expires_at', '>', new Date())
    .where('u.disabled_at', 'is', null)
    .where('u.role', '=', 'administrator')
    .executeTakeFirst();
  if (!found) return undefined;
  const { lastUsedAt, ...caller } = found;
  if (!lastUsedAt || lastUsedAt.getTime() < Date.now() - 60_000)
    await db
      .updateTable('admin_keys')
      .set({ last_used_at: new Date() })
      .where('id', '=', caller.keyId)
      .execute();
  return caller;
}
