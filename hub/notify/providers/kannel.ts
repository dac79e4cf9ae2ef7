import { toReason } from '../../../schemas/reason.ts';
import type { Provider, Sent } from '../message.ts';
import { callProvider, type Reply, toFailure } from './http-call.ts';

export interface KannelSettings {
  user: string;
  password: string;
  sender: string;
  /** The address of smsbox, for example http://127.0.0.1:13013. */
  url: string;
  timeout?: number;
}

/** The most UCS-2 characters that Kannel sends by default: ten parts of a concatenated message, with 67 each. */
const longest = 670;

/** A self-hosted Kannel gateway. It keeps no key of ours, so a repeated attempt would be a second message. */
export function createKannel({ user, password, sender, url, timeout = 15_000 }: KannelSettings): Provider {
  return {
    name: 'kannel',
    concurrency: 8,
    repeatableFor: 0,
    async send(message) {
      const call = new URL('/cgi-bin/sendsms', url);
      const text = cut(message.text.trim(), message.link);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly ASCII
      const coding = /^[\x00-\x7f]*$/.test(text) ? '0' : '2';
      call.search = new URLSearchParams({
        username: user,
        password,
        from: sender,
        to: message.address,
        text,
        charset: 'UTF-8',
        coding,
      }).toString();
      const reply = await callProvider(call, {}, timeout);
      return 'kind' in reply ? reply : toSent(reply);
    },
    close: async () => undefined,
  };
}

/** Cuts between characters as people see them, and adds the link to the rest. */
function cut(text: string, link: string | null): string {
  if (text.length <= longest) return text;
  const end = `…${link ? `\n${link}` : ''}`;
  let length = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(text)) {
    if (index + segment.length > longest - end.length) break;
    length = index + segment.length;
  }
  return text.slice(0, length) + end;
}

/**
 * 202 means `0: Accepted for delivery` or `3: Queued for later delivery`. 503 means no connection to the operator for
 * now.
 */
function toSent(reply: Reply): Sent {
  if (reply.status === 202 && /^[03]\b/.test(reply.body)) return { kind: 'done' };
  const reason = toReason('gateway_answered', { answer: reply.status });
  return reply.status < 300 ? { kind: 'unknown', reason } : toFailure(reply, reason);
}
