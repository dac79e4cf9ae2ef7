import { createHmac } from 'node:crypto';
import type { Provider } from '../notify/message.ts';
import { callProvider, toFailure } from '../notify/providers/http-call.ts';

export interface WebhookSettings {
  url: string;
  /** `whsec_` and the key in base64; unset: not signed. */
  secret?: string | undefined;
  /** Milliseconds for the whole call. */
  timeout?: number;
}

/**
 * JSON by POST, with id, time and signature as Standard Webhooks 1.0 has them (standardwebhooks.com, "Webhook headers
 * (metadata)", "Signature scheme"). The id stays the same when a message is sent again: the receiver knows the double.
 */
export function createWebhook({ url, secret, timeout = 15_000 }: WebhookSettings): Provider {
  const key = secret && Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return {
    name: 'webhook',
    concurrency: 1,
    repeatableFor: Number.POSITIVE_INFINITY,
    async send({ noticeId, text }) {
      const seconds = Math.floor(Date.now() / 1000);
      const signed =
        key && createHmac('sha256', key).update(`${noticeId}.${seconds}.${text}`).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'webhook-id': noticeId,
        'webhook-timestamp': String(seconds),
        ...(signed && { 'webhook-signature': `v1,${signed}` }),
      };
      const reply = await callProvider(new URL(url), { method: 'POST', headers, body: text }, timeout);
      if ('kind' in reply) return reply;
      if (reply.status >= 200 && reply.status < 300) return { kind: 'done' };
      return toFailure(reply, `the webhook answered ${reply.status}`);
    },
    close: async () => undefined,
  };
}
