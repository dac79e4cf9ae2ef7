import type { Logger } from 'pino';
import type { Store } from '../database.ts';

/** Milliseconds between two signals at the least: pages refresh, they do not flicker. */
const interval = 200;
export const changesChannel = 'hub_changes';
/** Said on the same channel: pages must not go on for sessions that are over. */
export const sessionsEnded = 'sessions ended';

/** For every process: some sessions were ended just now. */
export async function tellSessionsEnded({ pool }: Store): Promise<void> {
  await pool.query('select pg_notify($1, $2)', [changesChannel, sessionsEnded]);
}

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
