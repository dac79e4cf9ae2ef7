import { toReason } from '../../../schemas/reason.ts';
import type { Attempt, Message, Provider, Reported, Sent } from '../message.ts';
import { callProvider, type Reply, toFailure, toSaid } from './http-call.ts';

export interface KannelSettings {
  user: string;
  password: string;
  sender: string;
  /**
   * The address of smsbox, for example http://127.0.0.1:13013. Its query goes with every message: `smsc` and `account`
   * say which of several operators carries it. Its path, if there is one, is that of `sendsms-url`.
   */
  url: string;
  timeout?: number;
}

/** The most UCS-2 characters that Kannel sends by default: ten parts of a concatenated message, with 67 each. */
const longest = 670;

/** A self-hosted Kannel gateway. It keeps no key of ours, so a repeated attempt would be a second message. */
export function createKannel(settings: KannelSettings): Provider {
  const { password, timeout = 15_000 } = settings;
  return {
    name: 'kannel',
    concurrency: 8,
    repeatableFor: 0,
    callsBack: true,
    async send(message, attempt) {
      const reply = await callProvider(toCall(settings, message, attempt), {}, timeout);
      return 'kind' in reply ? reply : toSent(reply, [password]);
    },
    close: async () => undefined,
  };
}

function toCall({ url, user, password, sender }: KannelSettings, message: Message, attempt: Attempt): URL {
  const call = new URL(url);
  if (call.pathname === '/') call.pathname = '/cgi-bin/sendsms';
  const text = cut(message.text.trim(), message.link);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly ASCII
  const coding = /^[\x00-\x7f]*$/.test(text) ? '0' : '2';
  const own = {
    username: user,
    password,
    from: sender,
    to: message.address,
    text,
    charset: 'UTF-8',
    coding,
    ...toReporting(attempt.reportUrl),
  };
  for (const [name, value] of Object.entries(own)) call.searchParams.set(name, value);
  return call;
}

/**
 * Kannel 1.4.5 User's Guide, "Delivery reports": a report is a sum of 1 (delivered to the phone), 2 (not delivered), 4
 * (kept by the operator), 8 (taken by the operator) and 16 (refused by the operator). Seen besides: 34 with a text that
 * expired.
 */
const bits = { delivered: 1, undelivered: 2, buffered: 4, accepted: 8, rejected: 16, expired: 32 };
const wanted = bits.delivered + bits.undelivered + bits.buffered + bits.accepted + bits.rejected;

/**
 * Kannel puts the sum in place of `%d`. Its other marks are left out: what the operator answered (`%A`) can quote the
 * text, and addresses stand in the logs of proxies.
 */
const toReporting = (reportUrl: string | undefined): Record<string, string> =>
  reportUrl ? { 'dlr-mask': String(wanted), 'dlr-url': `${reportUrl.replaceAll('%', '%%')}?status=%d` } : {};

/** Reads the query of Kannel's call. Undefined: it says nothing that is known. */
export function readKannelReport({ status }: Record<string, unknown>): Reported | undefined {
  if (typeof status !== 'string' || !/^\d{1,3}$/.test(status)) return undefined;
  const says = (bit: keyof typeof bits) => (Number(status) & bits[bit]) !== 0;
  const answer = `Kannel ${status}`;
  if (says('delivered')) return { kind: 'delivered' };
  if (says('rejected')) return { kind: 'undelivered', reason: toReason('text_rejected', { answer }) };
  if (says('expired')) return { kind: 'undelivered', reason: toReason('text_expired', { answer }) };
  if (says('undelivered')) return { kind: 'undelivered', reason: toReason('text_undelivered', { answer }) };
  return says('buffered') || says('accepted') ? { kind: 'under-way' } : undefined;
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
 * What smsbox says with a 403 when the message has no way, now or ever: no operator is configured for it, or a list of
 * the gateway forbids the number. With another 403 it refuses the account, which concerns every message.
 */
const forGood = /do not try again|black-lists/i;

/**
 * 202 means `0: Accepted for delivery` or `3: Queued for later delivery`. 503 means no connection to the operator for
 * now.
 */
function toSent(reply: Reply, secrets: string[]): Sent {
  if (reply.status === 202 && /^[03]\b/.test(reply.body)) return { kind: 'done' };
  const answer = `${reply.status} ${toSaid(reply.body, secrets)}`.trim();
  const reason = toReason('gateway_answered', { answer });
  if (reply.status < 300) return { kind: 'unknown', reason };
  return reply.status === 403 && forGood.test(reply.body)
    ? { kind: 'refused', reason }
    : toFailure(reply, reason);
}
