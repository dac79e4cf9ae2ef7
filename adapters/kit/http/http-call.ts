import { Readable } from 'node:stream';
import type { Agent, Dispatcher } from 'undici';
import { ReasonError, said, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext } from '../../contract.ts';
import { CertificateRefused } from './guarded-connect.ts';
import { type Auth, resolveAuth } from './http-auth.ts';
import { HttpError } from './http-errors.ts';
import type { RequestSecrets } from './request-secrets.ts';

export interface BoardHttpSettings {
  /** Base URL of the board. */
  endpoint: string;
  auth: Auth;
  /** Headers of every request. `{secret.NAME}` stands for a secret of `secrets`. */
  headers?: Record<string, string>;
  /** The secrets of the board, where several clients share them. Absent: the client has its own. */
  secrets?: RequestSecrets;
  /** The authority that signed the server's certificate; see `CertificateAuthority`. */
  ca?: string;
  /** Bytes after unpacking. A larger reply counts as malformed. */
  maxReplyBytes?: number;
  /** The charset of replies that name none; see `decode`. */
  charset?: string;
}

export interface BoardRequest {
  method: string;
  /** Appended to the endpoint. '' means the endpoint itself. */
  path: string;
  /** Used instead of endpoint and path: an address on the same host. */
  url?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** A stream is sent as it comes. If its length is known, the headers contain `content-length`. */
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** A call whose reply has started to arrive. */
export interface BegunCall {
  reply: Dispatcher.ResponseData;
  /** The error if the rest of the reply does not come. */
  asHttpError(error: unknown): HttpError;
}

/**
 * Creates a function that sends one request with the current credentials. Its error says how far a failed request got.
 */
export function createHttpCall(
  settings: BoardHttpSettings,
  context: Pick<AdapterContext, 'secret'>,
  { closing, secrets }: { closing: AbortSignal; secrets: RequestSecrets },
) {
  async function begin(request: BoardRequest, given: AbortSignal, agent: Agent): Promise<BegunCall> {
    const signal = AbortSignal.any([given, closing]);
    const credentials = resolveAuth(settings.auth, context);
    secrets.know(credentials.secrets);
    const headers = Object.entries(settings.headers ?? {}).map(
      ([name, value]) => [name, secrets.fillPattern(value)] as const,
    );
    let sent = false;
    const dispatcher = agent.compose(
      whenSent(() => {
        // An aborted request also gets to this point, but nothing of it is written.
        sent = !signal.aborted;
      }),
    );
    const asHttpError = (error: unknown) =>
      toHttpError(error, { sent, aborted: signal.aborted, hide: secrets.hide });
    try {
      const reply = await dispatcher.request({
        ...locate(settings.endpoint, request, credentials.query),
        method: request.method,
        headers: { ...Object.fromEntries(headers), ...request.headers, ...credentials.headers },
        body: toBody(request.body),
        signal,
      });
      return { reply, asHttpError };
    } catch (error) {
      throw asHttpError(error);
    }
  }

  return begin;
}

function toBody(body: BoardRequest['body']) {
  if (body === undefined) return null;
  return typeof body === 'string' || body instanceof Uint8Array
    ? body
    : Readable.from(body, { objectMode: false });
}

/** undici calls this handler when the request goes onto an open connection. Before that, nothing was sent. */
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

function locate(
  endpoint: string,
  request: BoardRequest,
  credentials: Record<string, string> = {},
): { origin: string; path: string } {
  const base = new URL(endpoint);
  const path = request.path === '' ? '' : `/${request.path.replace(/^\/+/, '')}`;
  const place = request.url ?? (request.path === '' ? base.href : base.href.replace(/\/+$/, '') + path);
  const url = new URL(place);
  // The request carries credentials. They must never go to a host that only a post of the board names.
  if (url.origin !== base.origin)
    throw new HttpError('refused', toReason('another_host', { origin: url.origin }));
  for (const [name, value] of Object.entries({ ...request.query, ...credentials }))
    url.searchParams.set(name, value);
  return { origin: url.origin, path: url.pathname + url.search };
}

export const tooLarge = () => new HttpError('malformed', toReason('reply_too_large'));

interface CallState {
  sent: boolean;
  aborted: boolean;
  hide(text: string): string;
}

function toHttpError(error: unknown, { sent, aborted, hide }: CallState): HttpError {
  const { code, message } = error as { code?: string; message?: string };
  const detail =
    error instanceof ReasonError
      ? error.reason
      : said(hide(code ? `${code} ${message ?? ''}` : String(error)));
  if (!sent && error instanceof CertificateRefused) return new HttpError('not_sent', error.reason);
  if (!sent)
    return new HttpError('not_sent', aborted ? toReason('not_sent') : toReason('no_connection', { detail }));
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return tooLarge();
  // Error codes of node:zlib, also for Brotli and Zstandard.
  if (/^(Z_|ERR__|ZSTD_)/.test(code ?? ''))
    return new HttpError('malformed', toReason('reply_not_unpacked', { detail }));
  return new HttpError('no_reply', toReason('no_reply', { detail: aborted ? toReason('given_up') : detail }));
}
