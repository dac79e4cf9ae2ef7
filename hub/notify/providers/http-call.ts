import { type Reason, toReason } from '../../../schemas/reason.ts';
import type { Sent } from '../message.ts';

export type Reply = { status: number; body: string; retryAfter: Date | undefined };

/** Causes that stand before the request: nothing was sent. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * One HTTP call. A call that never left is a reason to leave the provider alone; one that left and brought no whole
 * reply has an unknown outcome. `reason` never holds the URL, which can hold a password.
 */
export async function callProvider(url: URL, init: RequestInit, timeout: number): Promise<Reply | Sent> {
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

/** Replies that say nothing about the message: the account, the address of the gateway, or too much at once. */
const concernsEverybody = new Set([401, 402, 403, 404, 429, 502, 503]);

/** What to make of a reply that is not a success: a 500 can be the fault of one message, so it is counted against it. */
export function toFailure({ status, retryAfter }: Reply, reason: Reason): Sent {
  if (status === 504) return { kind: 'unknown', reason };
  if (!concernsEverybody.has(status) && status < 500) return { kind: 'refused', reason };
  const scope = concernsEverybody.has(status) ? 'provider' : 'message';
  return { kind: 'retry', scope, reason, ...(retryAfter ? { after: retryAfter } : {}) };
}
