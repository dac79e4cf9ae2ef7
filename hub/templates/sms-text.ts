import iconv from 'iconv-lite';

/**
 * Korean gateways count bytes of EUC-KR (KS X 1001): 90 for a short message, 2,000 for a long one, 40 for its title.
 */
export const shortBytes = 90;
export const longBytes = 2_000;
const titleBytes = 40;

export type SmsText = { type: 'SMS'; text: string } | { type: 'LMS'; text: string; subject: string };

/** One EUC-KR character for many that look like it. */
const lookalikes: Record<string, string> = {
  '~': '\u301c\u3030\u02dc\u2053\u223d\u223f',
  '/': '\u2044\u2215\u29f8',
  '\u00b7': '\u2022\u2027\u30fb\u22c5\u2219\u2024\u2043\u2023\u25e6\uff65',
  '-': '\u2010\u2011\u2012\u2013\u2014\u2212\u2e3a\u2e3b\ufe58\ufe63',
  '\u2264': '\u2a7d\u2266\u2272',
  '\u2265': '\u2a7e\u2267\u2273',
  '"': '\u201e\u201f\u275d\u275e\u301d\u301e\u301f\u00ab\u00bb',
  "'": '\u201a\u201b\u275b\u275c\u2039\u203a\u02bc',
  '\u3008': '\u27e8\u2329',
  '\u3009': '\u27e9\u232a',
  '*': '\u2217\u2731\u2042',
  '\u2026': '\u22ef',
  '\uffe1': '\u00a3',
  '\uffe5': '\u00a5',
  '\u2192': '\u21e8\u2794\u279c\u27a1\u2b62',
};

const replacements: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(lookalikes).flatMap(([sign, all]) => Array.from(all, (one) => [one, sign])),
  ),
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u3000': ' ',
  '\u20a9': '\uffe6',
  '\u20ac': 'EUR',
  '\u00a9': '(c)',
  '\t': ' ',
};
/** Pictures with their parts, marks on letters, and invisible characters. */
const unseen = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}\p{C}\p{Z}]/u;
/** Korean readers take it for "a character that could not be shown". */
const missing = '\u3013';
const leads = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const vowels = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const tails = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

/**
 * Bytes of the text in EUC-KR. Undefined: it cannot be written in it. iconv-lite's "euc-kr" is CP949, which adds 8,822
 * syllables with a byte below 0xA1. Strict gateways refuse those, so they do not fit here.
 */
export function eucKrLength(text: string): number | undefined {
  const bytes = iconv.encode(text, 'cp949');
  if (iconv.decode(bytes, 'cp949') !== text) return undefined;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if ((bytes[at] ?? 0) < 0xa1 || (bytes[at + 1] ?? 0) < 0xa1) return undefined;
    at++;
  }
  return bytes.length;
}

/**
 * The text in characters that every Korean phone shows. Other characters are replaced by rule: typographic signs by
 * plain ones, a rare syllable (뷁) by its letters (ㅂㅞㄺ), an accented letter by its base, other visible ones by 〓.
 * Pictures and invisible signs are removed. Nothing becomes a silent `?`.
 */
export function toEucKr(text: string): string {
  const composed = text.normalize('NFC').replace(/\r\n?/g, '\n');
  if (eucKrLength(composed) !== undefined) return composed;
  const fitting = Array.from(composed, (sign) => (eucKrLength(sign) === undefined ? replace(sign) : sign));
  return fitting.join('').replace(/ {2,}/g, ' ');
}

function replace(sign: string): string {
  const known = replacements[sign];
  if (known !== undefined) return known;
  const code = sign.charCodeAt(0) - 0xac00;
  if (code >= 0 && code < 11_172) return toLetters(code);
  const letters = Array.from(sign.normalize('NFKD').replace(/\p{M}/gu, ''));
  const base = letters.map((one) => replacements[one] ?? one).join('');
  if (base !== '' && base !== sign && eucKrLength(base) !== undefined) return base;
  return unseen.test(sign) ? '' : missing;
}

/** The letters of a syllable, from its place among the 11,172 (Unicode, 3.12). */
function toLetters(code: number): string {
  const tail = code % 28;
  const lead = leads[Math.floor(code / 588)] ?? '';
  const vowel = vowels[Math.floor((code % 588) / 28)] ?? '';
  return lead + vowel + (tail > 0 ? tails[tail] : '');
}

/** The longest beginning of at most `most` bytes. The text must fit EUC-KR. */
function cutTo(text: string, most: number): string {
  let bytes = 0;
  let end = 0;
  for (const sign of text) {
    bytes += sign.charCodeAt(0) < 0x80 ? 1 : 2;
    if (bytes > most) break;
    end += sign.length;
  }
  return text.slice(0, end);
}

/** A short message if the text fits, otherwise a long one. A text that is still too long ends in `…` and the link. */
export function toSmsText(message: { subject: string; text: string; link: string | null }): SmsText {
  const text = toEucKr(message.text).trim();
  const length = eucKrLength(text) ?? 0;
  if (length <= shortBytes) return { type: 'SMS', text };
  const subject = cutTo(toEucKr(message.subject), titleBytes).trim();
  if (length <= longBytes) return { type: 'LMS', text, subject };
  const end = `…${message.link ? `\n${toEucKr(message.link)}` : ''}`;
  return { type: 'LMS', text: cutTo(text, longBytes - (eucKrLength(end) ?? 0)) + end, subject };
}
