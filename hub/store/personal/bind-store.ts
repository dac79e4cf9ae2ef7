import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Store } from '../database.ts';
import type { Tables } from '../tables/tables.ts';

/**
 * The same store on one connection. What asks at the same time takes turns. `within`: a transaction is open there, so one
 * within it becomes a savepoint. It ends with the connection, and must not be kept.
 */
export function bindStore(store: Store, client: pg.PoolClient, { within }: { within: boolean }): Store {
  const turns = createTurns();
  const pool = {
    query: (asked: string, values?: unknown[]) => turns.take(() => client.query(asked, values)),
    connect: async () => {
      const release = await turns.begin();
      const query = (asked: unknown, values?: unknown[]) =>
        client.query(within ? toInner(asked) : (asked as string), values);
      return { query, release };
    },
    end: async () => undefined,
  } as unknown as pg.Pool;
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { ...store, pool, hot: pool, db, close: async () => undefined };
}

/** What begins and ends a transaction, inside another one. */
const inner: Record<string, string> = {
  begin: 'savepoint inner_transaction',
  commit: 'release savepoint inner_transaction',
  rollback: 'rollback to savepoint inner_transaction',
};

function toInner(asked: unknown): string {
  const text = typeof asked === 'string' ? asked : '';
  return text in inner ? (inner[text] ?? text) : (asked as string);
}

function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  const begin = (): Promise<() => void> => {
    let release: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    const before = last;
    last = mine;
    return before.then(() => release);
  };
  return {
    begin,
    async take<T>(work: () => Promise<T>): Promise<T> {
      const release = await begin();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
