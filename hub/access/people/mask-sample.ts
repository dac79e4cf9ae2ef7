/**
 * Masks a board's own record for a fixture or a mail to a colleague. Its shape and codes stay, and its words go. This
 * code does not know the meaning of a field, so everything is masked that could be personal. Letters of every text
 * become 가, a or A; digits are replaced in numbers that could reach or name somebody.
 */
export interface MaskOptions {
  /** Texts that stay: the codes in the agency's tables. */
  codes: ReadonlySet<string>;
}

/** Masks the strings of a record. Names of fields, numbers and the structure stay. */
export function maskSample(value: unknown, options: MaskOptions): unknown {
  if (typeof value === 'string') return options.codes.has(value) ? value : maskText(value);
  if (Array.isArray(value)) return value.map((item) => maskSample(item, options));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskSample(item, options)]));
}

/** Markup, comments (our own mark is one), entities and dates keep a text mappable. */
const kept =
  /<[^<>]*>|&#?\w+;|\b\d{4}[-./]\d{2}[-./]\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?\b/g;

function maskText(text: string): string {
  // An ASCII word without @, of capitals and digits only, is a code or an id, hardly a name.
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

/** Seven digits or more reach or name somebody, unless they are a date (20261120, 20261120093000). */
function isNumberOfSomebody(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const date = /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])(\d{6})?$/.test(digits);
  return digits.length >= 7 && !date && /^[\d\s().+-]+$/.test(text);
}

/** The first three digits stay: they show the kind of number. */
function maskNumber(number: string): string {
  let place = 0;
  return number.replace(/\d/g, (digit) => (place++ < 3 ? digit : String((place - 3) % 10)));
}
