import { Socket } from 'node:net';
import { resolve } from 'node:path';
import pg from 'pg';
import type { Settings } from '../settings.ts';
import { divideConnections, usualConnections } from './connections.ts';
import { openStore, type Store } from './database.ts';
import { findPassingTrouble } from './database-trouble.ts';
import { openEmbeddedServer } from './embedded/embedded-server.ts';
import { migrate } from './migrate.ts';
import type { KeyRing } from './sealing/key-ring.ts';
import { createConfiguredRing, type SealingSettings } from './sealing/open-ring.ts';
import { sqlStates } from './sql-states.ts';
import { StoreError } from './store-error.ts';

/** A store that is ready for use. */
export interface OpenedStore {
  store: Store;
  /** Names of the migrations that were applied while opening. */
  migrated: string[];
  /** The keys of its data. */
  ring: KeyRing;
  /** Closes the connections, then stops the embedded server if this process started it. */
  stop(): Promise<void>;
}

type StoreSettings = SealingSettings & Partial<Pick<Settings, 'DATABASE_CONNECTIONS' | 'REDIS_URL'>>;

const oldestServer = 14;
/** Milliseconds. */
const connectWithin = 10_000;

/**
 * Opens the store that the settings name, with the newest schema: DATABASE_URL, or else the embedded server below
 * DATA_DIR. `signal` stops the connecting. Errors: StoreError `unavailable` if no server answers, `outdated` if server
 * or schema do not fit, `sealed` if the keys of its data are not there.
 */
export async function openConfiguredStore(
  settings: StoreSettings,
  signal?: AbortSignal,
): Promise<OpenedStore> {
  const embedded = settings.DATABASE_URL ? undefined : await openEmbeddedServer(resolve(settings.DATA_DIR));
  const { DATABASE_CONNECTIONS, REDIS_URL } = settings;
  const ring = createConfiguredRing(settings);
  const store = openStore(
    settings.DATABASE_URL ?? embedded?.url ?? '',
    DATABASE_CONNECTIONS ? divideConnections({ DATABASE_CONNECTIONS, REDIS_URL }) : usualConnections,
    ring.keys,
  );
  const stop = async () => {
    ring.close();
    await store.close();
    await embedded?.stop();
  };
  try {
    await checkServer(store.url, signal);
    const migrated = await migrate(store.pool);
    await ring.open(store.pool);
    return { store, migrated, ring, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Checks the server on a connection of its own that times out: a pool would wait for a server that never answers. */
async function checkServer(url: string, signal: AbortSignal | undefined): Promise<void> {
  const socket = new Socket();
  signal?.addEventListener('abort', () => socket.destroy(), { once: true });
  const client = new pg.Client({
    stream: () => socket,
    connectionString: url,
    application_name: 'minwon-hub',
    connectionTimeoutMillis: connectWithin,
    query_timeout: connectWithin,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    refuseOldServer(Number(rows[0]?.server_version_num));
  } catch (cause) {
    throw cause instanceof StoreError
      ? cause
      : new StoreError('unavailable', toWords(cause as Error), { cause });
  } finally {
    void client.end().catch(() => undefined);
  }
}

function refuseOldServer(number: number): void {
  const version = Math.floor(number / 10_000);
  if (version < oldestServer)
    throw new StoreError(
      'outdated',
      `PostgreSQL ${oldestServer} or newer is needed; this server is ${version}`,
    );
}

/** What the operator has to put right, by SQLSTATE. */
const mistakes: Record<string, string> = {
  [sqlStates.wrongPassword]: 'the database refuses the name or the password of DATABASE_URL',
  [sqlStates.notLetIn]: 'the database does not let this user or this machine in',
  [sqlStates.noSuchDatabase]: 'the database that DATABASE_URL names does not exist',
};

function toWords(error: Error & { code?: unknown }): string {
  // If a name has several addresses, Node reports a refused connection as an error without a message.
  const reason = error.message || String(error.code ?? error.name);
  const mistake = mistakes[String(error.code)];
  if (mistake) return `${mistake}: ${reason}`;
  return findPassingTrouble(error)
    ? `the database cannot be reached: ${reason}`
    : `the database cannot be used: ${reason}`;
}
