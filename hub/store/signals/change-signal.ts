import type { Logger } from 'pino';
import type { Store } from '../database.ts';
import { signal, signalChannels } from './signal-channels.ts';

/** Milliseconds between two signals at the least: pages refresh, they do not flicker. */
const interval = 200;
/** Said on the channel of changes: pages must not go on for sessions that are over. */
export const sessionsEnded = 'sessions ended';

/** For every process: some sessions were ended just now. */
export const tellSessionsEnded = ({ pool }: Store): Promise<void> =>
  signal(pool, signalChannels.changes, [sessionsEnded]);

/** Tells the pages of every process that something changed; many changes become one signal. */
export function createChangeSignal({ pool }: Store, log: Logger): { changed(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    changed() {
      timer ??= setTimeout(() => {
        timer = undefined;
        signal(pool, signalChannels.changes).catch((err) =>
          log.debug({ err }, 'pages were not told of a change'),
        );
      }, interval);
    },
    stop: () => clearTimeout(timer),
  };
}
