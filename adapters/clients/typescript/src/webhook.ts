import { Webhook } from 'standardwebhooks';
import type { components } from './door-types.ts';

type Schemas = components['schemas'];
/** The CloudEvent of a change, or the ping of the connection test (its type ends with `.ping.v1`). */
export type WebhookMessage =
  | (Schemas['WebhookEvent'] & { kind: 'change' })
  | (Schemas['WebhookPing'] & { kind: 'ping' });

/** The request is not signed by the hub, or too old: answer 401, and look no further. */
export class ForgedWebhook extends Error {
  override readonly name = 'ForgedWebhook';
}

/** Of Node's http, of Express or Fastify, or of a fetch handler. */
type SentHeaders = Headers | Record<string, string | string[] | undefined>;

/**
 * Checks a request by Standard Webhooks and reads its event. `body`: as it came, before anything parsed it. `secrets`: one
 * `whsec_…`, or several while they change; one of them has to fit. A request may be five minutes old or ahead.
 * Errors: ForgedWebhook. For `mode: structured`, the usual one; binary events carry their attributes in headers.
 */
export function verifyWebhook(
  body: string | Uint8Array,
  headers: SentHeaders,
  secrets: string | string[],
): WebhookMessage {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const entries = headers instanceof Headers ? [...headers] : Object.entries(headers);
  const single = entries.map(([name, value]) => [name.toLowerCase(), String(value ?? '')]);
  const named = Object.fromEntries(single) as Record<string, string>;
  const reasons = [secrets].flat().map((secret) => findFault(text, named, secret));
  if (!reasons.includes(undefined)) throw new ForgedWebhook(reasons[0] ?? 'there is no secret');
  const event = JSON.parse(text) as Schemas['WebhookEvent'] | Schemas['WebhookPing'];
  if (typeof event.type !== 'string')
    throw new Error(
      'this is signed, and no structured CloudEvent: mode binary has its attributes in headers ce-…',
    );
  return { ...event, kind: event.type.endsWith('.ping.v1') ? 'ping' : 'change' } as WebhookMessage;
}

/** Undefined: this secret signed it. */
function findFault(text: string, headers: Record<string, string>, secret: string): string | undefined {
  const webhook = new Webhook(secret);
  try {
    webhook.verify(text, headers, { jsonParse: false });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
