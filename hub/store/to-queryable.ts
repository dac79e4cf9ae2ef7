import { CompiledQuery, type Transaction } from 'kysely';
import type { Queryable } from './database.ts';
import type { Tables } from './tables/tables.ts';

/** Statements as text within a transaction of the query builder. */
export function toQueryable(trx: Transaction<Tables>): Queryable {
  const query = async (asked: string | { text: string; values?: unknown[] }, given: unknown[] = []) => {
    const { text, values = given } = typeof asked === 'string' ? { text: asked } : asked;
    const { rows, numAffectedRows } = await trx.executeQuery(CompiledQuery.raw(text, values));
    return { rows, rowCount: numAffectedRows === undefined ? rows.length : Number(numAffectedRows) };
  };
  return { query: query as unknown as Queryable['query'] };
}
