import type { Logger } from 'pino';
import type { Store } from '../database.ts';
import { signal, signalChannels } from './signal-channels.ts';

/** The least milliseconds between two signals, so that pages refresh and do not flicker. */
const interval = 200;
/** The text on the channel of changes after sessions ended: their pages must not go on. */
export const sessionsEnded = 'sessions ended';

/** Tells every process that some sessions have just ended. */
export const tellSessionsEnded = ({ pool }: Store): Promise<void> =>
  signal(pool, signalChannels.changes, [sessionsEnded]);

/** Tells the pages of every process that something changed. Many changes become one signal. */
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
