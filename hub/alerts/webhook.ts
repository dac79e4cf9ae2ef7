import { signWebhook } from '../../adapters/kit/http/webhook-signature.ts';
import { toReason } from '../../schemas/reason.ts';
import type { Provider } from '../notify/message.ts';
import { callProvider, toFailure } from '../notify/providers/http-call.ts';

export interface WebhookSettings {
  url: string;
  /** `whsec_` and the key in base64. Unset: calls are not signed. */
  secret?: string | undefined;
  /** Milliseconds for the whole call. */
  timeout?: number;
}

/** Sends JSON by POST, with id, time and signature as in Standard Webhooks 1.0. */
export function createWebhook({ url, secret, timeout = 15_000 }: WebhookSettings): Provider {
  return {
    name: 'webhook',
    concurrency: 1,
    repeatableFor: Number.POSITIVE_INFINITY,
    async send({ noticeId, text }) {
      const signed = signWebhook(secret ? [secret] : [], { id: noticeId, body: text });
      const headers = { 'content-type': 'application/json', ...signed };
      const reply = await callProvider(new URL(url), { method: 'POST', headers, body: text }, timeout);
      if ('kind' in reply) return reply;
      if (reply.status >= 200 && reply.status < 300) return { kind: 'done' };
      return toFailure(reply, toReason('webhook_answered', { answer: reply.status }));
    },
    close: async () => undefined,
  };
}
