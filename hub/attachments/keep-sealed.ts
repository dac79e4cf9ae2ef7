import type { Logger } from 'pino';
import type { Duty } from '../queue/ticker.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { resealBatch } from '../store/sealing/reseal.ts';
import type { ContentStore } from './content-store.ts';

/** Milliseconds between two turns, and the batches of one: the rest of the work has the database meanwhile. */
const every = 5_000;
const batchesOfTurn = 20;

/**
 * Seals what lies here from before sealing was turned on, and seals anew what has a data key that is to go out of use. One
 * process does it at a time, and another goes on where it stopped. `contents`: all stores of contents.
 */
export function createSealingDuties(parts: {
  store: Store;
  contents: readonly ContentStore[];
  exclusive: Exclusive;
  log: Logger;
}): Duty[] {
  const { store, contents, exclusive, log } = parts;
  if (!store.keys.on) {
    log.warn('SEALING_KEY is unset: nothing is encrypted at rest in this database (docs/encryption.md)');
    return [];
  }
  const files = async (oldKeys: string[]) => {
    for (const one of contents) if (await one.reseal(oldKeys)) return true;
    return false;
  };
  const run = () =>
    exclusive.run('reseal', async (lost) => {
      for (let batch = 0; batch < batchesOfTurn && !lost.aborted; batch += 1) {
        const done = await resealBatch(store.pool, files);
        if (done === 'finished') log.info('everything is sealed with the newest keys');
        if (done !== 'more') return;
      }
    });
  return [{ name: 'what is not sealed yet', every, run: async () => void (await run()) }];
}
