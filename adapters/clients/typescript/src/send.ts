import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Credentials, toCredentialHeaders } from './credentials.ts';
import { type HubError, HubUnreachable, toHubProblem } from './hub-error.ts';
import { findPause, type Retries } from './retries.ts';

export interface Connection {
  /** The hub's address, without a path. */
  url: string;
  credentials: Credentials;
  /** Milliseconds until a try is given up. */
  timeout: number;
  retries: Retries;
}

/** One call of the hub, which may take several tries. */
interface Call {
  method: string;
  /** Path and query. */
  target: string;
  headers: Record<string, string>;
  /** Made anew for each try. */
  body?: (() => BodyInit) | undefined;
  /** The `content-digest` of the body. */
  digest?: string | undefined;
  /** Milliseconds; absent, that of the connection. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
  /** The reply is handed over as soon as it begins. Otherwise it is read whole, and a reply that breaks off is tried again. */
  isStreamed?: boolean;
}

export type Send = (call: Call) => Promise<Response>;

/** Calls the hub until it answers or it is no use. Errors: HubProblem, HubUnreachable; the signal's reason. */
export function createSend(connection: Connection): Send {
  return async (call) => {
    const requestId = call.headers['x-request-id'] ?? randomUUID();
    const begun = Date.now();
    for (let tries = 1; ; tries++) {
      const ended = await tryOnce(connection, call, requestId);
      if (ended instanceof Response) return ended;
      const pause = findPause(ended, { tries, spent: Date.now() - begun, retries: connection.retries });
      if (pause === undefined) throw ended;
      await sleep(pause, undefined, call.signal ? { signal: call.signal } : {});
    }
  };
}

async function tryOnce(connection: Connection, call: Call, requestId: string): Promise<Response | HubError> {
  const late = new AbortController();
  const timeout = call.timeout ?? connection.timeout;
  // Outside: a header that cannot be sent is a fault of the caller, and no try will mend it.
  const headers = new Headers(toHeaders(connection, call, requestId));
  const timer = setTimeout(() => late.abort(new Error(`no reply within ${timeout} ms`)), timeout);
  try {
    const reply = await fetch(connection.url + call.target, {
      method: call.method,
      headers,
      // A redirect would turn POST into GET, and take the key elsewhere.
      redirect: 'manual',
      signal: call.signal ? AbortSignal.any([late.signal, call.signal]) : late.signal,
      ...(call.body && { body: call.body(), duplex: 'half' }),
    });
    if (!reply.ok && reply.status !== 304) return await toHubProblem(reply, requestId);
    return call.isStreamed ? reply : await readWhole(reply, requestId);
  } catch (error) {
    if (call.signal?.aborted) throw call.signal.reason;
    return new HubUnreachable(`${call.method} ${call.target}: ${toWords(error)}`, requestId, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

const toHeaders = ({ credentials }: Connection, { method, target, headers, digest }: Call, id: string) => ({
  'user-agent': 'minwon-hub-client/0.1 (typescript)',
  ...headers,
  'x-request-id': id,
  ...(digest && { 'content-digest': digest }),
  ...toCredentialHeaders(credentials, { method, target, digest }),
});

/** A page in HTML with 200 is no reply of the hub: something in front of it answered, and the hub was not reached. */
async function readWhole(reply: Response, requestId: string): Promise<Response | HubError> {
  const { status, headers } = reply;
  if (status === 204 || status === 304) return reply;
  const bytes = await reply.arrayBuffer();
  const type = headers.get('content-type') ?? 'nothing';
  if (!/^application\/json\b/i.test(type))
    return new HubUnreachable(`something that is not the hub replied ${type}`, requestId);
  return new Response(bytes, { status, headers });
}

/** fetch hides the reason in the cause. */
function toWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
