import pg from 'pg';
import type { Store } from './database.ts';
import { createGroupCommit } from './group-commit.ts';

/** Work that only one process does at a time. */
export interface Exclusive {
  /**
   * Does `work` while this process alone holds the lock `name`. False: nothing was done, because another process holds
   * the lock or this one already does. `signal` aborts if the lock is lost with its connection. The work must stop
   * then: another process may begin at once. Throws what `work` throws, and if the database is out of reach.
   */
  run(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<boolean>;
  /** Gives up every lock. Work under way sees its signal abort. */
  close(): Promise<void>;
}

interface Session {
  client: pg.Client;
  held: Set<AbortController>;
  lost: boolean;
  /**
   * Takes or releases a lock. True: done. A connection answers one query at a time, so waiting requests go together.
   */
  ask(request: Request): Promise<boolean>;
}

interface Request {
  name: string | null;
  take: boolean;
}

/** Takes no lock: the lock functions are strict, so a null name gives null. */
const beatRequest: Request = { name: null, take: true };

/** One query serves many locks. With hundreds of agencies, a query per lock and unlock would be the bottleneck. */
const askText = `
select case when take then pg_try_advisory_lock(hashtextextended(name, 0)) else pg_advisory_unlock(hashtextextended(name, 0)) end as got
from unnest($1::text[], $2::boolean[]) as x(name, take)`;

const beat = 5_000;
const answerWithin = 10_000;

function askTogether(client: pg.Client): Session['ask'] {
  return createGroupCommit<Request, boolean>(
    async (group) => {
      const columns = [group.map(({ name }) => name), group.map(({ take }) => take)];
      const { rows } = await client.query<{ got: boolean }>(askText, columns);
      return rows.map(({ got }) => got);
    },
    { most: 500 },
  );
}

/**
 * Advisory locks of PostgreSQL, all on one connection of their own. They end with the process, however it ends. The
 * connection opens at first need, and again after it broke. Session locks do not work through a pooler in transaction
 * mode.
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
      // A machine that dies closes no connection. The server finds out within half a minute and gives its locks to
      // others.
      options: '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4',
      connectionTimeoutMillis: answerWithin,
      query_timeout: answerWithin,
    });
    const session: Session = { client, held: new Set(), lost: false, ask: askTogether(client) };
    client.on('error', () => lose(session));
    client.on('end', () => lose(session));
    await client.connect();
    // A dead network raises no error. The server would give the lock to another process, and this process would not
    // notice.
    const timer = setInterval(() => {
      if (session.lost) clearInterval(timer);
      else if (session.held.size > 0) session.ask(beatRequest).catch(() => lose(session));
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

  async function ask(session: Session, request: Request): Promise<boolean> {
    try {
      return await session.ask(request);
    } catch (error) {
      // The lock may be taken or not: only a new session knows for sure.
      lose(session);
      throw error;
    }
  }

  async function runAlone(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const session = await connect();
    if (!(await ask(session, { name, take: true }))) return false;
    const controller = new AbortController();
    session.held.add(controller);
    if (session.lost) return false;
    try {
      await work(controller.signal);
      return true;
    } finally {
      session.held.delete(controller);
      if (!session.lost) await ask(session, { name, take: false }).catch(() => undefined);
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
