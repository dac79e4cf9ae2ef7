import { ReasonError, toReason } from '../../schemas/reason.ts';

/** A file that goes into an envelope in base64, in the place of a token. */
export interface EnvelopeContent {
  /** ASCII, and nowhere else in the envelope. */
  token: string;
  /** Bytes of `content`; exact. */
  size: number;
  content: AsyncIterable<Uint8Array>;
}

/**
 * The envelope with the file in it, as it comes: base64 is the same bytes in every charset that boards use. Services of
 * the older kind want to know the length before. Throws where the token does not stand in the envelope exactly once.
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

/** Three bytes are four characters (RFC 4648, 4): what is left of a chunk goes before the next. */
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
