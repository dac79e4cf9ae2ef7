import { sql, type Transaction } from 'kysely';
import type { Tables } from '../../store/tables/tables.ts';

/**
 * How the history names an agency's key that did something. The space in it is in no login (hub/store/migrations/0039), so no
 * person can look like a key.
 */
export const toKeyActor = (keyId: string): string => `key ${keyId}`;

const shape = /^key ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * Whether the actor is a key that this person made, or that a key made which this person made: whoever made a key has seen
 * it, and may have spoken by it.
 */
export async function isHeldBy(trx: Transaction<Tables>, actor: string, login: string): Promise<boolean> {
  const [, id] = shape.exec(actor) ?? [];
  if (id === undefined) return false;
  const { rows } = await sql<{ found: boolean }>`
    with recursive made (id, made_by) as (
      select id, made_by from api_keys where id = ${id}
      union select k.id, k.made_by from made join api_keys k on made.made_by = 'key ' || k.id::text)
    select exists (select from made where made_by = ${login}) as found`.execute(trx);
  return rows[0]?.found ?? false;
}
