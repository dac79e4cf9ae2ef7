import { type Problem, type Reason, ReasonError, toReason } from '../../../schemas/reason.ts';
import { findUnencodable, toUnencodable } from '../../kit/text/charset.ts';
import type { ColumnShape, SqlDialect, SqlSession, SqlValue, TableShape } from '../dialects/dialect.ts';
import { isLatin1, toLatin1 } from './latin1.ts';

/** A value for a column. */
export interface Entry {
  table: string;
  column: string;
  value: SqlValue;
}

/** The settings about texts that do not fit. */
export interface Fitting {
  replaceUnfit?: string;
  /** The charset that latin1 columns really contain. */
  charset?: string;
}

/**
 * Returns values that fit their columns, or the ones that do not fit and their places. Nothing is ever cut. A text that
 * is too long is reported with its length and the limit. A character that the charset lacks is reported with its place,
 * or replaced by `replaceUnfit` if configured. macOS writes syllables as separate letters; they are composed first if
 * that helps.
 */
export async function fitEntries(
  dialect: SqlDialect,
  session: SqlSession,
  entries: Entry[],
  shapeOf: (table: string) => TableShape,
  fitting: Fitting,
): Promise<{ values: SqlValue[]; problems: Problem[] }> {
  const problems: Problem[] = [];
  const columns = entries.map(({ table, column }) => shapeOf(table).columns.get(column));
  const fitted = await throughCharsets(dialect, session, entries, columns, fitting);
  const values = entries.map(({ table, column }, n) => {
    const { value, bytes, unfit } = fitted[n] ?? { value: null };
    const shape = columns[n];
    const reason = shape === undefined ? toReason('no_column') : (unfit ?? tooLong(value, bytes, shape));
    if (reason) problems.push({ pointer: `/${table}/${column}`, reason });
    return value;
  });
  return { values, problems };
}

interface Fitted {
  value: SqlValue;
  /** The bytes of a text in its column's charset. */
  bytes?: number;
  unfit?: Reason;
}

async function throughCharsets(
  dialect: SqlDialect,
  session: SqlSession,
  entries: Entry[],
  columns: (ColumnShape | undefined)[],
  { replaceUnfit, charset: latin1As }: Fitting,
): Promise<Fitted[]> {
  const isOurs = (column: ColumnShape | undefined) => latin1As !== undefined && column && isLatin1(column);
  const fitted = entries.map(({ value }, n): Fitted => {
    if (typeof value !== 'string') return { value };
    if (value.includes('\0')) return { value, unfit: toReason('sql_nul') };
    if (!value.isWellFormed()) return { value, unfit: toReason('sql_half_character') };
    if (latin1As && isOurs(columns[n])) return asLatin1(value, latin1As, replaceUnfit);
    return { value, bytes: Buffer.byteLength(value) };
  });
  const narrow = columns.flatMap((column, index) => {
    const value = fitted[index]?.value;
    const charset = column?.charset;
    const isOpen = charset && !isOurs(column) && !fitted[index]?.unfit;
    return isOpen && typeof value === 'string' ? [{ index, charset, value }] : [];
  });
  const ask = (texts: string[]) =>
    dialect.throughCharset(
      session,
      texts.map((text, n) => ({ text, charset: narrow[n]?.charset ?? '' })),
    );
  // The original texts are tried first, then those with composed letters. Each try is one query for all texts.
  const asIs = narrow.map(({ value }) => value);
  const back = await ask(asIs);
  const composed = asIs.map((text, n) => (back[n]?.text === text ? text : text.normalize('NFC')));
  const again = composed.every((text, n) => text === asIs[n]) ? back : await ask(composed);
  for (const [n, { index, charset }] of narrow.entries()) {
    fitted[index] = judge(composed[n] ?? '', again[n] ?? { text: '', bytes: 0 }, charset, replaceUnfit);
  }
  return fitted;
}

