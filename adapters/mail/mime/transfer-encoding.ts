import type { TransferDecoder } from './transfer-decoder.ts';
import { createUuDecoder } from './uuencode.ts';

export function createTransferDecoder(encoding: string): TransferDecoder {
  if (encoding === 'base64')
    return inWholes({
      toSigns: (piece) => piece.replace(/[^A-Za-z0-9+/=]/g, ''),
      // Padding ends a piece, and some programs pad in the middle.
      wholesOf: (signs) => {
        const padded = signs.lastIndexOf('=') + 1;
        return padded + (signs.length - padded) - ((signs.length - padded) % 4);
      },
      toBytes: (signs) => Buffer.concat(signs.split(/=+/).map((piece) => Buffer.from(piece, 'base64'))),
    });
  if (encoding === 'quoted-printable')
    return inWholes({
      toSigns: (piece) => piece,
      wholesOf: (signs) => signs.lastIndexOf('\n') + 1,
      toBytes: fromQuotedPrintable,
    });
  if (isUuencoded(encoding)) return createUuDecoder(0);
  return { decode: (piece) => piece, end: () => Buffer.alloc(0) };
}

/** Of a text it is told by its own lines: uuencode.ts finds them. */
export const isUuencoded = (encoding: string) => /^x-?uu(e|encode)?$|^uuencode$/.test(encoding);

/** RFC 2045, 6.1, and what stood before it. */
export const isKnownEncoding = (encoding: string): boolean =>
  ['', '7bit', '8bit', 'binary', 'base64', 'quoted-printable'].includes(encoding) || isUuencoded(encoding);

/** The word of a Content-Transfer-Encoding; some write a comment behind it. */
export const readEncoding = (header = ''): string => (/^\s*"?([\w-]+)/.exec(header)?.[1] ?? '').toLowerCase();

/** The whole of a body that is there already. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  const decoder = createTransferDecoder(encoding);
  return Buffer.concat([decoder.decode(body), decoder.end()]);
}

interface Wholes {
  toSigns(piece: string): string;
  /** How many of the signs can be decoded without the next. */
  wholesOf(signs: string): number;
  toBytes(signs: string): Buffer;
}

function inWholes({ toSigns, wholesOf, toBytes }: Wholes): TransferDecoder {
  let waiting = '';
  return {
    decode(piece) {
      const signs = waiting + toSigns(piece.toString('latin1'));
      const end = wholesOf(signs);
      waiting = signs.slice(end);
      return toBytes(signs.slice(0, end));
    },
    end: () => toBytes(waiting),
  };
}

function fromQuotedPrintable(text: string): Buffer {
  const lines = text.split(/\r?\n/).map(withoutPadding).join('\r\n');
  const decoded = lines
    .replace(/=\r\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}

/** Without the blanks at its end, which mail systems add. No expression: on long lines of blanks they take for ever. */
function withoutPadding(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end--;
  return line.slice(0, end);
}
