import { resolve } from 'node:path';
import type { Settings } from '../settings.ts';
import { openStore, type Store } from './database.ts';
import { openEmbeddedServer } from './embedded-server.ts';
import { migrate } from './migrate.ts';
import { StoreError } from './store-error.ts';

/** A store that is ready for use. */
export interface OpenedStore {
  store: Store;
  /** Names of the migrations that were applied on the way. */
  migrated: string[];
  /** Closes the connections, then stops the embedded server where this process started it. */
  stop(): Promise<void>;
}

const oldestServer = 14;

/**
 * The store that the settings name, at the newest schema: DATABASE_URL, or else the embedded server below DATA_DIR.
 * Errors: StoreError `unavailable` when no server answers, `outdated` when server or schema do not fit.
 */
export async function openConfiguredStore(
  settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
): Promise<OpenedStore> {
  const embedded = settings.DATABASE_URL ? undefined : await openEmbeddedServer(resolve(settings.DATA_DIR));
  const store = openStore(settings.DATABASE_URL ?? embedded?.url ?? '');
  const stop = async () => {
    await store.close();
    await embedded?.stop();
  };
  try {
    await checkServer(store);
    return { store, migrated: await migrate(store.pool), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function checkServer(store: Store): Promise<void> {
  const { rows } = await store.pool
    .query<{ server_version_num: string }>('show server_version_num')
    .catch((cause: Error) => {
      throw new StoreError('unavailable', `the database cannot be reached: ${reasonOf(cause)}`, { cause });
    });
  const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (version < oldestServer)
    throw new StoreError(
      'outdated',
      `PostgreSQL ${oldestServer} or newer is needed; this server is ${version}`,
    );
}

/** Node reports a refused connection to a name with several addresses as an error without a message. */
function reasonOf(error: Error): string {
  return error.message || ('code' in error ? String(error.code) : error.name);
}
