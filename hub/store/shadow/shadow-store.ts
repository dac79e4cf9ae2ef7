import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Store } from '../database.ts';
import { passShadow } from '../personal/guard-pool.ts';
import type { Tables } from '../tables/tables.ts';
import type { ShadowSchema } from './shadow-tables.ts';

/**
 * The store as one schema of shadow tables: the same code on other tables. It borrows the connections of `store`, so it
 * adds none, and there is nothing to close.
 */
export function openShadowStore(store: Store, schema: ShadowSchema): Store {
  const pool = toShadowPool(store.pool, schema);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { ...store, pool, hot: pool, db, close: () => Promise.resolve() };
}

/**
 * A pool whose connections see the schema and nothing else. PostgreSQL plans a prepared statement anew when the path
 * has changed, so statements may be shared.
 */
function toShadowPool(pool: pg.Pool, schema: ShadowSchema): pg.Pool {
  async function connect(): Promise<pg.PoolClient> {
    const client = await pool.connect();
    try {
      await client.query(`set search_path to ${schema}`);
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
    // The pool sets this anew each time that it lends the connection.
    const giveBack = client.release;
    const guardAgain = passShadow(client);
    client.release = (error) => {
      guardAgain();
      if (error) giveBack(error);
      // A connection that does not see the hub's own tables again is thrown away.
      else client.query('reset search_path').then(() => giveBack(), giveBack);
    };
    return client;
  }

  async function query(...statement: Parameters<pg.PoolClient['query']>): Promise<unknown> {
    const client = await connect();
    let broken: Error | undefined;
    try {
      return await (client.query as (...values: unknown[]) => Promise<unknown>)(...statement);
    } catch (error) {
      // An error with a code is PostgreSQL's word on the statement, and the connection is well.
      if (!(error as { code?: string }).code) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return { connect, query, end: () => Promise.resolve() } as unknown as pg.Pool;
}
