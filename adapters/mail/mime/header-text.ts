import { decode } from '../../kit/text/charset.ts';

/** Headers of a mail by name in lower case, in order. */
export type Headers = Record<string, string[]>;

/**
 * Reads the fields of a header section (RFC 5322, 2.2), unfolded and otherwise unchanged. Encoded words are decoded
 * only after a field was taken apart (RFC 2047, 6.2). A field that names no charset may have its own.
 */
export function readHeaders(bytes: Uint8Array): Headers {
  const headers: Headers = Object.create(null);
  const lines = Buffer.from(bytes).toString('latin1').split(/\r?\n/);
  const fields: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && fields.length > 0) fields.push(`${fields.pop()} ${line.trimStart()}`);
    else fields.push(line);
  }
  for (const field of fields) {
    const [, name = '', value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(field) ?? [];
    if (!name) continue;
    headers[name.toLowerCase()] ??= [];
    headers[name.toLowerCase()]?.push(toText(Buffer.from(value.trim(), 'latin1'), undefined));
  }
  return headers;
}

const word = /=\?([\w.:-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi;

/**
 * Decodes encoded words (RFC 2047). Neighbours of one charset are first joined as bytes, because Korean clients split
 * characters. A charset that does not fit the bytes is skipped.
 */
export function decodeWords(text: string): string {
  const joined = text.replace(/(\?=)\s+(?==\?[\w.:*-]+\?[bq]\?)/gi, '$1');
  const pieces: (string | { charset: string; bytes: Buffer })[] = [];
  let end = 0;
  for (const match of joined.matchAll(word)) {
    const [all, charset = '', encoding = '', content = ''] = match;
    if (match.index > end) pieces.push(joined.slice(end, match.index));
    end = match.index + all.length;
    const bytes =
      encoding.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64')
        : fromHex(content.replace(/_/g, ' '), '=');
    const last = pieces.at(-1);
    if (typeof last === 'object' && last.charset.toLowerCase() === charset.toLowerCase())
      last.bytes = Buffer.concat([last.bytes, bytes]);
    else pieces.push({ charset, bytes });
  }
  pieces.push(joined.slice(end));
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : toText(piece.bytes, piece.charset)))
    .join('');
}

/** No genuine field with parameters is longer. */
const longestParameters = 4000;

/**
 * Reads a header's first word and its parameters (RFC 2045, 5.1), also extended and continued ones (RFC 2231). If a
 * parameter has both spellings, the extended one counts, wherever it stands (RFC 6266, 4.3).
 */
