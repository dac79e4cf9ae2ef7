import type { Logger } from 'pino';
import type { Store } from '../store/database.ts';
import { applyConfiguration } from './changes/apply.ts';
import { ConfigurationError, toProblemLine } from './configuration-error.ts';
import { listVersions } from './versions.ts';

/**
 * A hub without any configuration applies the folder as it is, so that it works after the first start. Later changes of
 * the folder wait for `hub config apply`. An unusable folder is reported and not applied.
 */
export async function configureFirstStart(store: Store, folder: string, log: Logger): Promise<void> {
  if ((await listVersions(store.db, {}, 1)).length > 0) return;
  try {
    const changes = await applyConfiguration(store, folder, 'first start', { way: 'first-start' });
    log.info({ folder, documents: changes.length }, 'configuration applied');
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const problems = error.problems.map(toProblemLine);
    log.warn({ folder, problems }, 'configuration not applied: the folder is not usable');
  }
}
