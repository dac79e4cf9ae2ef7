import { createHash, createHmac, randomBytes } from 'node:crypto';
import { toReason } from '../../../schemas/reason.ts';
import { toSmsText } from '../../templates/sms-text.ts';
import type { Asked, Attempt, Message, Provider, Sent } from '../message.ts';
import { callProvider, type Reply, toFailure, toSaid } from './http-call.ts';
import { readSolapiStatus } from './solapi-status.ts';

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
  const { key, secret, timeout = 15_000 } = settings;
  const call = (path: string, authorization: string, init: RequestInit = {}) => {
    const url = new URL(path, settings.url ?? 'https://api.solapi.com');
    const headers = { authorization, 'content-type': 'application/json; charset=utf-8' };
    return callProvider(url, { ...init, headers }, timeout);
  };
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
      const authorization = sign(settings, attempt.started, toSalt(message, attempt));
      const reply = await call('/messages/v4/send', authorization, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return 'kind' in reply ? reply : toSent(reply, [key, secret]);
    },
    async ask(id): Promise<Asked> {
      // Asking twice does no harm, so each call has a salt of its own.
      const authorization = sign(settings, new Date(), randomBytes(16).toString('hex'));
      const path = `/messages/v4/list?${new URLSearchParams({ messageId: id })}`;
      const reply = await call(path, authorization);
      if ('kind' in reply) return { kind: 'away', reason: reply.reason };
      return readSolapiStatus(reply, id, [key, secret]);
    },
    close: async () => undefined,
  };
}

function toDomestic(number: string): string | undefined {
  const [, rest] = /^\+82(\d{8,10})$/.exec(number) ?? [];
  return rest && `0${rest}`;
}

/** The same for every repetition of an attempt. */
const toSalt = ({ noticeId }: Message, { started }: Attempt): string =>
  createHash('sha256').update(`${noticeId} ${started.toISOString()}`).digest('hex').slice(0, 32);

function sign({ key, secret }: SolapiSettings, at: Date, salt: string): string {
  const date = at.toISOString();
  const signature = createHmac('sha256', secret)
    .update(date + salt)
    .digest('hex');
  return `HMAC-SHA256 apiKey=${key}, date=${date}, salt=${salt}, signature=${signature}`;
}

function toSent(reply: Reply, secrets: string[]): Sent {
  const { status, body } = reply;
  const { statusCode, messageId, errorCode, ...said } = read(body);
  if (status === 200 && statusCode === '2000')
    return { kind: 'done', ...(messageId ? { id: messageId } : {}) };
  if (status === 403 && errorCode === 'DuplicatedSignature') return { kind: 'done' };
  const code = statusCode ?? errorCode;
  const words = toSaid(said.errorMessage ?? said.statusMessage ?? '', secrets);
  const answer = [status, code, words === code ? '' : words].filter(Boolean).join(' ');
  const reason = toReason('gateway_answered', { answer });
  if (status === 200 && !code) return { kind: 'unknown', reason };
  if (accountCodes.has(code ?? '')) return { kind: 'retry', scope: 'provider', reason };
  return toFailure(reply, reason);
}

interface Answer {
  statusCode?: string;
  messageId?: string;
  errorCode?: string;
  statusMessage?: string;
  errorMessage?: string;
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
