import { randomUUID } from 'node:crypto';

/** One file as multipart/form-data (RFC 7578), sent as a stream. */
export interface Multipart {
  headers: { 'content-type': string; 'content-length': string };
  body: AsyncIterable<Uint8Array>;
}

interface File {
  /** The name of the form's field. */
  field: string;
  name: string;
  mediaType: string;
  /** The exact size of `content` in bytes. */
  size: number;
  content: AsyncIterable<Uint8Array>;
}

/** Puts the fields before the file, so that a board knows in advance what comes. */
export function toMultipart(fields: Record<string, string>, file: File): Multipart {
  const boundary = `minwon-hub-${randomUUID()}`;
  const before = [
    ...Object.entries(fields).map(([name, value]) =>
      part(boundary, `name="${escaped(name)}"`, value, '\r\n'),
    ),
    part(boundary, `name="${escaped(file.field)}"; filename="${escaped(file.name)}"`, '', '', file.mediaType),
  ];
  const head = Buffer.from(before.join(''));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* body() {
    yield head;
    yield* file.content;
    yield tail;
  }
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + file.size + tail.length),
    },
    body: body(),
  };
}

function part(boundary: string, disposition: string, value: string, end: string, type?: string): string {
  const mediaType = type ? `content-type: ${type}\r\n` : '';
  return `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n${mediaType}\r\n${value}${end}`;
}

/**
 * Escapes names as browsers do: UTF-8, with quotes and line ends escaped (HTML, multipart/form-data encoding
 * algorithm). Other control characters are escaped too.
 */
const escaped = (text: string) =>
  text.replace(/["\p{Cc}]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