export function readParameters(header: string): { value: string; parameters: Record<string, string> } {
  const [value = '', ...rest] = splitParameters(header.slice(0, longestParameters));
  const parts = new Map<string, { text: string; encoded: boolean }[]>();
  for (const part of rest) {
    const [, key = '', index = '0', star = '', given = ''] =
      /^\s*([^\s=*]+)(?:\*(\d{1,3}))?(\*)?\s*=\s*(.*)$/s.exec(part) ?? [];
    if (!key) continue;
    const list = parts.get(key.toLowerCase()) ?? [];
    parts.set(key.toLowerCase(), list);
    const text = /^"(.*)"$/s.exec(given.trim())?.[1]?.replace(/\\(.)/g, '$1') ?? given.trim();
    if (!list[Number(index)] || star === '*') list[Number(index)] = { text, encoded: star === '*' };
  }
  const parameters = Object.fromEntries([...parts].map(([key, list]) => [key, joinParameter(list)]));
  return { value: (value.split(/[\s(]/)[0] ?? '').toLowerCase(), parameters };
}

/** Splits at semicolons outside quoted strings. */
function splitParameters(header: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (let at = 0; at < header.length; at++) {
    const sign = header[at] ?? '';
    if (sign === ';' && !isQuoted) parts.push('');
    else parts.push(`${parts.pop()}${sign === '\\' && isQuoted ? sign + (header[++at] ?? '') : sign}`);
    if (sign === '"') isQuoted = !isQuoted;
  }
  return parts.map((part) => part.trim());
}

function joinParameter(list: { text: string; encoded: boolean }[]): string {
  const pieces = list.filter((piece) => piece !== undefined);
  if (!pieces.some(({ encoded }) => encoded)) return decodeWords(pieces.map(({ text }) => text).join(''));
  const [, charset = 'utf-8', first = ''] = /^([^']*)'[^']*'(.*)$/s.exec(pieces[0]?.text ?? '') ?? [];
  const rest = pieces.slice(1).map(({ text, encoded }) => (encoded ? fromHex(text, '%') : Buffer.from(text)));
  return toText(Buffer.concat([fromHex(first, '%'), ...rest]), charset);
}

/** Decodes a text in which `sign` and two hexadecimal digits stand for one byte. */
function fromHex(text: string, sign: '=' | '%'): Buffer {
  const pattern = sign === '=' ? /=([0-9a-f]{2})/gi : /%([0-9a-f]{2})/gi;
  return Buffer.from(
    Buffer.from(text)
      .toString('latin1')
      .replace(pattern, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** iconv-lite accepts these names as charsets, but no mail means them. */
const notations = /^(hex|base64|binary|utf-?7-?(imap)?|ucs-?2)$/i;
/** Labels that fit any bytes and so prove nothing. Programs write them by default. */
const western = /^(us-ascii|ascii|(iso-8859|latin|windows-125|cp125)[-_]?\d*)$/i;

/**
 * Decodes bytes of a mail, whose label may be wrong. Text that is valid UTF-8 is so on purpose. In a mail from a Korean
 * client, text that fits neither UTF-8 nor its label is CP949. Text that fits nothing gets U+FFFD.
 */
export function toText(bytes: Uint8Array, label: string | undefined): string {
  // Text with two bytes per character has a NUL in every blank and line end. Without a NUL the label is wrong (RFC
  // 2781, 4.1).
  const isWrong = label && (notations.test(label) || (/^utf-?(16|32)/i.test(label) && !bytes.includes(0)));
  const charset = isWrong ? undefined : label;
  if (charset && /^(csiso2022kr|iso-2022-kr)$/i.test(charset)) return toText(fromIso2022Kr(bytes), 'cp949');
  try {
    if (!/^(utf-?16|utf-?32|iso-2022|hz-)/i.test(charset ?? '')) return utf8.decode(bytes);
  } catch {
    // The label is used then.
  }
  if (charset && western.test(charset)) {
    const { text, damaged } = decode(bytes, { configured: 'cp949' });
    // Two high bytes for each character, with Hangul among them: no Western text looks like that by accident.
    if (!damaged && /[가-힣]/.test(text) && isPaired(bytes)) return text;
  }
  return decode(bytes, { ...(charset && { contentType: `charset="${charset}"` }), configured: 'cp949' }).text;
}

/** True if high bytes stand only in pairs, as in KS X 1001. */
function isPaired(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if ((bytes[at + 1] ?? 0) < 0x80) return false;
    at++;
  }
  return true;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes ISO-2022-KR (RFC 1557): characters of KS X 1001 in seven bits, between SO and SI. ESC $ ) C announces them at
 * the top.
 */
function fromIso2022Kr(bytes: Uint8Array): Buffer {
  const [announcement, shiftOut, shiftIn] = [0x1b, 0x0e, 0x0f];
  const out: number[] = [];
  let shifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === announcement) at += 3;
    else if (byte === shiftOut || byte === shiftIn) shifted = byte === shiftOut;
    // Each line begins in the unshifted state, even if the line before did not end in it.
    else if (byte === 0x0a) {
      shifted = false;
      out.push(byte);
    } else out.push(shifted && byte > 0x20 ? byte | 0x80 : byte);
  }
  return Buffer.from(out);
}
