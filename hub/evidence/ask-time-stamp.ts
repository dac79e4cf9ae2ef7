import { randomBytes, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import { EvidenceError } from './evidence-error.ts';
import { makeStampRequest, verifyStamp } from './verify/time-stamp.ts';

export interface StampSettings {
  TSA_URL?: string;
  TSA_CA_FILE?: string;
}

const patience = 15_000;
/** A reply with its certificates is a few kilobytes long. */
const longest = 100_000;

/** Asks the authority for a stamp on these bytes, and verifies it. Resolves with its reply (DER). Errors: EvidenceError. */
export async function askTimeStamp(
  url: string,
  content: Uint8Array<ArrayBuffer>,
  authorities: readonly Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = new Uint8Array(randomBytes(8));
  // A positive integer in its shortest form.
  nonce[0] = ((nonce[0] as number) & 0x7f) | 0x40;
  try {
    const reply = await send(url, await makeStampRequest(content, nonce));
    const { isTrusted } = await verifyStamp(reply, content, { authorities, nonce });
    if (isTrusted === false) throw new Error('its certificate is of no authority in TSA_CA_FILE');
    return reply;
  } catch (error) {
    throw new EvidenceError('time_stamp_away', `no time stamp of ${url}: ${(error as Error).message}`, error);
  }
}

/** RFC 3161, 3.4: by HTTP, with a media type for each direction. */
async function send(url: string, body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const {
    statusCode,
    headers,
    body: reply,
  } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body,
    headersTimeout: patience,
    bodyTimeout: patience,
    signal: AbortSignal.timeout(patience),
  });
  const type = String(headers['content-type'] ?? '').split(';')[0];
  if (statusCode !== 200 || type !== 'application/timestamp-reply') {
    await reply.dump();
    throw new Error(`it replied ${statusCode} ${type}, where application/timestamp-reply was right`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of reply) {
    size += chunk.length;
    if (size > longest) throw new Error(`its reply is longer than ${longest} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The certificates of a PEM file, as DER. Throws if there are none. */
export async function readAuthorities(file: string): Promise<Uint8Array<ArrayBuffer>[]> {
  const blocks = (await readFile(file, 'utf8')).match(
    /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g,
  );
  if (!blocks) throw new Error(`${file} holds no certificate in PEM`);
  return blocks.map((block) => new Uint8Array(new X509Certificate(block).raw));
}
