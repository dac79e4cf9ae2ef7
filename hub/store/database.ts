import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { type Connections, usualConnections } from './connections.ts';
import { createListener, type Listener } from './listen.ts';
import { PatientPool } from './patient-pool.ts';
import type { LogUnforeseen } from './personal/guard-pool.ts';
import { type Keys, noKeys } from './sealing/keys.ts';
import { openingTypes, sealParameters } from './sealing/sealing-pool.ts';
import type { Tables } from './tables/tables.ts';

/** The query builder for pages and administration. */
export type Database = Kysely<Tables>;

/** The hub's database. */
export interface Store {
  url: string;
  pool: pg.Pool;
  /** The pool for statements made by {@link toHotStatement}. */
  hot: pg.Pool;
  /** The query builder on {@link pool}, for pages and administration. */
  db: Database;
  /** Seals and opens what lies in the database (docs/encryption.md). The pools do so by themselves. */
  keys: Keys;
  /** One connection that hears the signals between processes. */
  listener: Listener;
  /** Of the store of pages and doors: logs what they read of complainants and nobody foresaw. Absent: it is refused. */
  unforeseen?: LogUnforeseen;
  close(): Promise<void>;
}

/** The pool, or one connection of it inside a transaction. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

/** One plan for all values, in which every look-up uses an index. */
const byIndex =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off';

/**
 * Opens a store; the first query connects. A number: the most connections of each of the two pools. Without keys, nothing
 * is sealed, and what is sealed stays so.
 */
export function openStore(
  url: string,
  connections: Connections | number = usualConnections,
  keys: Keys = noKeys,
): Store {
  const most =
    typeof connections === 'number'
      ? { ...usualConnections, pool: connections, hot: connections }
      : connections;
  const pool = openPool({ connectionString: url, max: most.pool }, keys);
  const hot = openPool(
    {
      connectionString: url,
      max: most.hot,
      options: byIndex,
      application_name: 'minwon-hub hot',
    },
    keys,
  );
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const listener = createListener(url);
  return {
    url,
    pool,
    hot,
    db,
    keys,
    listener,
    async close() {
      await Promise.all([listener.close(), pool.end(), hot.end()]);
    },
  };
}

/** Opens a pool that survives broken connections, and seals and opens with these keys. */
export function openPool(options: pg.PoolConfig, keys: Keys): pg.Pool {
  const config = { application_name: 'minwon-hub', types: openingTypes(keys), ...options };
  const pool = sealParameters(new PatientPool(config), keys);
  // The pool replaces an idle connection that breaks; without this listener the error would end the process.
  pool.on('error', () => undefined);
  // The same is true of a connection that breaks while it is lent out, between two statements. Its next statement
  // reports the error.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A statement that runs often. Its name lets each connection parse it only once. */
export interface Statement {
  name: string;
  text: string;
}

/** A statement is planned anew after so many uses in this process. */
const replanAfter = [64, 256, 1024, 4096];

/**
 * A statement that runs many times a second, for {@link Store.hot}. Planning it each time would cost more than running
 * it. A plan from the first minutes may use any index, because all are equally small then. So the statement is planned
 * anew when the tables have grown. Later, PostgreSQL itself does so when it analyses the tables.
 */
export function toHotStatement({ name, text }: Statement): (values: unknown[]) => pg.QueryConfig {
  let uses = 0;
  return (values) => {
    uses += 1;
    return { name: `${name} ${replanAfter.filter((most) => uses > most).length}`, text, values };
  };
}

/** Runs `work` in a transaction. An error rolls it back. */
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
