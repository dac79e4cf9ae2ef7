import type { Logger } from 'pino';
import { writeAudit } from '../access/audit/audit.ts';
import type { Directory } from '../configuration/directory.ts';
import type { Duty } from '../queue/ticker.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import type { ContentStore } from './content-store.ts';
import { toLawful } from './lawful.ts';

/** Milliseconds between two turns: other files are taken in meanwhile. */
const every = 10_000;

/**
 * Looks into the contents that came before anybody did, some at a time. One process does it; another goes on where it stopped,
 * because what was looked into says so. What it holds back stands in the audit log.
 */
export function createLookBackDuty(parts: {
  store: Store;
  directory: Pick<Directory, 'listAgencies'>;
  /** Of complaints: made-up tests have nobody's numbers. */
  contents: ContentStore;
  exclusive: Exclusive;
  log: Logger;
}): Duty {
  const { store, directory, contents, exclusive, log } = parts;
  const run = async () => {
    const { looked, withheld } = await contents.lookBack(toLawful(directory.listAgencies()));
    if (withheld === 0) return;
    log.info({ looked, withheld }, 'stored files with numbers are held back');
    await store.db.transaction().execute((trx) =>
      writeAudit(trx, {
        ...{ actor: 'hub', way: 'command', action: 'numbers.looked_back' },
        ...{ subject: 'stored files', detail: { looked, withheld } },
      }),
    );
  };
  return { name: 'stored files', every, run: async () => void (await exclusive.run('look-back', run)) };
}
