/** The faults of real SOAP boards. A test can set them while the board runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import iconv from 'iconv-lite';

/** Modes in which the board replies without doing anything. */
const instead = [
  /** No reply comes. */
  'hang',
  /** An HTML error page with status 500. */
  'error500',
  /** An HTML page with status 200. */
  'html',
  /** Status 429 with Retry-After. */
  'busy429',
  /** A fault with status 500, as text/plain, in a foreign namespace. */
  'textFault',
  /** A normal 200 reply that reports a refusal. */
  'errorIn200',
  /** The same, with the code for "try later". */
  'busyIn200',
] as const;

/** Modes in which the board does the work but sends a wrong reply. */
const afterwards = [
  /** The connection breaks instead of a reply. */
  'resetAfterWrite',
  /** The reply is truncated. */
  'malformed',
  /** Every Korean text of the reply loses its last byte. */
  'wrongBytes',
  /** The children of the reply come in another order. */
  'reordered',
  /** The reply comes one byte at a time. */
  'slow',
] as const;

type Instead = (typeof instead)[number];
export type FaultMode = 'none' | Instead | (typeof afterwards)[number];

export interface Faults {
  mode: FaultMode;
  /** Limits the mode to one operation. */
  operation?: string;
  /** The WSDL that a new version of the board's software publishes. */
  publish?: (wsdl: string) => string;
  /** Numbers of posts whose record is damaged in lists. */
  spoilt?: Set<string>;
  /** The list is given whole for every page. `since`: only what changed from that time on. */
  givesAll?: { since: boolean };
  /** The number of requests to the service so far, whatever their result. */
  requests: number;
}

export function modeFor({ mode, operation }: Faults, called: string): FaultMode {
  return operation && operation !== called ? 'none' : mode;
}

export const isInstead = (mode: FaultMode): mode is Instead => (instead as readonly string[]).includes(mode);

const page = '<html><head><title>점검 중</title></head><body><h1>시스템 점검 중입니다</h1></body></html>';
const foreignFault =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><x:Fault xmlns:x="urn:legacy"><x:faultcode>x:Server.Internal</x:faultcode><x:faultstring>ORA-00060</x:faultstring></x:Fault></e:Body></e:Envelope>';

export function answerInstead(
  mode: Instead,
  reply: FastifyReply,
  replyBody: (code: string, message: string) => string,
) {
  const say = (code: string, message: string) =>
    reply.type('text/xml; charset=euc-kr').send(iconv.encode(replyBody(code, message), 'cp949'));
  const answers: Record<Instead, () => FastifyReply> = {
    hang: () => reply.hijack(),
    error500: () => reply.code(500).type('text/html; charset=utf-8').send(page),
    html: () => reply.code(200).type('text/html; charset=utf-8').send(page),
    busy429: () => reply.code(429).header('retry-after', '7').type('text/plain').send('busy'),
    textFault: () => reply.code(500).type('text/plain').send(foreignFault),
    errorIn200: () => say('E999', '처리할 수 없습니다'),
    busyIn200: () => say('E009', '잠시 후 다시 시도하세요'),
  };
  return answers[mode]();
}

/** Sends a complete reply in the way of the mode. */
export async function sendReply(mode: FaultMode, reply: FastifyReply, status: number, xml: string) {
  const bytes = iconv.encode(xml, 'cp949');
  reply.code(status).type('text/xml; charset=euc-kr');
  if (mode === 'resetAfterWrite') {
    reply.hijack();
    reply.raw.socket?.destroy();
    return reply;
  }
  if (mode === 'malformed') return reply.send(bytes.subarray(0, Math.floor(bytes.length * 0.6)));
  if (mode === 'wrongBytes') return reply.send(cutKoreanShort(bytes));
  if (mode === 'slow') return drip(reply, bytes);
  return reply.send(bytes);
}

/** Imitates a column that was cut inside a syllable. The first byte stays, and the tag follows directly. */
function cutKoreanShort(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((_, at) => !(bytes[at + 1] === 0x3c && (bytes[at] ?? 0) >= 0x80)));
}

async function drip(reply: FastifyReply, bytes: Buffer) {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/xml; charset=euc-kr' });
  for (const byte of bytes) {
    if (reply.raw.destroyed) break;
    reply.raw.write(Buffer.from([byte]));
    await sleep(50);
  }
  reply.raw.end();
  return reply;
}
