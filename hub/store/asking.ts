import { Kysely, PostgresDialect } from 'kysely';
import { openPool, type Store } from './database.ts';
import { guardPool, type LogUnforeseen } from './personal/guard-pool.ts';
import { isSqlState } from './sql-states.ts';
import type { Tables } from './tables/tables.ts';

/** Seconds after which nobody waits for a page any more. Work that takes longer needs another way of asking. */
export const longestAsking = 10;

/**
 * Opens the store for queries of pages and doors. They have their own pool, so that they wait for nothing in the
 * background. PostgreSQL ends them after {@link longestAsking} seconds. Work that may last (comparisons, replays,
 * remaps, migrations) uses the store itself. Data of complainants is refused, but to hub/personal; or logged, where
 * `unforeseen` does that (docs/access-log.md). Close it before the store.
 */
export function openAskingStore(
  store: Store,
  size: number,
  { longest = longestAsking, unforeseen }: { longest?: number; unforeseen?: LogUnforeseen } = {},
): Store {
  const pool = guardPool(
    openPool(
      {
        connectionString: store.url,
        application_name: 'minwon-hub pages',
        max: size,
        options: `-c statement_timeout=${longest * 1000}`,
      },
      store.keys,
    ),
    unforeseen,
  );
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { ...store, pool, hot: pool, db, ...(unforeseen && { unforeseen }), close: () => pool.end() };
}

/** Whether PostgreSQL ended a statement because it took too long. */
export const tookTooLong = (error: unknown): boolean => isSqlState(error, 'queryCanceled');
