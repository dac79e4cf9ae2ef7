import { type Reason, toReason } from '../../../schemas/reason.ts';
import type { Sent } from '../message.ts';

export type Reply = { status: number; body: string; retryAfter: Date | undefined };

/** Causes before the request: nothing was sent. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Makes one HTTP call. If the call never left, the provider is left alone for a while. If it left and no whole reply
 * came, its outcome is unknown. `reason` never holds the URL, which may contain a password.
 */
export async function callProvider(
  url: URL,
  init: RequestInit,
  timeout: number,
): Promise<Reply | Extract<Sent, { kind: 'retry' | 'unknown' }>> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeout) });
    const body = await response.text();
    return { status: response.status, body, retryAfter: toDate(response.headers.get('retry-after')) };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    const code = cause?.code ?? name;
    return notSent.has(code)
      ? { kind: 'retry', scope: 'provider', reason: toReason('gateway_unreachable', { code }) }
      : { kind: 'unknown', reason: toReason('gateway_broke', { code }) };
  }
}

/** RFC 9110, 10.2.3: seconds or a date. */
function toDate(header: string | null): Date | undefined {
  if (!header) return undefined;
  const date = /^\d+$/.test(header) ? new Date(Date.now() + Number(header) * 1_000) : new Date(header);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Replies that do not concern the message itself: the account, the gateway's address, or too many calls at once. */
const concernsEverybody = new Set([401, 402, 403, 404, 429, 502, 503]);

/** Turns a failed reply into an outcome. A 500 may be the fault of one message, so it counts against the message. */
export function toFailure({ status, retryAfter }: Reply, reason: Reason): Sent {
  if (status === 504) return { kind: 'unknown', reason };
  if (!concernsEverybody.has(status) && status < 500) return { kind: 'refused', reason };
  const scope = concernsEverybody.has(status) ? 'provider' : 'message';
  return { kind: 'retry', scope, reason, ...(retryAfter ? { after: retryAfter } : {}) };
}

/** The most characters of a reply that are kept. */
const longestSaid = 160;
/** The most characters of a reply that are looked at. */
const mostRead = 1_000;

/**
 * What a gateway said, for operators: one line of plain words. Numbers as long as a telephone's, e-mail addresses and
 * what the hub itself must not tell (`secrets`) are taken out, since some gateways and proxies repeat the request.
 */
export function toSaid(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
    ])
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  const line = hidden
    .slice(0, mostRead)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[^\s@]+@[^\s@]+/g, '…')
    .replace(/\+?\d[\d-]{6,}/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    // A reason goes on after it.
    .replace(/\.$/, '');
  return line.length > longestSaid ? `${line.slice(0, longestSaid)}…` : line;
}
