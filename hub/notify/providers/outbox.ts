import { toSmsText } from '../../templates/sms-text.ts';
import type { Provider } from '../message.ts';

/** Keeps messages in table `outbox`, where the console shows them. It serves a hub without a provider for a channel. */
export function createOutbox(clock: () => Date = () => new Date()): Provider {
  return {
    name: 'outbox',
    concurrency: 200,
    repeatableFor: Number.POSITIVE_INFINITY,
    local: true,
    async send(message) {
      const short = message.channel === 'sms' ? toSmsText(message) : undefined;
      const subject = short ? (short.type === 'LMS' ? short.subject : null) : message.subject;
      const text = short?.text ?? message.text;
      const { noticeId, address, html } = message;
      return { kind: 'done', kept: { notice_id: noticeId, address, subject, text, html, kept_at: clock() } };
    },
    close: async () => undefined,
  };
}
