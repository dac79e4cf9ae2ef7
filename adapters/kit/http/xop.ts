/** MTOM and XOP (W3C Recommendations of 2005-01-25): a file beside the envelope in place of base64 in it. */
import { randomUUID } from 'node:crypto';
import { toReason } from '../../../schemas/reason.ts';
import { RelatedError } from './multipart-related.ts';

/** The namespace of Include. */
export const xopNamespace = 'http://www.w3.org/2004/08/xop/include';

const includeOf = (id: string) => `<xop:Include xmlns:xop="${xopNamespace}" href="cid:${id}"/>`;

/** Reads the href of an Include: a Content-ID, percent-encoded (RFC 2392). Throws {@link RelatedError}. */
export function readCid(href: string): string {
  const [, id] = /^cid:(.+)$/is.exec(href.trim()) ?? [];
  if (id === undefined) throw new RelatedError(toReason('mtom_not_cid', { href: href.slice(0, 100) }));
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** A file that stands beside an envelope. */
interface EnclosedContent {
  mediaType: string;
  /** The exact size of `content` in bytes. */
  size: number;
  content: AsyncIterable<Uint8Array>;
}

interface XopMessage {
  contentType: string;
  /** Bytes of the body. */
  length: number;
  body: AsyncIterable<Uint8Array>;
}

/**
 * An envelope with one file. `toEnvelope` is given the element that stands for the file. `envelopeType`: the media type
 * of the envelope, with its charset and for SOAP 1.2 its action.
 */
export function toXopMessage(
  envelopeType: string,
  toEnvelope: (include: string) => Uint8Array,
  { mediaType, size, content }: EnclosedContent,
): XopMessage {
  const mark = randomUUID();
  const [boundary, root, id] = [`mtom-${mark}`, `root-${mark}@minwon-hub`, `file-${mark}@minwon-hub`];
  const { type, charset, action } = parseType(envelopeType);
  const rootType = [`application/xop+xml; charset=${charset}; type="${type}"`, action].filter(Boolean);
  const part = (contentType: string, partId: string) =>
    `\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${partId}>\r\n\r\n`;
  const envelope = toEnvelope(includeOf(id));
  const head = Buffer.concat([
    // MIME allows a line break before the first boundary; not all readers do.
    Buffer.from(part(rootType.join('; '), root).slice(2)),
    envelope,
    Buffer.from(part(mediaType, id)),
  ]);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* body() {
    yield head;
    yield* content;
    yield tail;
  }
  // MTOM, 4.2: start-info is the media type of the envelope. SOAP 1.2 keeps its action here too.
  const related = `multipart/related; type="application/xop+xml"; boundary="${boundary}"; start="<${root}>"; start-info="${type}"`;
  return {
    contentType: action ? `${related}; ${action}` : related,
    length: head.length + size + tail.length,
    body: body(),
  };
}

function parseType(contentType: string): { type: string; charset: string; action: string } {
  const type = contentType.split(';', 1)[0]?.trim() ?? '';
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  return { type, charset, action: /action="[^"]*"/.exec(contentType)?.[0] ?? '' };
}
