import { ReasonError, toReason } from '../../../schemas/reason.ts';

/**
 * A time as boards write it: local, without an offset, in many spellings. All digits after the second are kept, so that
 * nothing is lost when the time is written back.
 */
interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Digits after the second, without the decimal point. */
  fraction: string;
  /** `Z` or `+09:00`, if the text has one. */
  offset: string;
}

const defaultPattern =
  /^(?<y>\d{4})[-./]?(?<M>\d{2})[-./]?(?<d>\d{2})(?:[T ]?(?<H>\d{2}):?(?<m>\d{2})(?::?(?<s>\d{2})(?:[.,]?(?<S>\d{1,9}))?)?)? ?(?<X>Z|[+-]\d{2}:?\d{2})?$/i;
/** The same with separators, for boards that omit leading zeros. */
const loosePattern =
  /^(?<y>\d{4})[-./] ?(?<M>\d{1,2})[-./] ?(?<d>\d{1,2})\.?(?:[T ] ?(?<H>\d{1,2}):(?<m>\d{1,2})(?::(?<s>\d{1,2})(?:[.,](?<S>\d{1,9}))?)?)? ?(?<X>Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Converts a board's date to RFC 3339 in the agency's zone. `undefined`: an empty text or a zero date. MySQL boards
 * write "none" as '0000-00-00 00:00:00'. Throws for any other text that is no date.
 */
export function toInstant(text: string, timeZone: string, pattern?: string): string | undefined {
  const trimmed = text.trim();
  if (/^[0\s\-:./T]*$/.test(trimmed)) return undefined;
  const expected = pattern ?? toReason('usual_times');
  const groups = pattern
    ? matchPattern(pattern, trimmed)
    : (defaultPattern.exec(trimmed) ?? loosePattern.exec(trimmed))?.groups;
  const local = groups && readGroups(groups);
  if (!local || !isRealDate(local))
    throw new ReasonError(toReason('not_a_date', { value: trimmed.slice(0, 40), expected }));
  const utc =
    utcOf(local) -
    (local.offset ? offsetMinutes(local.offset) : zoneMinutesAtLocal(local, timeZone)) * 60_000;
  const zone = zoneMinutes(utc, timeZone);
  const fraction = local.fraction && `.${local.fraction}`;
  return new Date(utc + zone * 60_000).toISOString().slice(0, 19) + fraction + writeOffset(zone);
}

/**
 * Writes an instant in the agency's zone in the board's format. The letters are yyyyMMddHHmmss, S for digits after the
 * second, and XXX for the offset.
 */
export function toBoardTime(instant: string, pattern: string, timeZone: string): string {
  const time = toInstant(instant, timeZone);
  if (time === undefined) throw new ReasonError(toReason('instant_empty'));
  const groups = defaultPattern.exec(time)?.groups ?? {};
  return pattern.replace(/y+|M+|d+|H+|m+|s+|S+|X+/g, (letters) => {
    const value = groups[letters.charAt(0)] ?? '';
    return /^S/.test(letters) ? value.padEnd(letters.length, '0').slice(0, letters.length) : value;
  });
}

/** Subtracts seconds and returns an instant in UTC, for the cursor. Rounds down to the millisecond. */
export function minusSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) - seconds * 1000).toISOString();
}

/** Matches piece by piece: digits, an offset, or a literal sign. Undefined: the text does not have this format. */
function matchPattern(pattern: string, text: string): Record<string, string> | undefined {
  const groups: Record<string, string> = {};
  let rest = text;
  for (const [piece] of pattern.matchAll(/y+|M+|d+|H+|m+|s+|S+|X+|./gs)) {
    const letter = piece.charAt(0);
    const isField = /[yMdHmsSX]/.test(letter);
    const found = isField ? readField(piece, rest) : rest.startsWith(piece) ? piece : undefined;
    if (found === undefined) return undefined;
    if (isField) groups[letter] = found;
    rest = rest.slice(found.length);
  }
  return rest === '' ? groups : undefined;
}

const offset = /^(?:Z|[+-]\d{2}:?\d{2})/;

/** A single letter stands for a number without a leading zero: `M` reads 9 and 11. */
function readField(piece: string, text: string): string | undefined {
  if (piece.startsWith('X')) return offset.exec(text)?.[0];
  if (/^[MdHms]$/.test(piece)) return /^\d{1,2}/.exec(text)?.[0];
  const digits = text.slice(0, piece.length);
  return digits.length === piece.length && /^\d+$/.test(digits) ? digits : undefined;
}

function readGroups(groups: Record<string, string | undefined>): LocalTime {
  const number = (letter: string, missing = 0) => Number(groups[letter] ?? missing);
  return {
    year: number('y'),
    month: number('M', 1),
    day: number('d', 1),
    hour: number('H'),
    minute: number('m'),
    second: number('s'),
    fraction: groups.S ?? '',
    offset: groups.X ?? '',
  };
}

function utcOf(t: LocalTime): number {
  return Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second);
}

/** Date.UTC turns 31 February into March, but for a board such a date is an error. */
function isRealDate(t: LocalTime): boolean {
  const date = new Date(utcOf(t));
  return (
    t.year >= 1900 &&
    date.getUTCMonth() === t.month - 1 &&
    date.getUTCDate() === t.day &&
    date.getUTCHours() === t.hour &&
    date.getUTCMinutes() === t.minute &&
    t.second <= 59 &&
    isRealOffset(t.offset)
  );
}

/** Time zones reach from -12:00 to +14:00. */
function isRealOffset(offset: string): boolean {
  const minutes = offset === '' ? 0 : offsetMinutes(offset);
  return minutes >= -12 * 60 && minutes <= 14 * 60 && (/^z?$/i.test(offset) || Number(offset.slice(-2)) < 60);
}

function offsetMinutes(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
}

function writeOffset(minutes: number): string {
  const digits = (n: number) => String(Math.trunc(n)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${digits(size / 60)}:${digits(size % 60)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The zone's offset at an instant, in minutes east of UTC. */
function zoneMinutes(utc: number, timeZone: string): number {
  const formatter =
    formatters.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formatters.set(timeZone, formatter);
  const name = formatter.formatToParts(utc).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 0 : offsetMinutes(name.slice(3));
}

/** The same for a local time. A first guess is corrected once, which is enough for changes to summer time. */
function zoneMinutesAtLocal(local: LocalTime, timeZone: string): number {
  const asUtc = utcOf(local);
  const guess = zoneMinutes(asUtc, timeZone);
  return zoneMinutes(asUtc - guess * 60_000, timeZone);
}