/** Fits a text into a latin1 column that really contains another charset. One byte is one character there. */
function asLatin1(given: string, charset: string, replaceUnfit: string | undefined): Fitted {
  const composed = findUnencodable(given, charset).length > 0 ? given.normalize('NFC') : given;
  const unfit = findUnencodable(composed, charset);
  if (unfit.length > 0 && replaceUnfit === undefined)
    return { value: composed, unfit: toUnencodable(charset, unfit) };
  const places = new Set(unfit.map(({ position }) => position));
  const text = Array.from(composed, (character, at) => (places.has(at + 1) ? replaceUnfit : character)).join(
    '',
  );
  const value = toLatin1(text, charset);
  return { value, bytes: value.length };
}

function judge(
  text: string,
  back: { text: string; bytes: number },
  charset: string,
  replaceUnfit?: string,
): Fitted {
  if (back.text === text) return { value: text, bytes: back.bytes };
  const held = Array.from(back.text);
  const given = Array.from(text);
  const unfit = given.flatMap((character, at) =>
    held[at] === character ? [] : [{ character, position: at + 1 }],
  );
  if (replaceUnfit === undefined) return { value: text, unfit: toUnencodable(charset, unfit) };
  const places = new Set(unfit.map(({ position }) => position));
  const value = given.map((character, at) => (places.has(at + 1) ? replaceUnfit : character)).join('');
  return { value, bytes: back.bytes + unfit.length * (Buffer.byteLength(replaceUnfit) - 1) };
}

function tooLong(value: SqlValue, bytes: number | undefined, shape: ColumnShape): Reason | undefined {
  if (value === null && !shape.nullable) return toReason('sql_must_have_value');
  if (typeof value !== 'string') return undefined;
  const length = Array.from(value).length;
  const { characters: most, bytes: mostBytes } = shape;
  if (most !== undefined && length > most)
    return toReason('sql_too_many_characters', { length, limit: most });
  if (mostBytes !== undefined && bytes !== undefined && bytes > mostBytes)
    return toReason('sql_too_many_bytes', {
      length: bytes,
      charset: shape.charset ?? 'utf8mb4',
      limit: mostBytes,
    });
  return undefined;
}

/** True if a text with `taken` more characters fits. Bytes are counted in UTF-8, which no charset in use exceeds. */
export function fitsWhole(text: string, { characters, bytes }: ColumnShape, taken: number): boolean {
  const room = (most: number | undefined, length: number) => most === undefined || length + taken <= most;
  return room(characters, Array.from(text).length) && room(bytes, Buffer.byteLength(text));
}

/** How many characters of a text a column takes. If bytes are limited, it assumes the worst case. */
export function roomOf({
  characters = Number.POSITIVE_INFINITY,
  bytes = Number.POSITIVE_INFINITY,
}: ColumnShape): number {
  return Math.min(characters, Math.floor(bytes / 4));
}

/**
 * Splits a text into numbered parts of at most `room` characters: `(1/3) …`. It prefers to split after a line end, a
 * full stop or a space in the last third. It never splits a character.
 */
export function splitText(text: string, room: number): string[] {
  if (Array.from(text).length <= room) return [text];
  const parts = cut(Array.from(text), room - '(99/99) '.length);
  return parts.map((part, n) => `(${n + 1}/${parts.length}) ${part}`);
}

function cut(characters: string[], room: number): string[] {
  if (room < 10) throw new ReasonError(toReason('sql_part_too_short'));
  const parts: string[] = [];
  for (let at = 0; at < characters.length; ) {
    let end = Math.min(at + room, characters.length);
    if (end < characters.length) {
      const least = at + Math.ceil((room * 2) / 3);
      const from = (sign: RegExp) => {
        for (let n = end; n > least; n--) if (sign.test(characters[n - 1] ?? '')) return n;
        return undefined;
      };
      end = from(/\n/) ?? from(/[.!?。]/) ?? from(/\s/) ?? end;
    }
    parts.push(characters.slice(at, end).join('').trim());
    at = end;
  }
  return parts.filter((part) => part !== '');
}
