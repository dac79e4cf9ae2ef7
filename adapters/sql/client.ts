import type { Socket } from 'node:net';
import pLimit from 'p-limit';
import { reasonOf, toReason } from '../../schemas/reason.ts';
import type { AdapterContext, Given } from '../contract.ts';
import { readAuthority } from '../kit/http/certificate-authority.ts';
import { AddressRefused, createAddressGuard, createGuardedSocket } from '../kit/http/guarded-connect.ts';
import { SqlError } from '../kit/sql-errors.ts';
import type { SqlSettings } from './config.ts';
import type { SqlConnection, SqlDialect, SqlSession } from './dialects/dialect.ts';
import { dialects } from './dialects/index.ts';
import { unlessGivenUp } from './rows/give-up.ts';

export interface SqlClient {
  dialect: SqlDialect;
  /**
   * Works on a session that is known to be alive. Any error, also in `work`, ends the session, so that the server
   * undoes uncommitted changes. Throws SqlError: `not_sent` if there was no session.
   */
  use<T>(signal: AbortSignal, work: (session: SqlSession) => Promise<T>): Promise<T>;
  /** Lets running calls end within a second, then cuts them. */
  close(): Promise<void>;
}

/** An idle session is closed after this time, because old boards allow few connections. */
const idleMilliseconds = 30_000;

interface Idle {
  session: SqlSession;
  timer: NodeJS.Timeout;
}

/** The transport: sessions with one database. It knows nothing of the meaning of tables. */
export function createSqlClient(settings: SqlSettings, context: AdapterContext): SqlClient {
  const dialect: SqlDialect = dialects[settings.dialect];
  const idle: Idle[] = [];
  const open = new Set<SqlSession>();
  const limit = pLimit(settings.maxConnections ?? 4);
  const closing = new AbortController();
  const guard = createAddressGuard(context);

  async function connect(signal: AbortSignal): Promise<SqlSession> {
    const connection = toConnection(settings, context);
    const socket = createGuardedSocket(guard).setNoDelay(true).setKeepAlive(true);
    const cut = () => socket.destroy();
    signal.addEventListener('abort', cut);
    try {
      const session = await dialect.open(connection, socket);
      open.add(session);
      return session;
    } catch (error) {
      socket.destroy();
      throw asNotSent(error, connection, socket);
    } finally {
      signal.removeEventListener('abort', cut);
    }
  }

  function drop(session: SqlSession): void {
    open.delete(session);
    session.destroy();
  }

  function keep(session: SqlSession): void {
    const timer = setTimeout(() => {
      idle.splice(idle.indexOf(entry), 1);
      drop(session);
    }, idleMilliseconds).unref();
    const entry = { session, timer };
    idle.push(entry);
  }

  /** Returns a session that answers. Servers and firewalls silently close idle ones. */
  async function take(signal: AbortSignal): Promise<SqlSession> {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      const { session, timer } = kept;
      clearTimeout(timer);
      try {
        await cutOn(signal, session, () => session.query('select 1 as alive'));
        return session;
      } catch (error) {
        drop(session);
        if (signal.aborted || !isLost(error)) throw error;
      }
    }
    const session = await connect(signal);
    await cutOn(signal, session, () => dialect.prepare(session, context.timeZone)).catch((error) => {
      drop(session);
      throw error;
    });
    return session;
  }

  async function use<T>(given: AbortSignal, work: (session: SqlSession) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([given, closing.signal]);
    return limit(async () => {
      if (signal.aborted) throw new SqlError('not_sent', toReason('not_sent'));
      const session = await take(signal);
      try {
        const result = await cutOn(signal, session, () => work(session));
        if (closing.signal.aborted) drop(session);
        else keep(session);
        return result;
      } catch (error) {
        drop(session);
        throw error;
      }
    });
  }

  async function close(): Promise<void> {
    const until = Date.now() + 1000;
    while (limit.activeCount > 0 && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
    closing.abort();
    for (const { timer } of idle.splice(0)) clearTimeout(timer);
    for (const session of [...open]) drop(session);
  }

  return { dialect, use, close };
}

function toConnection(settings: SqlSettings, context: AdapterContext): SqlConnection {
  const { host, port = dialects[settings.dialect].defaultPort, database, user, tls } = settings;
  try {
    const password = context.secret(settings.password);
    const toError = (reason: Given, cause: unknown) => new SqlError('unauthorised', reason, { cause });
    const ca = readAuthority(context, tls?.ca, toError);
    return { host, port, database, user, password, ...(tls && { tls: ca }) };
  } catch (error) {
    throw new SqlError('unauthorised', reasonOf(error), { cause: error });
  }
}

/** Cuts the session of the work when the signal aborts. The statement that was running then counts as unanswered. */
function cutOn<T>(signal: AbortSignal, session: SqlSession, work: () => Promise<T>): Promise<T> {
  const cut = () => {
    session.destroy();
    return new SqlError('no_reply', toReason('given_up'));
  };
  return unlessGivenUp(signal, cut, work);
}

const isLost = (error: unknown) => error instanceof SqlError && error.kind === 'no_reply';

/** The driver's message may contain the address, but never the password. */
function asNotSent(given: unknown, { host, port }: SqlConnection, { errored }: Socket): SqlError {
  // The drivers report this in their own words, which do not say what to configure.
  const error = errored instanceof AddressRefused ? errored : given;
  if (error instanceof SqlError && error.kind !== 'no_reply') return error;
  const reason = toReason('no_session', { server: `${host}:${port}`, detail: reasonOf(error) });
  return new SqlError('not_sent', reason, { cause: error });
}
