import { inTransaction, type Queryable, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { toQueryable } from '../../store/to-queryable.ts';
import { writeAudit } from '../audit/audit.ts';
import { type KeyGiver, toKeyRow } from './api-keys.ts';
import type { Caller } from './scopes.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

const tokenPrefix = 'mwe_';
const tokenShape = /^mwe_[A-Za-z0-9_-]{43}$/;
const tokenHours = 72;
const keyDays = 30;
const day = 86_400_000;

/**
 * Makes an enrolment token, and notes who did. It is shown this once: only its hash is kept. An agency has one; the token
 * before is void from now on.
 */
export async function createAgentToken(
  { db }: Pick<Store, 'db'>,
  agency: string,
  by: string,
  way: KeyGiver['way'] = 'command',
): Promise<{ token: string; expiresAt: Date }> {
  const token = `${tokenPrefix}${createSecretToken()}`;
  return db.transaction().execute(async (trx) => {
    const { rows } = await toQueryable(trx).query<{ expiresAt: Date }>(
      `insert into agents (agency, token_hash, token_expires_at, token_by) values ($1, $2, now() + make_interval(hours => $3), $4)
       on conflict (agency) do update set token_hash = excluded.token_hash, token_expires_at = excluded.token_expires_at,
         token_by = excluded.token_by, token_used_at = null
       returning token_expires_at as "expiresAt"`,
      [agency, hashToken(token), tokenHours, by],
    );
    const made = { actor: by, way, action: 'connection.key_make' } as const;
    await writeAudit(trx, { ...made, subject: `agent ${agency}`, agency });
    return { token, expiresAt: rows[0]?.expiresAt ?? new Date() };
  });
}

/** The agency whose agent may enrol with this token. Undefined: it is unknown, used, void or too old. */
export async function findByAgentToken(client: Queryable, token: string): Promise<string | undefined> {
  if (!tokenShape.test(token)) return undefined;
  const { rows } = await client.query<{ agency: string }>(
    'select agency from agents where token_hash = $1 and token_expires_at > now()',
    [hashToken(token)],
  );
  return rows[0]?.agency;
}

/**
 * Uses the token. Undefined: it is not valid any more. The keys of an agent before are revoked. So is a key that this
 * token already gave: an agent that asks again did not get it. The token is used up once its key is used ({@link
 * createKeySettling}).
 */
export async function useAgentToken(client: Queryable, token: string): Promise<string | undefined> {
  const { rows } = await client.query<{ agency: string }>(
    `with used as (
       update agents set token_used_at = now(), enrolled_at = now(), heartbeat = null,
         heartbeat_at = null, skew = null, configuration = null, configuration_outcome = null, configuration_reason = null
       where token_hash = $1 and token_expires_at > now() returning agency
     ), revoked as (
       update api_keys k set revoked_at = now() from used
       where k.agency = used.agency and k.scopes = '{agent}' and k.revoked_at is null
     )
     select agency from used`,
    [hashToken(token)],
  );
  return rows[0]?.agency;
}

export interface IssuedKey {
  id: string;
  key: string;
  /** Half of the key's time has passed then. */
  renewAt: Date;
}

/** Issues a key that opens only the agent door, valid for thirty days. */
export async function issueAgentKey(client: Queryable, agency: string): Promise<IssuedKey> {
  const id = newId();
  const { key, hash, hint } = toKeyRow();
  await client.query(
    `insert into api_keys (id, agency, key_hash, hint, expires_at, scopes)
     values ($1, $2, $3, $4, now() + make_interval(days => $5), '{agent}')`,
    [id, agency, hash, hint, keyDays],
  );
  return { id, key, renewAt: new Date(Date.now() + (keyDays / 2) * day) };
}

/** Issues the next key. An earlier one that was never used becomes void: its reply was lost. */
export async function renewAgentKey({ pool }: Store, { agency, keyId }: Caller): Promise<IssuedKey> {
  return inTransaction(pool, async (client) => {
    await client.query('select from agents where agency = $1 for update', [agency]);
    await client.query(
      `update api_keys set revoked_at = now()
       where agency = $1 and scopes = '{agent}' and id <> $2 and revoked_at is null`,
      [agency, keyId],
    );
    return issueAgentKey(client, agency);
  });
}

/** Once the new key is used, the old keys end, and so does the token that gave it. Each process asks once per key. */
export function createKeySettling({ pool }: Store): (caller: Caller) => Promise<void> {
  const settled = new Set<string>();
  return async ({ agency, keyId }) => {
    if (settled.has(keyId)) return;
    await pool.query(
      `update api_keys k set revoked_at = now() from api_keys mine
       where mine.id = $2 and k.agency = $1 and k.scopes = '{agent}' and k.created_at < mine.created_at and k.revoked_at is null`,
      [agency, keyId],
    );
    await pool.query(
      `update agents set token_hash = null, token_expires_at = null, token_used_at = null
       where agency = $1 and token_used_at <= (select created_at from api_keys where id = $2)`,
      [agency, keyId],
    );
    settled.add(keyId);
  };
}
