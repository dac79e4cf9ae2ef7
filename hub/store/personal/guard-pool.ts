import type pg from 'pg';
import { StoreError } from '../store-error.ts';
import { findPersonal } from './personal-columns.ts';

/** Connections that may read data of complainants now, with the tables that they reached. */
const lent = new WeakMap<pg.PoolClient, Set<string>>();

/** What statements were found to reach. Statements are few, and their texts the same each time. */
const judged = new Map<string, readonly string[]>();
const mostJudged = 5_000;

function judge(text: string): readonly string[] {
  const known = judged.get(text);
  if (known) return known;
  const found = findPersonal(text);
  if (judged.size >= mostJudged) judged.clear();
  judged.set(text, found);
  return found;
}

/** What a statement reached that nobody foresaw, and whose it was as far as its rows tell. */
interface UnforeseenRead {
  tables: readonly string[];
  ids: readonly string[];
}

/** Logs such a read. What it gives is given out only when this resolves. */
export type LogUnforeseen = (read: UnforeseenRead) => Promise<void>;

/**
 * Makes the connections of a pool refuse statements about data of complainants. Only hub/personal lifts it, for a
 * transaction in which it writes the access log: no page and no door can forget to. `log`: what nobody foresaw is logged
 * before it is given out, and not refused.
 */
export function guardPool(pool: pg.Pool, log?: LogUnforeseen): pg.Pool {
  if (log) askByOwnName(pool);
  pool.on('connect', (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      const found = judge(toText(given[0]));
      if (found.length > 0) {
        const reached = lent.get(client);
        // What calls back, or is read row by row, cannot wait for its entry.
        if (!reached && log && typeof given.at(-1) !== 'function' && !isSubmittable(given[0]))
          return giveLogged(query(...given) as Promise<pg.QueryResult>, found, log);
        if (!reached)
          throw new StoreError(
            'guarded',
            `a page or door reaches data of complainants (${found.join(', ')}) around hub/personal: read it in withPersonal (docs/access-log.md)`,
          );
        for (const table of found) reached.add(table);
      }
      return query(...given);
    }) as pg.PoolClient['query'];
  });
  return pool;
}

const toText = (asked: unknown): string =>
  (typeof asked === 'string' ? asked : (asked as { text?: string } | undefined)?.text) ?? '';
const isSubmittable = (asked: unknown): boolean =>
  typeof (asked as { submit?: unknown } | undefined)?.submit === 'function';

async function giveLogged(
  asking: Promise<pg.QueryResult>,
  tables: readonly string[],
  log: LogUnforeseen,
): Promise<pg.QueryResult> {
  const result = await asking;
  await log({ tables, ids: findIds(result.rows ?? [], tables) });
  return result;
}

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Complaints that rows name, or the raw items; the id of another table's row would name nobody. */
function findIds(rows: readonly Record<string, unknown>[], tables: readonly string[]): string[] {
  const isOwn = tables.some((table) => table === 'complaints' || table === 'raw_items');
  const toId = (row: Record<string, unknown>) =>
    row.complaintId ?? row.complaint_id ?? (isOwn ? row.id : undefined);
  const ids = rows.map(toId).filter((id): id is string => typeof id === 'string' && isId.test(id));
  return [...new Set(ids)];
}

/**
 * A pool calls waiting statements back when a connection is free, in whoever's name that comes. One that has to be logged
 * takes a connection itself, so that it goes on in the name of who asked.
 */
function askByOwnName(pool: pg.Pool): void {
  const ask = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  pool.query = ((...given: unknown[]) => {
    if (judge(toText(given[0])).length === 0 || typeof given.at(-1) === 'function') return ask(...given);
    return pool.connect().then(async (client) => {
      let broken: Error | undefined;
      try {
        return await (client.query as (...given: unknown[]) => Promise<unknown>)(...given);
      } catch (error) {
        broken = error as Error;
        throw error;
      } finally {
        client.release(broken);
      }
    });
  }) as pg.Pool['query'];
}

/**
 * Lets a connection read shadow tables, which have the same names: it sees no other schema. What rehearsals hold is shown
 * masked, and test complaints are made up. Returns what ends it.
 */
export function passShadow(client: pg.PoolClient): () => void {
  lent.set(client, new Set());
  return () => void lent.delete(client);
}

/** Lets `work` read data of complainants on this connection. `reached`: the tables that it did reach. Only for hub/personal. */
export async function liftGuard<T>(
  client: pg.PoolClient,
  work: (reached: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  const reached = new Set<string>();
  lent.set(client, reached);
  try {
    return await work(reached);
  } finally {
    lent.delete(client);
  }
}
