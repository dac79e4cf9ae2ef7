import pg from 'pg';
import type { Logger } from 'pino';
import { createOutage, type Outage } from '../observe/outage.ts';
import type { SignalChannel } from './signals/signal-channels.ts';

/** Milliseconds. */
const pauses = { first: 500, longest: 30_000 };
const connectWithin = 10_000;

/** Listens on channels of PostgreSQL, all on one connection, which is opened again after it broke. */
export interface Listener {
  /**
   * `hear` gets each text, and the empty text after every (re)connection, because a signal may have been missed. The
   * result ends it.
   */
  listen(channel: SignalChannel, hear: (said: string) => void, log: Logger): () => void;
  close(): Promise<void>;
}

export function createListener(url: string): Listener {
  const channels = new Map<string, Set<(said: string) => void>>();
  let client: pg.Client | undefined;
  let connecting: Promise<void> = Promise.resolve();
  let outage: Outage | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = pauses.first;

  const tell = (channel: string, said: string) => {
    for (const hear of channels.get(channel) ?? []) hear(said);
  };

  function connect(): void {
    const mine = new pg.Client({
      connectionString: url,
      application_name: 'minwon-hub listener',
      keepAlive: true,
      connectionTimeoutMillis: connectWithin,
    });
    client = mine;
    const lose = (error: unknown = new Error('the connection ended')) => {
      if (client !== mine) return;
      client = undefined;
      mine.end().catch(() => undefined);
      outage?.failed(error);
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, pauses.longest);
    };
    mine.on('error', lose).on('end', () => lose());
    mine.on('notification', ({ channel, payload = '' }) => tell(channel, payload));
    connecting = open(mine).catch(lose);
  }

  async function open(mine: pg.Client): Promise<void> {
    await mine.connect();
    for (const channel of channels.keys()) await mine.query(`listen ${channel}`);
    pause = pauses.first;
    outage?.ended();
    for (const channel of channels.keys()) tell(channel, '');
  }

  /** The connection opens again at the next call of `listen`. */
  async function close(): Promise<void> {
    const mine = client;
    client = undefined;
    clearTimeout(timer);
    timer = undefined;
    // A client that is told to end while it connects never says that it has ended.
    await connecting;
    await mine?.end().catch(() => undefined);
  }

  return {
    listen(channel, hear, log) {
      outage ??= createOutage(log, 'the database that tells of news');
      const isNew = !channels.has(channel);
      const mine = channels.get(channel) ?? new Set();
      channels.set(channel, mine.add(hear));
      if (!client && timer === undefined) connect();
      // The command waits for the connection's first commands. If these fail, the next connection also begins with this
      // channel.
      else if (isNew)
        connecting = connecting
          .then(() => client?.query(`listen ${channel}`))
          .then(() => tell(channel, ''))
          .catch(() => undefined);
      return () => {
        mine.delete(hear);
        if (mine.size === 0 && channels.get(channel) === mine) channels.delete(channel);
        if (channels.size === 0) void close();
      };
    },
    close,
  };
}
