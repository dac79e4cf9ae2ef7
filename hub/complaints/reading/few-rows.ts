import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../store/database.ts';

/**
 * A list that is filtered is read in one of two ways: few matches are all read and sorted, of many the newest are soon met.
 * PostgreSQL has to guess which it is, and where it guesses wrong it reads the whole table; so it is told.
 */
export const fewRows = 2000;

/** Whether a query has no more than {@link fewRows} rows; counts no further, by index where there is one. */
export async function areFew(db: Database, rowsOf: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${rowsOf} limit ${fewRows + 1}) matching`.execute(db);
  return (rows[0]?.count ?? 0) <= fewRows;
}
