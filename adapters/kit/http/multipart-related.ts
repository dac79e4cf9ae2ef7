/** Reads multipart/related (RFC 2387) as a stream: the root first, then one part after another. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { MIMEType } from 'node:util';
import { Dicer } from '@fastify/busboy';
import { type Reason, ReasonError, toReason } from '../../../schemas/reason.ts';

interface RelatedPart {
  /** Content-ID without its brackets. Empty: the part has none. */
  id: string;
  contentType: string;
  /** It is read to its end, or the rest of it is dropped. */
  content: AsyncIterable<Uint8Array>;
}

export interface RelatedMessage {
  root: { contentType: string; bytes: Buffer };
  /** The other parts. Throws {@link RelatedError} when the message breaks off or has too many. */
  parts: AsyncGenerator<RelatedPart>;
}

export interface RelatedLimits {
  /** Bytes of the root, which is held in memory. */
  rootBytes: number;
  /** The most parts, with the root. */
  parts: number;
}

/** A message that is no multipart/related, or not as XOP wants it. */
export class RelatedError extends ReasonError {
  constructor(reason: Reason, options: { cause?: unknown } = {}) {
    super(reason, options);
    this.name = 'RelatedError';
  }
}

export const isRelated = (contentType: string | undefined): boolean =>
  /^\s*multipart\/related\s*(;|$)/i.test(contentType ?? '');

/** What a part needs of headers. The parser leaves out what is longer. */
const mostHeaders = { maxHeaderPairs: 40, maxHeaderSize: 8 * 1024 };

/**
 * Reads the root, and gives the other parts as they come. The root must come first, as every toolkit sends it: nothing
 * else is held in memory. Throws {@link RelatedError}; errors of `body` pass through.
 */
export async function readRelated(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  limits: RelatedLimits,
): Promise<RelatedMessage> {
  const { boundary, start } = readParameters(contentType);
  const parts = countParts(readParts(body, boundary), limits.parts);
  try {
    const first = await parts.next();
    const isRoot = !first.done && (start === '' || first.value.id === start);
    if (first.done) throw broken();
    if (!isRoot) throw new RelatedError(toReason('mtom_no_root', { start }));
    const bytes = await readRoot(first.value.content, limits.rootBytes);
    return { root: { contentType: first.value.contentType, bytes }, parts };
  } catch (error) {
    await parts.return(undefined);
    throw error;
  }
}

function readParameters(contentType: string): { boundary: string; start: string } {
  const params = toParameters(contentType);
  const boundary = params.get('boundary') ?? '';
  // RFC 2046, 5.1.1: 1 to 70 characters.
  if (boundary === '' || boundary.length > 70) throw new RelatedError(toReason('mtom_no_boundary'));
  return { boundary, start: withoutBrackets(params.get('start') ?? '') };
}

function toParameters(contentType: string): MIMEType['params'] {
  try {
    return new MIMEType(contentType).params;
  } catch (cause) {
    throw new RelatedError(toReason('mtom_no_boundary'), { cause });
  }
}

const withoutBrackets = (id: string) => id.trim().replace(/^<(.*)>$/s, '$1');

async function readRoot(content: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > most) throw new RelatedError(toReason('mtom_root_too_large', { n: most }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Counts the parts, and compares their ids: of two with one id, nobody knows which is meant (RFC 2392). */
async function* countParts(parts: AsyncGenerator<RelatedPart>, most: number): AsyncGenerator<RelatedPart> {
  const ids = new Set<string>();
  let count = 0;
  for await (const part of parts) {
    if (++count > most) throw new RelatedError(toReason('mtom_too_many_parts', { n: most }));
    if (part.id !== '' && ids.has(part.id)) throw new RelatedError(toReason('mtom_same_id', { id: part.id }));
    ids.add(part.id);
    yield part;
  }
}

type Headers = Record<string, string[] | undefined>;

const broken = (cause?: unknown) => new RelatedError(toReason('mtom_broken'), { cause });

/**
 * One part after another. The body is only read while somebody reads a part. It ends when the whole body is read, so
 * that a digest over it is complete.
 */
async function* readParts(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<RelatedPart> {
  const dicer = new Dicer({ boundary, ...mostHeaders });
  const stopping = new AbortController();
  const found = new Readable({ objectMode: true, read: () => undefined });
  let current: Readable | undefined;
  const counted: Counted = { given: 0 };
  const fail = (error: Error) => {
    counted.failure ??= error;
    current?.destroy(error);
    found.destroy(error);
  };
  found.on('error', () => undefined);
  dicer.on('part', (part) => {
    current = part;
    part.on('error', () => undefined);
    part.on('header', (headers) => found.push({ headers, part }));
  });
  dicer.on('error', (error) => fail(broken(error)));
  dicer.on('finish', () => found.push(null));
  const pumping = pump(body, dicer, counted, stopping.signal).catch(
    (error) => stopping.signal.aborted || fail(error),
  );
  try {
    for await (const { headers, part } of found as AsyncIterable<{ headers: Headers; part: Readable }>) {
      yield toPart(headers, part, counted);
      if (!part.readableEnded && !part.destroyed) await once(part.resume(), 'end');
    }
    await pumping;
  } finally {
    stopping.abort();
    dicer.destroy();
  }
}

interface Counted {
  /** Bytes that readers of the parts were given. */
  given: number;
  /** Why the message cannot be read on. The parser has words of its own for the part in which that happens. */
  failure?: Error;
}

/** Bytes of a body beside what the parts hold: boundaries, headers, and what is on its way to the reader. */
const mostOutside = 1024 * 1024;

async function pump(
  body: AsyncIterable<Uint8Array>,
  dicer: Dicer,
  counted: Counted,
  signal: AbortSignal,
): Promise<void> {
  let read = 0;
  for await (const chunk of body) {
    if (signal.aborted) return;
    if (!dicer.write(chunk)) await once(dicer, 'drain', { signal });
    read += chunk.length;
    if (read - counted.given > mostOutside)
      throw new RelatedError(toReason('mtom_outside', { n: mostOutside }));
  }
  dicer.end();
}

function toPart(headers: Headers, part: Readable, counted: Counted): RelatedPart {
  const header = (name: string) => headers[name]?.[0]?.trim() ?? '';
  return {
    id: withoutBrackets(header('content-id')),
    contentType: header('content-type'),
    content: decodeTransfer(count(part, counted), header('content-transfer-encoding').toLowerCase()),
  };
}

async function* count(part: Readable, counted: Counted): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of part.iterator({ destroyOnReturn: false })) {
      counted.given += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw counted.failure ?? error;
  }
}

const asItIs = new Set(['', 'binary', '8bit', '7bit']);

/** RFC 2045, chapter 6. Some toolkits still send files in base64. */
async function* decodeTransfer(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Uint8Array> {
  if (asItIs.has(encoding)) yield* chunks;
  else if (encoding === 'base64') yield* decodeBase64(chunks);
  else throw new RelatedError(toReason('mtom_transfer_encoding', { encoding: encoding.slice(0, 40) }));
}

/** Four characters become three bytes (RFC 4648, section 4). The rest of a chunk goes before the next chunk. */
async function* decodeBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let left = '';
  for await (const chunk of chunks) {
    const text = left + chunk.toString('latin1').replace(/\s+/g, '');
    const whole = text.length - (text.length % 4);
    if (whole > 0) yield Buffer.from(text.slice(0, whole), 'base64');
    left = text.slice(whole);
  }
  if (left !== '') yield Buffer.from(left, 'base64');
}
