import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

/** The query builder for pages and administration. */
export type Database = Kysely<Tables>;

/** The hub's database: one pool, seen raw for the hot path and through kysely elsewhere. */
export interface Store {
  url: string;
  pool: pg.Pool;
  db: Database;
  close(): Promise<void>;
}

/** The pool, or one connection of it inside a transaction. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

/** Connects lazily: the first query does. `size`: connections at the most. */
export function openStore(url: string, size = 12): Store {
  const pool = new pg.Pool({ connectionString: url, max: size, application_name: 'minwon-hub' });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks while it is lent out, between two statements; its next statement says what happened.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { url, pool, db, close: () => pool.end() };
}

/** A statement that runs often: named, so that each connection parses it once. */
export interface Statement {
  name: string;
  text: string;
}

/** Run `work` in a transaction; what it throws rolls back. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that cannot even roll back is thrown away, not returned.
    client.release(broken);
  }
}
