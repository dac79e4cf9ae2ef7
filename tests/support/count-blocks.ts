import pg from 'pg';
import type { Store } from '../../hub/store/database.ts';

/**
 * Makes every statement of this database report the blocks that it touches (auto_explain). So growth is measured by
 * what is read and not by the time of a noisy machine. For test databases; call it before a store opens the database.
 */
export async function tellBlocks(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const name = client.escapeIdentifier(new URL(databaseUrl).pathname.slice(1));
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    client_min_messages: 'log',
  };
  try {
    for (const [setting, value] of Object.entries(settings))
      await client.query(`alter database ${name} set ${setting} = '${value}'`);
  } finally {
    await client.end();
  }
}

/**
 * Has PostgreSQL plan for a database of a test as for one with a million complaints. Few rows lie on few blocks, and it would
 * read all of them at once.
 */
export async function planAsForMany(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const name = client.escapeIdentifier(new URL(databaseUrl).pathname.slice(1));
  try {
    await client.query(`alter database ${name} set random_page_cost = 1`);
    await client.query(`alter database ${name} set seq_page_cost = 10`);
  } finally {
    await client.end();
  }
}

interface Told {
  'Query Text': string;
  Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number };
}

const toBlocks = ({ Plan }: Told): number => Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks'];

export interface BlockCounter {
  /** Counts what another pool asks too. It must not have been used yet. */
  watch(pool: pg.Pool): void;
  /** The blocks that the store's statements touch while `ask` runs. */
  count(ask: () => Promise<unknown>): Promise<number>;
  /** The reports of the last count, to show in a failing test. */
  told(): string;
  /** The one that touched most. */
  heaviest(): string;
}

/** `store`: a store on a database that {@link tellBlocks} prepared. The store must not have been used yet. */
export function countBlocks({ pool, hot }: Pick<Store, 'pool' | 'hot'>): BlockCounter {
  let told: Told[] = [];
  const watch = (each: pg.Pool) => {
    each.on('connect', (client) =>
      client.on('notice', ({ message = '' }) => {
        const at = message.indexOf('plan:\n');
        if (at >= 0) told.push(JSON.parse(message.slice(at + 6)) as Told);
      }),
    );
  };
  for (const each of [pool, hot]) watch(each);
  return {
    watch,
    async count(ask) {
      told = [];
      await ask();
      return told.reduce((sum, one) => sum + toBlocks(one), 0);
    },
    told: () => JSON.stringify(told, null, 1),
    heaviest: () => JSON.stringify(told.toSorted((a, b) => toBlocks(b) - toBlocks(a))[0] ?? null, null, 1),
  };
}
