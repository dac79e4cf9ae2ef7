/**
 * A board's own record for a fixture or a mail to a colleague: its shape and its codes stay, its words go. What a
 * field holds is not known here, so everything goes that could be a person's: letters of every text become 가, a or
 * A, numbers that could reach or name somebody become others.
 */
export interface MaskOptions {
  /** Texts that stay: the codes that the agency's tables know. */
  codes: ReadonlySet<string>;
}

/** Strings of a record masked; names of fields, numbers and the record's build stay. */
export function maskSample(value: unknown, options: MaskOptions): unknown {
  if (typeof value === 'string') return options.codes.has(value) ? value : maskText(value);
  if (Array.isArray(value)) return value.map((item) => maskSample(item, options));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskSample(item, options)]));
}

/** Markup and comments (our own mark is one), entities, and dates keep a text mappable. */
const kept =
  /<[^<>]*>|&#?\w+;|\b\d{4}[-./]\d{2}[-./]\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?\b/g;

function maskText(text: string): string {
  // A word of ASCII without @ and with a capital, a digit or nothing else is a code or an id, hardly a name.
  if (/^[A-Z0-9][A-Z0-9_.:,-]{0,39}$/.test(text) && !isNumberOfSomebody(text)) return text;
  let masked = '';
  let from = 0;
  for (const { 0: part, index } of text.matchAll(kept)) {
    masked += maskWords(text.slice(from, index)) + part;
    from = index + part.length;
  }
  return masked + maskWords(text.slice(from));
}

function maskWords(text: string): string {
  return text
    .replace(/\d[\d\s().-]{5,}\d/g, (number) => (isNumberOfSomebody(number) ? maskNumber(number) : number))
    .replace(/\p{Script=Hangul}/gu, '가')
    .replace(/\p{Lu}/gu, 'A')
    .replace(/[\p{L}--[가A]]/gv, 'a');
}

/** Seven digits and more reach or name somebody, unless they are a date (20261120, 20261120093000). */
function isNumberOfSomebody(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const date = /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])(\d{6})?$/.test(digits);
  return digits.length >= 7 && !date && /^[\d\s().+-]+$/.test(text);
}

/** The first three digits say what kind of number it is, and keep it readable as one. */
function maskNumber(number: string): string {
  let place = 0;
  return number.replace(/\d/g, (digit) => (place++ < 3 ? digit : String((place - 3) % 10)));
}
