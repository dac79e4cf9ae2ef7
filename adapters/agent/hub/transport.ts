import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { rootCertificates, type TLSSocket } from 'node:tls';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { type Reason, ReasonError, said, toReason } from '../../../schemas/index.ts';
import { toRetryAfter } from '../../kit/http/http.ts';
import { type AgentSettings, readEnvironmentProxies, readLocalSecret } from '../settings.ts';
import { HubError } from './hub-error.ts';

export interface HubRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Appended to /agent/v1. */
  path: string;
  key?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Bytes to stream, instead of `body`. */
  content?: AsyncIterable<Uint8Array>;
  /** Milliseconds until the complete reply, or until the beginning of a stream. */
  timeout: number;
}

/** One outgoing connection to the hub, through a proxy if there is one. TLS certificates are always verified. */
export interface Transport {
  /** Returns the reply's body as JSON, or undefined if it is empty. Throws {@link HubError}. */
  call(request: HubRequest, signal: AbortSignal): Promise<unknown>;
  /** Returns the reply's body as bytes. The caller reads it to the end or stops. Throws {@link HubError}. */
  stream(request: HubRequest, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** When the certificate expires that the hub showed last. */
  certificateExpiresAt(): Date | undefined;
  /** The hub's current time, estimated from its replies. */
  hubNow(): number;
  close(): Promise<void>;
}

const mostReplyBytes = 64 * 1024 * 1024;
const longestReason = 300;

export function createTransport(settings: AgentSettings, agentVersion: string): Transport {
  const base = new URL(`${settings.hub}/agent/v1`);
  const agent = createProxyAgent(settings);
  const certificate = watchCertificate(base);
  let ahead = 0;

  async function begin(request: HubRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { method, path, key, body, content } = request;
    const type = content ? 'application/octet-stream' : 'application/json';
    const reply = await agent.request({
      origin: base.origin,
      path: base.pathname + path,
      method,
      headers: {
        'user-agent': `minwon-agent/${agentVersion}`,
        accept: 'application/json',
        ...(key && { authorization: `Bearer ${key}` }),
        ...((body !== undefined || content) && { 'content-type': type }),
      },
      body: toBody(request),
      signal,
    });
    const at = Date.parse(String(reply.headers.date ?? ''));
    // The header counts whole seconds, so half a second more is the best guess.
    if (!Number.isNaN(at)) ahead = at + 500 - Date.now();
    if (reply.statusCode < 200 || reply.statusCode > 299) throw await toHubError(reply);
    return reply;
  }

  return {
    async call(request, signal) {
      return withLimit(request.timeout, signal, async (limited) => {
        const { body } = await begin(request, limited);
        const text = await readText(body, mostReplyBytes);
        return text === '' ? undefined : parse(text);
      });
    },
    async stream(request, signal) {
      return withLimit(request.timeout, signal, async (limited) => (await begin(request, limited)).body);
    },
    certificateExpiresAt: certificate.expiresAt,
    hubNow: () => Date.now() + ahead,
    async close() {
      certificate.end();
      await agent.destroy();
    },
  };
}

function toBody({ body, content }: HubRequest) {
  if (content) return Readable.from(content, { objectMode: false });
  return body === undefined ? null : JSON.stringify(body);
}

/** Uses the proxy of the settings, else that of the environment. Credentials for the proxy go only to the proxy. */
function createProxyAgent({ proxy, ca }: AgentSettings): Dispatcher {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, readFileSync(ca, 'utf8')] };
  const { https, http, except } = readEnvironmentProxies();
  const own = proxy && toProxyUrl(proxy);
  return new EnvHttpProxyAgent({
    httpProxy: own ?? http ?? '',
    httpsProxy: own ?? https ?? '',
    noProxy: proxy ? (proxy.except ?? []).join(',') : (except ?? ''),
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: trusted,
    requestTls: trusted,
    proxyTls: trusted,
    connections: 8,
  });
}

function toProxyUrl({ url, user, password }: NonNullable<AgentSettings['proxy']>): string {
  const address = new URL(url);
  if (user !== undefined && password !== undefined) {
    address.username = encodeURIComponent(user);
    address.password = encodeURIComponent(readLocalSecret(password));
  }
  return address.href;
}

/** undici reports each new connection. The connection to the hub shows its certificate, also through a proxy. */
function watchCertificate(hub: URL) {
  let expiresAt: Date | undefined;
  const look = (message: unknown) => {
    const { connectParams, socket } = message as {
      connectParams?: { hostname?: string };
      socket?: TLSSocket;
    };
    if (connectParams?.hostname !== hub.hostname || !socket?.encrypted) return;
    const { valid_to } = socket.getPeerCertificate();
    if (valid_to) expiresAt = new Date(valid_to);
  };
  subscribe('undici:client:connected', look);
  return {
    expiresAt: () => expiresAt,
    end: () => void unsubscribe('undici:client:connected', look),
  };
}

async function withLimit<T>(
  timeout: number,
  given: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeout);
  try {
    return await work(AbortSignal.any([given, late.signal]));
  } catch (error) {
    if (error instanceof HubError) throw error;
    const detail = late.signal.aborted ? toReason('timed_out', { n: timeout / 1000 }) : describe(error);
    throw new HubError('away', toReason('hub_not_reached', { detail }), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function describe(error: unknown): Reason {
  if (error instanceof ReasonError) return error.reason;
  const { code, message, cause } = error as { code?: string; message?: string; cause?: unknown };
  if (cause && !code) return describe(cause);
  return said([code, message].filter(Boolean).join(': ') || String(error));
}

async function readText(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw new HubError('malformed', toReason('hub_reply_too_large', { n: most }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HubError('malformed', toReason('hub_no_json'), { cause: error });
  }
}

/** Reads problem details (RFC 9457) if the hub itself refused. */
async function toHubError({ statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<HubError> {
  const text = await readText(body, 64 * 1024).catch(() => '');
  const after = toRetryAfter(headers['retry-after']);
  let detail: Reason;
  let code: string | undefined;
  try {
    const problem = JSON.parse(text) as Record<string, unknown>;
    code = String(problem.type).split(':').at(-1);
    const { title, errors } = problem;
    const words = [title, problem.detail, errors && JSON.stringify(errors)].filter(Boolean).join(': ');
    detail = said(words.slice(0, longestReason));
  } catch {
    detail = toReason('hub_wordless');
  }
  return new HubError(kindOf(status), toReason('hub_answered', { status, detail }), { status, after, code });
}

function kindOf(status: number): HubError['kind'] {
  if (status === 429 || status === 503) return 'busy';
  if (status === 401 || status === 403) return 'unauthorised';
  if (status >= 500 || status === 407 || status === 408) return 'away';
  return 'refused';
}
