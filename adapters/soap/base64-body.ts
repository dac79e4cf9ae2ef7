import { ReasonError, toReason } from '../../schemas/reason.ts';

/** A file that replaces a token in an envelope, as base64. */
export interface EnvelopeContent {
  /** ASCII text that occurs nowhere else in the envelope. */
  token: string;
  /** The exact size of `content` in bytes. */
  size: number;
  content: AsyncIterable<Uint8Array>;
}

/**
 * Streams the envelope with the file in it. Base64 is the same bytes in every charset that boards use. The total length
 * is known before, because older services demand it. Throws if the token does not occur exactly once.
 */
export function toBase64Body(
  envelope: Uint8Array,
  { token, size, content }: EnvelopeContent,
): { length: number; body: AsyncIterable<Uint8Array> } {
  const bytes = Buffer.from(envelope);
  const at = bytes.indexOf(token);
  if (at < 0 || bytes.indexOf(token, at + 1) >= 0) throw new ReasonError(toReason('soap_content_once'));
  const head = bytes.subarray(0, at);
  const tail = bytes.subarray(at + token.length);
  async function* body() {
    yield head;
    yield* toBase64(content);
    yield tail;
  }
  return { length: head.length + 4 * Math.ceil(size / 3) + tail.length, body: body() };
}

/** Three bytes become four characters (RFC 4648, section 4). The rest of a chunk goes before the next chunk. */
async function* toBase64(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left: Uint8Array = new Uint8Array();
  for await (const chunk of content) {
    const bytes = left.length > 0 ? Buffer.concat([left, chunk]) : Buffer.from(chunk);
    const whole = bytes.length - (bytes.length % 3);
    if (whole > 0) yield Buffer.from(bytes.subarray(0, whole).toString('base64'));
    left = bytes.subarray(whole);
  }
  if (left.length > 0) yield Buffer.from(Buffer.from(left).toString('base64'));
}
