import pg from 'pg';
import type { Logger } from 'pino';

const longestPause = 30_000;

/**
 * Listens on one channel of PostgreSQL until stopped. `hear` gets what was said; and the empty text after every
 * (re)connection, when something may have been missed.
 */
export function listen(
  url: string,
  channel: string,
  hear: (said: string) => void,
  log: Logger,
): () => Promise<void> {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let pause = 500;
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: `minwon-hub ${channel}` });
    client = next;
    let lost = false;
    const again = (): void => {
      if (lost || stopped) return;
      lost = true;
      next.end().catch(() => undefined);
      log.warn({ channel }, 'a listener lost the database; connecting again');
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPause);
    };
    next.on('error', again);
    next.on('end', again);
    next.on('notification', ({ payload = '' }) => hear(payload));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      pause = 500;
      hear('');
    } catch {
      again();
    }
  };
  const started = connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await started;
    await client?.end().catch(() => undefined);
  };
}
