import { ReasonError, toReason } from '../../schemas/reason.ts';
import { toXopMessage } from '../kit/http/xop.ts';

/** A file that takes the place of a token in an envelope. */
export interface EnvelopeContent {
  /** ASCII text that occurs nowhere else in the envelope. */
  token: string;
  /** The exact size of `content` in bytes. */
  size: number;
  mediaType: string;
  content: AsyncIterable<Uint8Array>;
  /** True: the file stands beside the envelope. Otherwise it is in the envelope, as base64. */
  isMtom: boolean;
}

interface FileBody {
  contentType: string;
  /** Bytes. Older services demand it before the body. */
  length: number;
  body: AsyncIterable<Uint8Array>;
}

/**
 * Streams the envelope with the file. Base64 and the element for a file beside the envelope are the same bytes in every
 * charset that boards use. Throws if the token does not occur exactly once.
 */
export function toFileBody(envelope: Uint8Array, contentType: string, file: EnvelopeContent): FileBody {
  const bytes = Buffer.from(envelope);
  const at = bytes.indexOf(file.token);
  if (at < 0 || bytes.indexOf(file.token, at + 1) >= 0) throw new ReasonError(toReason('soap_content_once'));
  const head = bytes.subarray(0, at);
  const tail = bytes.subarray(at + file.token.length);
  if (file.isMtom)
    return toXopMessage(contentType, (include) => Buffer.concat([head, Buffer.from(include), tail]), file);
  async function* body() {
    yield head;
    yield* toBase64(file.content);
    yield tail;
  }
  const length = head.length + 4 * Math.ceil(file.size / 3) + tail.length;
  return { contentType, length, body: body() };
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
