import { Agent } from 'undici';
import { fromGiven, type Reason, reasonOf, said, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext, Given } from '../../contract.ts';
import { decode } from '../text/charset.ts';
import { parseJson } from '../text/json.ts';
import { readAuthority } from './certificate-authority.ts';
import { unpack } from './content-encoding.ts';
import {
  CertificateRefused,
  createAddressGuard,
  createGuardedConnector,
  type Resolve,
} from './guarded-connect.ts';
import { mapTexts } from './http-auth.ts';
import {
  type BegunCall,
  type BoardHttpSettings,
  type BoardRequest,
  createHttpCall,
  tooLarge,
} from './http-call.ts';
import { HttpError } from './http-errors.ts';
import { createRequestSecrets } from './request-secrets.ts';

export type { BoardHttpSettings, BoardRequest } from './http-call.ts';

export interface BoardReply {
  status: number;
  contentType: string;
  /** When the board wants the next call, from Retry-After. */
  after: Date | undefined;
  bytes: Buffer;
  /**
   * Decoded by the charset of the reply itself, else of the settings, else as UTF-8. Secrets that the board repeats are
   * hidden in it.
   */
  text: string;
}

/** A reply whose content is not read yet. */
export interface BoardStream {
  status: number;
  contentType: string;
  /** When the board wants the next call, from Retry-After. */
  after?: Date | undefined;
  /** The reader reads it to its end or stops. Throws {@link HttpError} when the reply breaks off. */
  content: AsyncIterable<Uint8Array>;
}

export interface BoardHttp {
  /**
   * Sends one request. Resolves with every complete reply, whatever its status. Throws {@link HttpError} `not_sent`,
   * `no_reply`, `malformed` (too large) or `unauthorised` (secret missing).
   */
  send(request: BoardRequest, signal: AbortSignal): Promise<BoardReply>;
  /** The same for content of any size. Throws {@link HttpError} for a status other than 2xx and for an HTML page. */
  stream(request: BoardRequest, signal: AbortSignal): Promise<BoardStream>;
  /** The same with any status and any content, for callers that judge both. */
  open(request: BoardRequest, signal: AbortSignal): Promise<BoardStream>;
  /** An error about the board's reply, shortened and without secrets. */
  refuse(reply: BoardReply, kind?: HttpError['kind'], detail?: Given): HttpError;
  /** Lets running calls end within a second, then cuts them. */
  close(): Promise<void>;
}

const tenMegabytes = 10 * 1024 * 1024;
const longestDetail = 300;
/** Bytes that are read of an error reply to a streamed request. */
const longestRefusal = 64 * 1024;

/**
 * Creates a client for one board. It has its own kept-alive connections, so that boards do not wait for each other. It
 * calls only the public internet and the context's networks, or only its `reach`. It follows no redirect: a 3xx is a
 * reply like any other.
 */
export function createBoardHttp(
  settings: BoardHttpSettings,
  context: Pick<AdapterContext, 'secret' | 'networks' | 'reach'>,
  resolve?: Resolve,
): BoardHttp {
  const closing = new AbortController();
  const secrets = settings.secrets ?? createRequestSecrets({}, context);
  const begin = createHttpCall(settings, context, { closing: closing.signal, secrets });
  const toError = (reason: Given) => new CertificateRefused(fromGiven(reason));
  const readCa = () => readAuthority(context, settings.ca, toError).ca;
  const connect = createGuardedConnector(createAddressGuard(context, resolve), readCa);
  // The signal from the hub is the only time limit of a call.
  const usual = { headersTimeout: 0, bodyTimeout: 0, connect };
  const { maxReplyBytes = tenMegabytes, charset } = settings;
  const agent = new Agent({ ...usual, maxResponseSize: maxReplyBytes });
  // Has no size limit, for streams, which are never held in memory as a whole. Their readers set their own limits.
  const unlimited = new Agent(usual);

  async function send(request: BoardRequest, signal: AbortSignal) {
    const reply = await readAll(await begin(request, signal, agent), { most: maxReplyBytes, charset });
    const isGood = reply.status >= 200 && reply.status <= 299;
    return { ...reply, text: isGood ? secrets.cover(reply.text) : secrets.hide(reply.text) };
  }

  async function stream(request: BoardRequest, signal: AbortSignal): Promise<BoardStream> {
    const begun = await begin(request, signal, unlimited);
    const { statusCode: status, headers } = begun.reply;
    const contentType = String(headers['content-type'] ?? '');
    const isGood = status >= 200 && status <= 299;
    if (isGood && !/^text\/html/i.test(contentType))
      return { status, contentType, content: passOn(unpacked(begun), begun.asHttpError) };
    throw refuse(
      await readAll(begun, { most: longestRefusal, charset, isCut: true }),
      isGood ? 'malformed' : undefined,
    );
  }

  async function open(request: BoardRequest, signal: AbortSignal): Promise<BoardStream> {
    const begun = await begin(request, signal, unlimited);
    const { statusCode: status, headers } = begun.reply;
    const contentType = String(headers['content-type'] ?? '');
    const after = toRetryAfter(headers['retry-after']);
    return { status, contentType, after, content: passOn(unpacked(begun), begun.asHttpError) };
  }

  function refuse(reply: BoardReply, kind = kindOfStatus(reply.status), detail = describeReply(reply)) {
    const given = mapTexts(fromGiven(detail), (text) => cut(secrets.hide(text).replace(/\s+/g, ' ').trim()));
    const { status, after } = reply;
    const words = given.said === '' ? toReason('no_reason_given') : given;
    const told = toReason('http_status', { status, detail: words });
    const code = codes[kind];
    return new HttpError(kind, code ? toReason(code, { detail: told }) : told, { status, after });
  }

  return {
    send,
    stream,
    open,
    refuse,
    close: async () =>
      void (await Promise.all([agent, unlimited].map((one) => closeWithin(one, closing, 1000)))),
  };
}

