import type { TransferDecoder } from './transfer-decoder.ts';
import { createUuDecoder } from './uuencode.ts';

export function createTransferDecoder(encoding: string): TransferDecoder {
  if (encoding === 'base64')
    return inWholes({
      toSigns: (piece) => piece.replace(/[^A-Za-z0-9+/=]/g, ''),
      // Padding ends a piece. Some programs also pad in the middle.
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

/** A text may be uuencoded without this label. uuencode.ts finds such files by their lines. */
export const isUuencoded = (encoding: string) => /^x-?uu(e|encode)?$|^uuencode$/.test(encoding);

/** The encodings of RFC 2045, 6.1, and older ones. */
export const isKnownEncoding = (encoding: string): boolean =>
  ['', '7bit', '8bit', 'binary', 'base64', 'quoted-printable'].includes(encoding) || isUuencoded(encoding);

/** The first word of a Content-Transfer-Encoding. Some programs add a comment. */
export const readEncoding = (header = ''): string => (/^\s*"?([\w-]+)/.exec(header)?.[1] ?? '').toLowerCase();

/** Decodes a body that is complete. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  const decoder = createTransferDecoder(encoding);
  return Buffer.concat([decoder.decode(body), decoder.end()]);
}

interface Wholes {
  toSigns(piece: string): string;
  /** The number of characters that can be decoded without the next ones. */
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

/**
 * Removes the blanks that mail systems add to a line's end. A regular expression would take for ever on long lines of
 * blanks.
 */
function withoutPadding(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end--;
  return line.slice(0, end);
}
