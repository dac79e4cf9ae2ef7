/**
 * Converts bytes and text for boards that do not use UTF-8. Text that a Korean board labels EUC-KR is nearly always
 * CP949, so both names mean CP949 here. A board that is really limited to KS X 1001 is configured as `ks_x_1001`.
 */
import iconv from 'iconv-lite';
import { type Reason, ReasonError, toReason, wordReason } from '../../../schemas/reason.ts';

/** The names that a configuration may use. */
export const charsets = ['utf-8', 'euc-kr', 'cp949', 'ks_x_1001'] as const;

export interface DecodeHints {
  /** The Content-Type header as received. */
  contentType?: string | undefined;
  /** The charset of the agency's configuration, for boards that send no label. */
  configured?: string | undefined;
}

export interface Decoded {
  text: string;
  charset: string;
  /** True: no likely charset explains some bytes. U+FFFD stands in their place. */
  damaged: boolean;
}

/** A character that a charset does not have, and its position. */
interface Unencodable {
  character: string;
  /** Counted from 1 in characters, as a person counts. */
  position: number;
}

/** A text that a charset would change. */
export class UnencodableError extends ReasonError {
  readonly characters: Unencodable[];
  constructor(charset: string, characters: Unencodable[]) {
    super(toUnencodable(charset, characters));
    this.name = 'UnencodableError';
    this.characters = characters;
  }
}

const wireNames: Record<string, string> = {
  cp949: 'EUC-KR',
  ks_x_1001: 'EUC-KR',
  'ks_c_5601-1987': 'EUC-KR',
  ksc5601: 'EUC-KR',
  uhc: 'EUC-KR',
};

/** The name for Content-Type and for the XML declaration. */
export function wireName(charset: string): string {
  return wireNames[charset.toLowerCase()] ?? charset.toUpperCase();
}

function codecOf(charset: string): string {
  const wire = wireName(charset);
  return wire === 'EUC-KR' ? 'cp949' : wire;
}

/**
 * Decodes bytes whose labels may contradict each other and the bytes. The order of trust is: BOM, Content-Type, XML
 * declaration, configuration, UTF-8. A label that does not fit the bytes is skipped. If none fits, the text is returned
 * as `damaged`, so that one broken post does not hide the others.
 */
export function decode(bytes: Uint8Array, hints: DecodeHints = {}): Decoded {
  const candidates = [
    bomOf(bytes),
    /charset\s*=\s*"?([^\s;"]+)/i.exec(hints.contentType ?? '')?.[1],
    declaredIn(bytes),
    hints.configured,
    'utf-8',
  ].filter((name): name is string => name !== undefined && iconv.encodingExists(codecOf(name)));
  for (const charset of candidates) {
    const text = decodeAs(bytes, charset);
    if (text !== undefined) return { text, charset: wireName(charset), damaged: false };
  }
  const charset = candidates[0] ?? 'utf-8';
  const text = iconv.decode(Buffer.from(bytes), codecOf(charset));
  return { text, charset: wireName(charset), damaged: true };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeAs(bytes: Uint8Array, charset: string): string | undefined {
  try {
    if (wireName(charset) === 'UTF-8') return utf8.decode(bytes);
  } catch {
    return undefined;
  }
  const text = iconv.decode(Buffer.from(bytes), codecOf(charset));
  return text.includes('\uFFFD') ? undefined : text;
}

function bomOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
}

/** Encodes a text. Throws {@link UnencodableError}: no character is ever replaced by a question mark. */
export function encode(text: string, charset: string): Buffer {
  const unencodable = findUnencodable(text, charset);
  if (unencodable.length > 0) throw new UnencodableError(charset, unencodable);
  return iconv.encode(text, codecOf(charset));
}

/** The characters of a text that a charset does not have. No charset has lone surrogates. */
export function findUnencodable(text: string, charset: string): Unencodable[] {
  const fits = fitsIn(charset);
  if (fits(text)) return [];
  return Array.from(text, (character, index) => ({ character, position: index + 1 })).filter(
    ({ character }) => !fits(character),
  );
}

function fitsIn(charset: string): (text: string) => boolean {
  const codec = codecOf(charset);
  const strict = charset.toLowerCase() === 'ks_x_1001';
  return (text) => {
    const bytes = iconv.encode(text, codec);
    if (iconv.decode(bytes, codec, { stripBOM: false }) !== text) return false;
    return !strict || isKsX1001(bytes);
  };
}

/** In KS X 1001 both bytes of a pair are 0xA1 or above. In the pairs that CP949 added, one byte is below. */
function isKsX1001(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if ((bytes[at] ?? 0) < 0xa1 || (bytes[at + 1] ?? 0) < 0xa1) return false;
    at++;
  }
  return true;
}

/** The reason for the person who has to correct the text. It names at most five characters. */
export function toUnencodable(charset: string, characters: Unencodable[]): Reason {
  const named = characters
    .slice(0, 5)
    .map(({ character, position }) =>
      toReason('unencodable_one', { character, sign: codePointOf(character), position }),
    )
    .reduceRight<Reason | string>(
      (next, first) => (next === '' ? first : toReason('unencodable_next', { first, next })),
      '',
    );
  const rest = characters.length - 5;
  return toReason('unencodable', {
    charset,
    characters: rest > 0 ? toReason('unencodable_more', { detail: named, count: rest }) : named,
  });
}

/** {@link toUnencodable} in English. */
export const describeUnencodable = (charset: string, characters: Unencodable[]): string =>
  wordReason(toUnencodable(charset, characters), 'en');

/** The notation of Unicode: `U+AC00`. */
export const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
