import type { Logger } from 'pino';
import type { Store } from './database.ts';

/** Milliseconds between two signals at the least: pages refresh, they do not flicker. */
const interval = 200;
export const changesChannel = 'hub_changes';

/** Tells the pages of every process that something changed; many changes become one signal. */
export function createChangeSignal({ pool }: Store, log: Logger): { changed(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    changed() {
      timer ??= setTimeout(() => {
        timer = undefined;
        pool
          .query(`notify ${changesChannel}`)
          .catch((err) => log.debug({ err }, 'pages were not told of a change'));
      }, interval);
    },
    stop: () => clearTimeout(timer),
  };
}
