import { type Problem, reasonOf, said, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { type BoardReply, createBoardHttp } from '../kit/http/http.ts';
import { resolveSecret } from '../kit/http/http-auth.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { withoutQuery } from '../kit/http/shown-address.ts';
import { signWebhook } from '../kit/http/webhook-signature.ts';
import { parseJson } from '../kit/text/json.ts';
import type { WebhookSettings } from './config.ts';
import type { WebhookMessage } from './mapping.ts';

export interface WebhookClient {
  /**
   * Signs with the current secrets and sends. Resolves with the status and the JSON object of a 2xx reply, or `undefined`
   * if the reply is empty. Everything else throws HttpError. Redirects are not followed (Standard Webhooks, "Delivery success and
   * failure").
   */
  send(message: WebhookMessage, signal: AbortSignal): Promise<{ status: number; told: object | undefined }>;
  /** The request that `send` makes of it, without credentials. Marks stand for the time and the signature. */
  draft(message: WebhookMessage): {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: unknown;
  };
  close(): Promise<void>;
}

/** Enough for a framework's error page. A receiver's own reply is one line. */
const maxReplyBytes = 1024 * 1024;
/** Limits of a refusal: the number of its fields, and the characters of each message. */
const mostFields = 20;
const longestDetail = 300;

/** The transport: HTTP and the signature. It knows nothing of the meaning of events. */
export function createWebhookClient(
  { url, secrets, auth = { kind: 'none' }, ca }: WebhookSettings,
  context: AdapterContext,
): WebhookClient {
  const http = createBoardHttp({ endpoint: url, auth, maxReplyBytes, ...(ca && { ca }) }, context);

  async function send(message: WebhookMessage, signal: AbortSignal) {
    const reply = await http.send(toRequest(message, sign(secrets, context, message)), signal);
    if (reply.status === 410) throw http.refuse(reply, 'refused', toReason('webhook_gone'));
    if (reply.status < 200 || reply.status > 299) throw withFields(http.refuse(reply), reply);
    const told = read(reply);
    if (told === 'odd') throw http.refuse(reply, 'malformed');
    return { status: reply.status, told };
  }

  return {
    send,
    draft(message) {
      const signed = {
        ...signWebhook([], message),
        'webhook-timestamp': '$now()',
        'webhook-signature': secrets.map((reference) => `v1,$signature(${reference})`).join(' '),
      };
      const { method, headers, body } = toRequest(message, signed);
      return { method, url: withoutQuery(url), headers, body: JSON.parse(body) };
    },
    close: http.close,
  };
}

const toRequest = ({ headers, body }: WebhookMessage, signed: Record<string, string>) => ({
  method: 'POST',
  path: '',
  headers: { ...headers, ...signed },
  body,
});

function sign(secrets: string[], context: AdapterContext, message: { id: string; body: string }) {
  const keys = secrets.map((reference) => resolveSecret(reference, context));
  try {
    return signWebhook(keys, message);
  } catch (cause) {
    const reason = toReason('at', { place: secrets.join(', '), detail: reasonOf(cause) });
    throw new HttpError('unauthorised', reason, { cause });
  }
}

/** Adds the fields that a problem+json names in `errors`, each {pointer, detail} (RFC 9457, section 3). */
function withFields({ kind, reason, status, after }: HttpError, { text }: BoardReply): HttpError {
  const { errors } = (parse(text) ?? {}) as { errors?: unknown };
  const named = (Array.isArray(errors) ? errors : []).slice(0, mostFields) as Record<string, unknown>[];
  const fields = named.flatMap((one): Problem[] =>
    typeof one?.pointer === 'string' && typeof one.detail === 'string'
      ? [{ pointer: one.pointer.replace(/^#/, ''), reason: said(one.detail.slice(0, longestDetail)) }]
      : [],
  );
  return new HttpError(kind, reason, { status, after, fields });
}

/** Undefined: the text is no JSON. */
function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/**
 * A receiver may send an empty reply, and frameworks label a plain "ok" as HTML. But a whole page or truncated JSON
 * does not come from a receiver: a proxy under maintenance replies like that.
 */
function read({ contentType, text }: BoardReply): object | undefined | 'odd' {
  if (text.trim() === '') return undefined;
  if (/^\s*<(!doctype|html)/i.test(text)) return 'odd';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType)) return undefined;
  const body = parse(text);
  if (body === undefined) return 'odd';
  return typeof body === 'object' && body !== null ? body : undefined;
}