/** The content of the reply after unpacking. */
function unpacked({ reply }: BegunCall): AsyncIterable<Uint8Array> {
  try {
    return unpack(reply.body, reply.headers['content-encoding']);
  } catch (error) {
    // The reply is dropped unread. That is nobody's error.
    reply.body.on('error', () => undefined).destroy();
    throw new HttpError('malformed', toReason('reply_unreadable', { detail: reasonOf(error) }));
  }
}

interface Reading {
  /** Bytes. */
  most: number;
  charset: string | undefined;
  /** True: a longer text is cut and not refused. */
  isCut?: true;
}

async function readAll(begun: BegunCall, { most, charset, isCut }: Reading): Promise<BoardReply> {
  const { reply, asHttpError } = begun;
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of unpacked(begun)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= most) continue;
      if (!isCut) throw tooLarge();
      break;
    }
    const bytes = Buffer.concat(chunks);
    const contentType = String(reply.headers['content-type'] ?? '');
    const after = toRetryAfter(reply.headers['retry-after']);
    const { text } = decode(bytes, { contentType, configured: charset });
    return { status: reply.statusCode, contentType, after, bytes, text };
  } catch (error) {
    throw error instanceof HttpError ? error : asHttpError(error);
  }
}

async function* passOn(body: AsyncIterable<Uint8Array>, asHttpError: (error: unknown) => HttpError) {
  try {
    yield* body;
  } catch (error) {
    throw asHttpError(error);
  }
}

/** Kinds that tell more than the status. */
const codes: Partial<Record<HttpError['kind'], 'credentials_refused' | 'unexpected_reply'>> = {
  unauthorised: 'credentials_refused',
  malformed: 'unexpected_reply',
};

const cut = (text: string) => (text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text);

/** The kind of error for a status. Use it only for a reply that is not a success. */
export function kindOfStatus(status: number): HttpError['kind'] {
  if (status === 429 || status === 503) return 'busy';
  if (status === 401 || status === 403) return 'unauthorised';
  // The board gave up waiting for the request, or is still busy with an earlier one. Neither is a refusal.
  if (status === 408 || status === 425) return 'no_reply';
  // A gateway lost the board or gave it up. The board may go on (RFC 9110, 15.6.3 and 15.6.5; 520, 522 and 524 are
  // Cloudflare's own: developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors).
  if ([502, 504, 520, 522, 524].includes(status)) return 'no_reply';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'malformed';
}

/** Reads seconds or an HTTP date (RFC 9110, 10.2.3). */
export function toRetryAfter(header: string | string[] | undefined, now = Date.now()): Date | undefined {
  const text = String(header ?? '').trim();
  const time = /^\d{1,9}$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** The board's own words about an error, from any of the usual fields. */
function describeReply({ text, contentType }: BoardReply): Reason {
  if (/html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(text)) {
    const title = /<title[^<>]*>([^<]*)/i.exec(text)?.[1];
    return title === undefined ? toReason('html_page') : toReason('html_page_titled', { title: said(title) });
  }
  try {
    const body = parseJson(text) as Record<string, unknown>;
    const told = ['code', 'msg', 'message', 'detail', 'title', 'error'].map((name) => body[name]);
    const words = told.filter((word) => typeof word === 'string' || typeof word === 'number');
    return said(words.length > 0 ? words.join(': ') : text);
  } catch {
    return said(text);
  }
}

/** undici's destroy() skips the calls for which a close() already waits. So their signal cuts them. */
async function closeWithin(agent: Agent, closing: AbortController, milliseconds: number): Promise<void> {
  if (agent.closed) return;
  const cut = setTimeout(() => closing.abort(), milliseconds);
  await agent.close();
  clearTimeout(cut);
}
