import pg from 'pg';
import type { Store } from './database.ts';

/** Work that only one process of all does at a time. */
export interface Exclusive {
  /**
   * Do `work` while this process alone holds `name`. False, and nothing done, when another process holds it or
   * this one already does. `signal` aborts when the lock is lost with its connection: stop then, because another
   * process may begin at once. Throws what `work` throws, and when the database is out of reach.
   */
  run(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<boolean>;
  /** Gives up every lock; work under way sees its signal abort. */
  close(): Promise<void>;
}

interface Session {
  client: pg.Client;
  held: Set<AbortController>;
  lost: boolean;
  /** The end of the newest query: a connection answers one at a time. */
  turn: Promise<unknown>;
}

const beat = 5_000;
const answerWithin = 10_000;

function inTurn(session: Session, text: string, values: string[]): Promise<pg.QueryResult<{ got: boolean }>> {
  const query = session.turn.catch(() => undefined).then(() => session.client.query(text, values));
  session.turn = query;
  return query;
}

/**
 * Advisory locks of PostgreSQL, all on one connection of their own: they end with the process, whatever ends it.
 * The connection is opened when first needed and again after it broke. Session locks do not work through a pooler
 * in transaction mode.
 */
export function createExclusive(store: Pick<Store, 'url'>): Exclusive {
  // A session may take its own lock twice, so this process has to keep its own runs apart.
  const running = new Set<string>();
  let current: Promise<Session> | undefined;

  async function open(): Promise<Session> {
    const client = new pg.Client({
      connectionString: store.url,
      application_name: 'minwon-hub locks',
      keepAlive: true,
      // A machine that dies says no farewell: the server finds out within half a minute and hands its locks on.
      options: '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4',
      connectionTimeoutMillis: answerWithin,
      query_timeout: answerWithin,
    });
    const session: Session = { client, held: new Set(), lost: false, turn: Promise.resolve() };
    client.on('error', () => lose(session));
    client.on('end', () => lose(session));
    await client.connect();
    // A dead network says nothing by itself; the server would hand the lock on and this process not notice.
    const timer = setInterval(() => {
      if (session.lost) clearInterval(timer);
      else if (session.held.size > 0) inTurn(session, 'select 1', []).catch(() => lose(session));
    }, beat);
    timer.unref();
    return session;
  }

  function lose(session: Session): void {
    if (session.lost) return;
    session.lost = true;
    current = undefined;
    for (const controller of session.held)
      controller.abort(new Error('the lock was lost with its connection'));
    session.client.end().catch(() => undefined);
  }

  function connect(): Promise<Session> {
    current ??= open().catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  }

  async function ask(session: Session, call: 'pg_try_advisory_lock' | 'pg_advisory_unlock', name: string) {
    try {
      const text = `select ${call}(hashtextextended($1, 0)) as got`;
      return (await inTurn(session, text, [name])).rows[0]?.got === true;
    } catch (error) {
      // Taken or not: only a new session knows for sure.
      lose(session);
      throw error;
    }
  }

  async function runAlone(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const session = await connect();
    if (!(await ask(session, 'pg_try_advisory_lock', name))) return false;
    const controller = new AbortController();
    session.held.add(controller);
    if (session.lost) return false;
    try {
      await work(controller.signal);
      return true;
    } finally {
      session.held.delete(controller);
      if (!session.lost) await ask(session, 'pg_advisory_unlock', name).catch(() => undefined);
    }
  }

  return {
    async run(name, work) {
      if (running.has(name)) return false;
      running.add(name);
      try {
        return await runAlone(name, work);
      } finally {
        running.delete(name);
      }
    },
    async close() {
      const session = await current?.catch(() => undefined);
      if (!session) return;
      lose(session);
      await session.client.end().catch(() => undefined);
    },
  };
}
