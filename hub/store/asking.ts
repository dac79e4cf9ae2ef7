import { Kysely, PostgresDialect } from 'kysely';
import { openPool, type Store } from './database.ts';
import { isSqlState } from './sql-states.ts';
import type { Tables } from './tables/tables.ts';

/** Seconds after which nobody waits for a page any more: what takes longer has to be asked for in another way. */
export const longestAsking = 10;

/**
 * The store for what pages and doors ask: on a pool of its own, so that they wait for nothing that works in the
 * background, and ended by PostgreSQL after {@link longestAsking} seconds. What may last (comparing, replaying, mapping
 * again, migrations) uses the store itself. To be closed before the store is.
 */
export function openAskingStore(store: Store, size: number, longest = longestAsking): Store {
  const pool = openPool({
    connectionString: store.url,
    application_name: 'minwon-hub pages',
    max: size,
    options: `-c statement_timeout=${longest * 1000}`,
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { ...store, pool, db, close: () => pool.end() };
}

/** Whether PostgreSQL ended a statement because it took too long. */
export const tookTooLong = (error: unknown): boolean => isSqlState(error, 'queryCanceled');
