import type { Logger } from 'pino';
import type { Store } from '../store/database.ts';
import { applyConfiguration } from './apply.ts';
import { ConfigurationError } from './configuration-error.ts';
import { listVersions } from './versions.ts';

/**
 * A hub that was never configured takes the folder as it stands, so that it works after the first start. Later
 * changes of the folder wait for `hub config apply`. A folder that is not usable is reported and left.
 */
export async function configureFirstStart(store: Store, folder: string, log: Logger): Promise<void> {
  if ((await listVersions(store.db, {}, 1)).length > 0) return;
  try {
    const changes = await applyConfiguration(store, folder, 'first start');
    log.info({ folder, documents: changes.length }, 'configuration applied');
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    log.warn({ folder, problems: error.problems }, 'configuration not applied: the folder is not usable');
  }
}
