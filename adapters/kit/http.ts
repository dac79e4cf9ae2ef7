import { Agent, type Dispatcher } from 'undici';
import type { AdapterContext } from '../contract.ts';
import { decode } from './charset.ts';
import { type Auth, hideSecrets, resolveAuth } from './http-auth.ts';
import { HttpError } from './http-errors.ts';

export interface BoardHttpSettings {
  /** Base URL of the board. */
  endpoint: string;
  auth: Auth;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** Bytes; a larger reply counts as malformed. */
  maxReplyBytes?: number;
}

export interface BoardRequest {
  method: string;
  /** Behind the endpoint; '' for the endpoint itself. */
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface BoardReply {
  status: number;
  contentType: string;
  /** When the board asks to come back, from Retry-After. */
  after: Date | undefined;
  bytes: Buffer;
  /** Decoded by what the reply says of itself, else as UTF-8; use `bytes` where the configuration knows better. */
  text: string;
}

export interface BoardHttp {
  /**
   * Send one request. Resolves with every whole reply, whatever its status; throws {@link HttpError}
   * `not_sent`, `no_reply`, `malformed` (too large) or `unauthorised` (secret missing).
   */
  send(request: BoardRequest, signal: AbortSignal): Promise<BoardReply>;
  /** An error about the board's reply, without secrets and cut short. */
  refuse(reply: BoardReply, kind?: HttpError['kind'], detail?: string): HttpError;
  /** Let calls under way end, for a second at most, then cut them. */
  close(): Promise<void>;
}

const tenMegabytes = 10 * 1024 * 1024;
const longestDetail = 300;

/** A client for one board, with its own kept-alive connections so that boards do not wait for each other. */
export function createBoardHttp(
  settings: BoardHttpSettings,
  context: Pick<AdapterContext, 'secret'>,
): BoardHttp {
  const agent = new Agent({
    maxResponseSize: settings.maxReplyBytes ?? tenMegabytes,
    // The hub's signal is the one clock of a call.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const closing = new AbortController();
  const known = new Set<string>();
  const hide = (text: string) => hideSecrets(text, [...known]);

  async function send(request: BoardRequest, given: AbortSignal): Promise<BoardReply> {
    const signal = AbortSignal.any([given, closing.signal]);
    const credentials = resolveAuth(settings.auth, context);
    for (const secret of credentials.secrets) known.add(secret);
    let sent = false;
    const dispatcher = agent.compose(
      whenSent(() => {
        // An aborted request gets this far too, but nothing of it is written.
        sent = !signal.aborted;
      }),
    );
    try {
      const reply = await dispatcher.request({
        ...locate(settings.endpoint, request),
        method: request.method,
        headers: { ...settings.headers, ...request.headers, ...credentials.headers },
        body: request.body ?? null,
        signal,
      });
      const bytes = Buffer.from(await reply.body.arrayBuffer());
      const contentType = String(reply.headers['content-type'] ?? '');
      const after = toRetryAfter(reply.headers['retry-after']);
      return {
        status: reply.statusCode,
        contentType,
        after,
        bytes,
        text: decode(bytes, { contentType }).text,
      };
    } catch (error) {
      throw toHttpError(error, { sent, aborted: signal.aborted, hide });
    }
  }

  return {
    send,
    refuse: (reply, kind = kindOfStatus(reply.status), detail = describeReply(reply)) => {
      const text = hide(detail).replace(/\s+/g, ' ').trim();
      const cut = text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text;
      const { status, after } = reply;
      return new HttpError(kind, `${prefixes[kind] ?? ''}HTTP ${status}: ${cut || 'no reason given'}`, {
        status,
        after,
      });
    },
    close: () => closeWithin(agent, closing, 1000),
  };
}

const prefixes: Partial<Record<HttpError['kind'], string>> = {
  unauthorised: 'credentials refused: ',
  malformed: 'not the reply that was expected: ',
};

/** undici tells a handler when the request goes onto an open connection: before that nothing was sent. */
function whenSent(mark: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const start = handler.onRequestStart;
    handler.onRequestStart = function (controller, context) {
      mark();
      start?.call(this, controller, context);
    };
    return dispatch(options, handler);
  };
}

function locate(endpoint: string, request: BoardRequest): { origin: string; path: string } {
  const base = new URL(endpoint);
  const path = request.path === '' ? '' : `/${request.path.replace(/^\/+/, '')}`;
  const url = new URL(request.path === '' ? base : base.href.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  return { origin: url.origin, path: url.pathname + url.search };
}

interface CallState {
  sent: boolean;
  aborted: boolean;
  hide(text: string): string;
}

function toHttpError(error: unknown, { sent, aborted, hide }: CallState): HttpError {
  const { code, message } = error as { code?: string; message?: string };
  const cause = hide(code ? `${code} ${message ?? ''}` : String(error));
  if (!sent)
    return new HttpError('not_sent', aborted ? 'given up before it was sent' : `no connection: ${cause}`);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new HttpError('malformed', 'the reply is too large');
  const reason = aborted ? 'given up while waiting' : cause;
  return new HttpError('no_reply', `sent, but no whole reply came: ${reason}`);
}

/** The kind of a status; only meaningful for a reply that is not taken as success. */
export function kindOfStatus(status: number): HttpError['kind'] {
  if (status === 429 || status === 503) return 'busy';
  if (status === 401 || status === 403) return 'unauthorised';
  // The board gave up waiting for the request, or is still at an earlier one: neither is a judgement.
  if (status === 408 || status === 425) return 'no_reply';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'malformed';
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
export function toRetryAfter(header: string | string[] | undefined, now = Date.now()): Date | undefined {
  const text = String(header ?? '').trim();
  const time = /^\d{1,9}$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** What a board says of an error, in whichever of the usual fields. */
function describeReply({ text, contentType }: BoardReply): string {
  if (/html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(text)) {
    return `an HTML page${/<title[^>]*>([^<]*)/i.exec(text)?.[1]?.replace(/^/, ': ') ?? ''}`;
  }
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    const said = ['code', 'msg', 'message', 'detail', 'title', 'error'].map((name) => body[name]);
    const words = said.filter((word) => typeof word === 'string' || typeof word === 'number');
    return words.length > 0 ? words.join(': ') : text;
  } catch {
    return text;
  }
}

/** undici's destroy() forgets the calls that a close() already waits for, so they are cut by their signal. */
async function closeWithin(agent: Agent, closing: AbortController, milliseconds: number): Promise<void> {
  if (agent.closed) return;
  const cut = setTimeout(() => closing.abort(), milliseconds);
  await agent.close();
  clearTimeout(cut);
}
