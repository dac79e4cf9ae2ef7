/**
 * Old boards store EUC-KR bytes in columns that the server takes for latin1. A client in UTF-8 would read `¹Î¿ø` for
 * 민원. Pure. MySQL's latin1 is Windows-1252, in which five bytes without a character stand for themselves (MySQL 8.4
 * manual, 12.10.2).
 */
import iconv from 'iconv-lite';
import { decode, encode } from '../../kit/text/charset.ts';
import type { SqlRow, TableShape } from '../dialects/dialect.ts';

const signs = Array.from({ length: 256 }, (_, byte) => {
  const sign = iconv.decode(Buffer.of(byte), 'windows-1252');
  return sign === '\ufffd' ? String.fromCharCode(byte) : sign;
});
const byteOf = new Map(signs.map((sign, byte) => [sign, byte]));

/**
 * Decodes a text of such a column as the board's programs do. It stays unchanged if its bytes do not fit the charset.
 */
export function fromLatin1(text: string, charset: string): string {
  const bytes = Array.from(text, (sign) => byteOf.get(sign));
  if (bytes.some((byte) => byte === undefined) || bytes.every((byte) => byte !== undefined && byte < 0x80))
    return text;
  const meant = decode(Buffer.from(bytes as number[]), { contentType: `charset=${charset}` });
  return meant.damaged ? text : meant.text;
}

/** Encodes a text for such a column. Throws UnencodableError. */
export const toLatin1 = (text: string, charset: string): string =>
  Array.from(encode(text, charset), (byte) => signs[byte]).join('');

export const isLatin1 = ({ charset }: { charset?: string }): boolean => charset === 'latin1';

/** Decodes rows of one table as the board's programs do. */
export function readLatin1(rows: SqlRow[], { columns }: TableShape, charset: string): SqlRow[] {
  return rows.map((row) => {
    const entries = Object.entries(row).map(([name, value]) => {
      const column = columns.get(name);
      return [
        name,
        typeof value === 'string' && column && isLatin1(column) ? fromLatin1(value, charset) : value,
      ];
    });
    return Object.fromEntries(entries);
  });
}

/** True if the bytes of a latin1 text are Korean: at least two syllables, and no meaningless byte. */
export function readsAsKorean(text: string): boolean {
  const meant = fromLatin1(text, 'euc-kr');
  return meant !== text && /[가-힣]{2}/.test(meant);
}
