import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { toDigestHeader } from './credentials.ts';

import type { Send } from './send.ts';

/** A file, or how to open it: it is read once for its digest, and once for each try. Nothing of it is kept in memory. */
export type FileSource = Uint8Array | Blob | (() => AsyncIterable<Uint8Array>);

/** A file of a complaint. */
export interface Download {
  name: string | undefined;
  mediaType: string;
  /** Bytes, where the hub knows it. */
  size: number | undefined;
  /** Ends with an error where the bytes are not those that the hub has. */
  content: ReadableStream<Uint8Array>;
}

export interface FileOptions {
  signal?: AbortSignal;
  /** Milliseconds for the file to arrive: ten minutes by default. */
  timeout?: number;
}

const usualTimeout = 600_000;

/** Sends a file as it is. */
export async function sendFile(
  send: Send,
  { method, target, source }: { method: 'POST' | 'PUT'; target: string; source: FileSource },
  { signal, timeout = usualTimeout }: FileOptions,
): Promise<Response> {
  const open = () => openSource(source);
  const hash = createHash('sha256');
  for await (const chunk of open()) hash.update(chunk);
  const body = typeof source === 'function' ? () => Readable.toWeb(Readable.from(open())) : () => source;
  return send({
    method,
    target,
    headers: { 'content-type': 'application/octet-stream' },
    body: body as () => BodyInit,
    digest: toDigestHeader(hash),
    timeout,
    signal,
  });
}

function openSource(source: FileSource): AsyncIterable<Uint8Array> {
  if (typeof source === 'function') return source();
  return source instanceof Blob ? Readable.fromWeb(source.stream() as ReadableStream) : toIterable(source);
}

async function* toIterable(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Reads a file. The time-out is that of the reply's beginning; the file itself may take its time. */
export async function receiveFile(send: Send, target: string, { signal }: FileOptions): Promise<Download> {
  const reply = await send({ method: 'GET', target, headers: {}, signal, isStreamed: true });
  const { headers } = reply;
  const size = headers.get('content-length');
  return {
    name: readFileName(headers.get('content-disposition') ?? ''),
    mediaType: headers.get('content-type') ?? 'application/octet-stream',
    size: size === null ? undefined : Number(size),
    content: checkBytes(reply.body as ReadableStream<Uint8Array> | null, headers.get('repr-digest')),
  };
}

/** RFC 6266 as the hub writes it: `filename*` (RFC 8187) for names that are not ASCII. */
function readFileName(disposition: string): string | undefined {
  const encoded = /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  const [, quoted, bare] = /;\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? bare;
}

/** RFC 9530: the digest of what should arrive. */
function checkBytes(
  content: ReadableStream<Uint8Array> | null,
  expected: string | null,
): ReadableStream<Uint8Array> {
  const hash = createHash('sha256');
  const checked = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      hash.update(chunk);
      controller.enqueue(chunk);
    },
    flush(controller) {
      if (expected !== null && toDigestHeader(hash) !== expected)
        controller.error(new Error('the file did not arrive as the hub has it'));
    },
  });
  return (content ?? new Blob([]).stream()).pipeThrough(checked as never) as ReadableStream<Uint8Array>;
}
