/** Replies with parts beside the envelope (MTOM), and files out of replies of any kind. */
import { reasonOf, toReason } from '../../schemas/reason.ts';
import type { BoardReply, BoardStream } from '../kit/http/http.ts';
import { tooLarge } from '../kit/http/http-call.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { isRelated, RelatedError, type RelatedMessage, readRelated } from '../kit/http/multipart-related.ts';
import { readCid } from '../kit/http/xop.ts';
import { decode } from '../kit/text/charset.ts';
import type { Include } from '../kit/text/soap-xml.ts';

/** Bytes of an envelope, and of a reply that is read as a whole. */
const tenMegabytes = 10 * 1024 * 1024;
/** The most parts of a reply, with the envelope. */
const mostParts = 100;

/** A reply that is already in memory. Throws HttpError `malformed`. */
export async function readWholeMessage(reply: BoardReply): Promise<{ root: BoardReply; include: Include }> {
  const { contentType, bytes } = reply;
  async function* whole() {
    yield bytes;
  }
  try {
    const limits = { rootBytes: bytes.length, parts: mostParts };
    const { root, parts } = await readRelated(whole(), contentType, limits);
    const files = new Map<string, Buffer>();
    for await (const { id, content } of parts) files.set(id, await readAll(content, bytes.length));
    const include: Include = (href) => {
      const id = readCid(href);
      const file = files.get(id);
      if (!file) throw new RelatedError(toReason('mtom_missing_part', { id }));
      return file.toString('base64');
    };
    return { root: toReply(reply, root), include };
  } catch (error) {
    throw asMalformed(error);
  }
}

/** Stands for a part in what expressions see of a streamed reply. No base64 begins like this. */
const mark = 'xop:';
export const markInclude: Include = (href) => mark + href;

interface OpenMessage {
  /** The envelope, as a reply of its own. */
  root: BoardReply;
  /** The file that a text of the reply is, or stands for. It throws HttpError `malformed`. */
  toFile(text: string): AsyncIterable<Uint8Array>;
}

/** A reply that is read as it comes: only its envelope is held. `most`: bytes of that. Throws HttpError. */
export async function openMessage(reply: BoardStream, most = tenMegabytes): Promise<OpenMessage> {
  const { contentType, content } = reply;
  if (!isRelated(contentType)) {
    const bytes = await readAll(content, most);
    return { root: toReply(reply, { contentType, bytes }), toFile: (text) => fromBase64(text) };
  }
  try {
    const { root, parts } = await readRelated(content, contentType, { rootBytes: most, parts: mostParts });
    return {
      root: toReply(reply, root),
      toFile: (text) => (text.startsWith(mark) ? findPart(parts, text.slice(mark.length)) : fromBase64(text)),
    };
  } catch (error) {
    throw asMalformed(error);
  }
}

function toReply(
  { status, after }: Pick<BoardReply, 'status'> & { after?: Date | undefined },
  { contentType, bytes }: RelatedMessage['root'],
): BoardReply {
  return { status, after, contentType, bytes, text: decode(bytes, { contentType }).text };
}

async function readAll(content: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* findPart(parts: RelatedMessage['parts'], href: string): AsyncGenerator<Uint8Array> {
  try {
    const id = readCid(href);
    for await (const part of parts) {
      if (part.id !== id) continue;
      yield* part.content;
      return;
    }
    throw new RelatedError(toReason('mtom_missing_part', { id }));
  } catch (error) {
    throw asMalformed(error);
  }
}

/** Services break the lines of base64. */
async function* fromBase64(text: string): AsyncGenerator<Uint8Array> {
  const plain = text.replace(/\s+/g, '');
  const bytes = Buffer.from(plain, 'base64');
  // Buffer ignores what is no base64, so a damaged file would pass. Some services leave out the padding.
  if (plain === '' || bytes.toString('base64').replace(/=+$/, '') !== plain.replace(/=+$/, ''))
    throw new HttpError('malformed', toReason('soap_no_file'));
  yield bytes;
}

const asMalformed = (error: unknown): unknown =>
  error instanceof RelatedError ? new HttpError('malformed', reasonOf(error), { cause: error }) : error;

/** Calls `end` when the reader is done or stops. */
export async function* endingWith(
  content: AsyncIterable<Uint8Array>,
  end: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } finally {
    end();
  }
}
