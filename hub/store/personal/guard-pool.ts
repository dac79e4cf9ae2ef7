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

/**
 * Makes the connections of a pool refuse statements about data of complainants. Only hub/personal lifts it, for a
 * transaction in which it writes the access log: no page and no door can forget to.
 */
export function guardPool(pool: pg.Pool): pg.Pool {
  pool.on('connect', (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      const [asked] = given as [string | { text?: string } | undefined];
      const found = judge((typeof asked === 'string' ? asked : asked?.text) ?? '');
      if (found.length > 0) {
        const reached = lent.get(client);
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
