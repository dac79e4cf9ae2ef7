import { type Reason, ReasonError } from '../../../schemas/reason.ts';
import { toBoardTime, toInstant } from '../text/board-time.ts';
import { decode } from '../text/charset.ts';
import { toEmail, toKoreanPhone, toPhone } from '../text/contact.ts';
import { toHtml, toPlainText } from '../text/plain-text.ts';
import { type CodeTables, createCodeBook } from './codes.ts';
import { LongText, longestText, tooLong } from './long-text.ts';
import { MappingError } from './mapping-error.ts';

type Fn = (...values: unknown[]) => unknown;

/** The functions that an expression may call besides JSONata's own. Where a signature is given, JSONata checks it. */
export function createFunctions({
  codes,
  timeZone,
  secrets = {},
}: {
  codes: CodeTables;
  timeZone: string;
  secrets?: Record<string, string>;
}): Record<string, [Fn, signature?: string]> {
  const book = createCodeBook(codes);
  const onText =
    (convert: (text: string, ...rest: string[]) => unknown): Fn =>
    (value, ...rest) =>
      isNothing(value)
        ? undefined
        : convert(String(value), ...rest.filter((r) => r !== undefined).map(String));
  const onCode =
    (lookUp: (table: string, value: string) => string): Fn =>
    (table, value) =>
      isNothing(value) && !hasEntry(codes, table, value) ? undefined : lookUp(String(table), String(value));
  const boardTime = (instant: string, pattern = 'yyyy-MM-dd HH:mm:ss') =>
    toBoardTime(instant, pattern, timeZone);
  return {
    phone: [onText(toPhone)],
    koreanPhone: [onText(toKoreanPhone)],
    email: [onText(toEmail)],
    instant: [onText((text, pattern) => toInstant(text, timeZone, pattern))],
    boardTime: [onText(boardTime)],
    utc: [onText((instant, pattern = 'yyyy-MM-ddTHH:mm:ssZ') => toBoardTime(instant, pattern, 'UTC'))],
    epoch: [onText((instant) => toEpoch(instant, timeZone))],
    text: [onWhole((html) => toPlainText(html), onText)],
    html: [onWhole((text) => toHtml(text), onText)],
    base64Text: [onWhole(toDecoded, onText)],
    code: [onCode(book.fromBoard)],
    boardCode: [onCode(book.toBoard)],
    secret: [(name) => secrets[String(name)], '<s:s>'],
    refuse: [refuse as Fn, '<so?:x>'],
    pad: [pad as Fn, '<s-ns?:s>'],
  };
}

/** Whole seconds since 1970 in UTC. A fraction is dropped, so that a board asked from then on misses nothing. */
function toEpoch(text: string, timeZone: string): number | undefined {
  const instant = toInstant(text, timeZone);
  return instant === undefined ? undefined : Math.floor(Date.parse(instant) / 1000);
}

/**
 * Lets a function also read long texts. Its result is an ordinary text of the expression, so it must not be a long one.
 */
function onWhole(
  convert: (text: string, ...rest: string[]) => string,
  onText: (convert: (text: string, ...rest: string[]) => string) => Fn,
): Fn {
  const convertWhole = onText((text, ...rest) => {
    const result = convert(text, ...rest);
    if (result.length > longestText) throw new MappingError('limit', tooLong(result.length));
    return result;
  });
  return (value, ...rest) => convertWhole(value instanceof LongText ? value.whole : value, ...rest);
}

/**
 * The text of bytes in base64. JSONata's `$base64decode` makes one letter of each byte. `label`: the charset, or a
 * Content-Type that names it; absent: UTF-8.
 */
function toDecoded(base64: string, label = ''): string {
  const contentType = /charset\s*=/i.test(label) ? label : `charset=${label}`;
  return decode(Buffer.from(base64, 'base64'), { contentType }).text;
}

/**
 * `$error` stops with plain words. This function stops with a reason of the catalogue, which people read in their own
 * language.
 */
function refuse(code: string, params: NonNullable<Reason['params']> = {}): never {
  throw new ReasonError({ code, params });
}

/** Replaces JSONata's `$pad`, which creates a list as long as the width. This one has a limit. */
function pad(text: string | undefined, width: number, given?: string): string | undefined {
  if (text === undefined) return undefined;
  if (Math.abs(width) > longestText) throw new MappingError('limit', tooLong(Math.abs(width)));
  const signs = [...(given || ' ')];
  const missing = Math.max(0, Math.abs(Math.trunc(width)) - [...text].length);
  const padding = Array.from({ length: missing }, (_, n) => signs[n % signs.length]).join('');
  return width > 0 ? text + padding : padding + text;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** True if the table has this code. The empty text is allowed too: some boards use it as a code. */
function hasEntry(codes: CodeTables, table: unknown, value: unknown): boolean {
  return value === '' && Object.hasOwn(codes[String(table)] ?? {}, '');
}
