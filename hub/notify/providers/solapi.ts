import { createHash, createHmac } from 'node:crypto';
import { toReason } from '../../../schemas/reason.ts';
import type { Attempt, Message, Provider, Sent } from '../message.ts';
import { toSmsText } from '../sms-text.ts';
import { callProvider, type Reply, toFailure } from './http-call.ts';

export interface SolapiSettings {
  key: string;
  secret: string;
  /** The sender's number, registered with the gateway beforehand; digits only. */
  sender: string;
  url?: string | undefined;
  /** Milliseconds for a whole call. */
  timeout?: number;
}

const minute = 60_000;

/** Codes of the gateway that concern every message: the account or the sender number is not in order. */
const accountCodes = new Set(['1062', '2062']);

/**
 * Solapi (CoolSMS). A signature is valid for 15 minutes from its date and works once; a second use answers 403
 * DuplicatedSignature. Date and salt follow from the attempt. So after an unknown outcome the same signature is sent
 * again, and that answer shows that the first call had arrived. One minute is left for clocks that differ.
 */
export function createSolapi(settings: SolapiSettings): Provider {
  const { timeout = 15_000 } = settings;
  const url = new URL('/messages/v4/send', settings.url ?? 'https://api.solapi.com');
  return {
    name: 'solapi',
    concurrency: 8,
    repeatableFor: 14 * minute,
    async send(message, attempt) {
      const to = toDomestic(message.address);
      if (!to) return { kind: 'refused', reason: toReason('korean_only') };
      const { type, text, ...title } = toSmsText(message);
      const body = {
        message: {
          to,
          from: settings.sender,
          type,
          text,
          ...title,
          customFields: { notice: message.noticeId },
        },
      };
      const reply = await callProvider(
        url,
        {
          method: 'POST',
          headers: {
            authorization: sign(settings, message, attempt),
            'content-type': 'application/json; charset=utf-8',
          },
          body: JSON.stringify(body),
        },
        timeout,
      );
      return 'kind' in reply ? reply : toSent(reply);
    },
    close: async () => undefined,
  };
}

function toDomestic(number: string): string | undefined {
  const [, rest] = /^\+82(\d{8,10})$/.exec(number) ?? [];
  return rest && `0${rest}`;
}

function sign({ key, secret }: SolapiSettings, message: Message, attempt: Attempt): string {
  const date = attempt.started.toISOString();
  const salt = createHash('sha256').update(`${message.noticeId} ${date}`).digest('hex').slice(0, 32);
  const signature = createHmac('sha256', secret)
    .update(date + salt)
    .digest('hex');
  return `HMAC-SHA256 apiKey=${key}, date=${date}, salt=${salt}, signature=${signature}`;
}

function toSent(reply: Reply): Sent {
  const { status, body } = reply;
  const { statusCode, messageId, errorCode } = read(body);
  if (status === 200 && statusCode === '2000')
    return { kind: 'done', ...(messageId ? { id: messageId } : {}) };
  if (status === 403 && errorCode === 'DuplicatedSignature') return { kind: 'done' };
  const code = statusCode ?? errorCode;
  const reason = toReason('gateway_answered', { answer: `${status} ${code ?? ''}`.trim() });
  if (status === 200 && !code) return { kind: 'unknown', reason };
  if (accountCodes.has(code ?? '')) return { kind: 'retry', scope: 'provider', reason };
  return toFailure(reply, reason);
}

interface Answer {
  statusCode?: string;
  messageId?: string;
  errorCode?: string;
}

function read(body: string): Answer {
  try {
    const answer: unknown = JSON.parse(body);
    const fields = Object.entries(answer ?? {}).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(fields);
  } catch {
    return {};
  }
}
