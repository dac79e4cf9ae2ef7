import type { Queryable } from '../../store/database.ts';
import { type AccessEntry, digestEntry, toMicroseconds } from './entry.ts';

const text = `
with given as (
  insert into access_entries
    (at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason, digest)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, decode($13, 'hex'))
  returning id, at)
insert into access_unsealed (id, at) select id, at from given`;

/** Writes entries in the caller's transaction: the data is given out with its entry, or neither is. */
export async function appendEntries(transaction: Queryable, entries: readonly AccessEntry[]): Promise<void> {
  for (const entry of entries) {
    const { at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason } = entry;
    const digest = digestEntry({ ...entry, at: toMicroseconds(at) });
    const values = [at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason];
    await transaction.query({ name: 'append-access', text, values: [...values, digest] });
  }
}
