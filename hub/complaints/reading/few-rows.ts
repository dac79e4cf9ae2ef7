import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../store/database.ts';

/**
 * A filtered list is read in one of two ways. If few rows match, all are read and sorted; if many match, the newest are
 * soon found. PostgreSQL has to guess, and a wrong guess reads the whole table. So the hub counts first and chooses.
 */
export const fewRows = 2000;

/** Whether a query has no more than {@link fewRows} rows. It counts no further, and uses an index if there is one. */
export async function areFew(db: Database, rowsOf: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${rowsOf} limit ${fewRows + 1}) matching`.execute(db);
  return (rows[0]?.count ?? 0) <= fewRows;
}
