import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { type Connections, usualConnections } from './connections.ts';
import { createListener, type Listener } from './listen.ts';
import { PatientPool } from './patient-pool.ts';
import type { Tables } from './tables/tables.ts';

/** The query builder for pages and administration. */
export type Database = Kysely<Tables>;

/** The hub's database. */
export interface Store {
  url: string;
  pool: pg.Pool;
  /** For {@link toHotStatement}s. */
  hot: pg.Pool;
  /** {@link pool} for pages and administration. */
  db: Database;
  /** One connection that hears what processes tell each other. */
  listener: Listener;
  close(): Promise<void>;
}

/** The pool, or one connection of it inside a transaction. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

/** One plan for all values, in which every look-up is by index. */
const byIndex =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off';

/** Connects lazily: the first query does. A number: connections at the most, of each of the two pools. */
export function openStore(url: string, connections: Connections | number = usualConnections): Store {
  const most =
    typeof connections === 'number'
      ? { ...usualConnections, pool: connections, hot: connections }
      : connections;
  const pool = openPool({ connectionString: url, max: most.pool });
  const hot = openPool({
    connectionString: url,
    max: most.hot,
    options: byIndex,
    application_name: 'minwon-hub hot',
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const listener = createListener(url);
  return {
    url,
    pool,
    hot,
    db,
    listener,
    async close() {
      await Promise.all([listener.close(), pool.end(), hot.end()]);
    },
  };
}

/** A pool that survives the connections that break in it. */
export function openPool(options: pg.PoolConfig): pg.Pool {
  const pool = new PatientPool({ application_name: 'minwon-hub', ...options });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks while it is lent out, between two statements; its next statement says what happened.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A statement that runs often: named, so that each connection parses it once. */
export interface Statement {
  name: string;
  text: string;
}

/** Uses of a statement in this process after which it is planned anew. */
const replanAfter = [64, 256, 1024, 4096];

/**
 * A statement that runs many times a second, for {@link Store.hot}: to plan it each time would cost more than the
 * statement itself. A plan that is kept from the first minutes may use any index, all being equally small then: so it is
 * made anew when the tables have grown. What comes later, PostgreSQL does itself when it analyses them.
 */
export function toHotStatement({ name, text }: Statement): (values: unknown[]) => pg.QueryConfig {
  let uses = 0;
  return (values) => {
    uses += 1;
    return { name: `${name} ${replanAfter.filter((most) => uses > most).length}`, text, values };
  };
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
