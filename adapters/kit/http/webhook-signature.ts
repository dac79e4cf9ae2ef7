import { createHmac } from 'node:crypto';
import { ReasonError, toReason } from '../../../schemas/reason.ts';

/** Length of a secret in bytes; standardwebhooks.com, "Signature scheme". */
const [shortest, longest] = [24, 64];

/**
 * The signature headers that a receiver checks (Standard Webhooks 1.0, "Webhook headers", "Signature scheme").
 *
 * The id stays the same when a message is sent again, so the receiver recognises the duplicate. While two secrets
 * overlap, both sign, and the receiver can change over at any time. Without a secret nothing is signed. `id` must not
 * contain a full stop. Errors: ReasonError for an unusable secret.
 */
export function signWebhook(
  secrets: readonly string[],
  { id, body }: { id: string; body: string },
  now = Date.now(),
): Record<string, string> {
  const seconds = Math.floor(now / 1000);
  const sign = (secret: string) =>
    `v1,${createHmac('sha256', toKey(secret)).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    ...(secrets.length > 0 && { 'webhook-signature': secrets.map(sign).join(' ') }),
  };
}

/** The bytes of a secret `whsec_…`. Errors: ReasonError for an unusable one. */
export function toKey(secret: string): Buffer {
  const [, encoded = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const key = Buffer.from(encoded, 'base64');
  if (key.length < shortest || key.length > longest)
    throw new ReasonError(toReason('webhook_secret_form', { least: shortest, most: longest }));
  return key;
}
