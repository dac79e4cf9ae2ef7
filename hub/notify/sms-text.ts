import iconv from 'iconv-lite';

/** Korean gateways count bytes of EUC-KR (KS X 1001): 90 for a short message, 2,000 for a long one, 40 for its title. */
const shortBytes = 90;
const longBytes = 2_000;
const titleBytes = 40;

export type SmsText = { type: 'SMS'; text: string } | { type: 'LMS'; text: string; subject: string };

const replacements: Record<string, string> = {
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u3000': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2022': '\u00b7',
  '\u20a9': '\uffe6',
  '\u20ac': 'EUR',
  '\u00a9': '(c)',
  '\t': ' ',
};
/** What a Korean reader takes for "a character that could not be shown". */
const missing = '\u3013';
const leads = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const vowels = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const tails = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

/**
 * Bytes of the text in EUC-KR, or undefined when it cannot be written in it. iconv-lite's "euc-kr" is CP949, which
 * adds 8,822 syllables with a byte below 0xA1; strict gateways refuse those, so here they do not fit.
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
 * The text in characters that every Korean phone shows. What does not fit is replaced by rule: typographic signs by
 * plain ones, a rare syllable (뷁) by its letters (ㅂㅞㄺ), an accented letter by its base, another letter by 〓;
 * pictures and invisible signs go. Nothing becomes a silent `?`.
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
  const base = sign.normalize('NFKD').replace(/\p{M}/gu, '');
  if (base !== '' && base !== sign && eucKrLength(base) !== undefined) return base;
  return /[\p{L}\p{N}]/u.test(sign) ? missing : '';
}

/** Letters of a syllable by its place among the 11,172 (Unicode, 3.12). */
function toLetters(code: number): string {
  const tail = code % 28;
  const lead = leads[Math.floor(code / 588)] ?? '';
  const vowel = vowels[Math.floor((code % 588) / 28)] ?? '';
  return lead + vowel + (tail > 0 ? tails[tail] : '');
}

/** The longest beginning of at most `most` bytes; the text must fit EUC-KR. */
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

/** A short message where the text fits, else a long one; what is still too long ends in `…` and the link. */
export function toSmsText(message: { subject: string; text: string; link: string | null }): SmsText {
  const text = toEucKr(message.text).trim();
  const length = eucKrLength(text) ?? 0;
  if (length <= shortBytes) return { type: 'SMS', text };
  const subject = cutTo(toEucKr(message.subject), titleBytes).trim();
  if (length <= longBytes) return { type: 'LMS', text, subject };
  const end = `…${message.link ? `\n${toEucKr(message.link)}` : ''}`;
  return { type: 'LMS', text: cutTo(text, longBytes - (eucKrLength(end) ?? 0)) + end, subject };
}
