import * as presets from '@hyunbinseo/holidays-kr/all';
import { createCalendar, type Day, isWeekend } from './calendar.ts';
import type { ClockChanges } from './periods.ts';

/**
 * Why offices are closed on a day, or open where one would not think so.
 * - `built-in`: a public holiday of the official almanac
 * - `added`: a day off that an administrator added
 * - `opened`: a day that the almanac has as a holiday, and an administrator made a working day
 */
type DayMark = 'weekend' | 'built-in' | 'added' | 'opened';

/** A day of the calendar, as people read it. */
export interface NamedDay {
  /** `2026-12-25`. */
  date: string;
  working: boolean;
  /** Null: a working day like any other. */
  mark: DayMark | null;
  /** Names of the holiday. Null: it has none. */
  name: string | null;
}

const builtIn: Record<string, readonly string[]> = Object.assign({}, ...Object.values(presets));
const dayLength = 86_400_000;

export const toDate = (day: Day): string => new Date(day * dayLength).toISOString().slice(0, 10);

/** Says of each day from `first` to `last` whether offices work, and why not. */
export function nameDays(first: Day, last: Day, changes: ClockChanges = {}): NamedDay[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => nameDay(first + n, changes));
}

function nameDay(day: Day, { holidays = {}, workingDays = {} }: ClockChanges): NamedDay {
  const date = toDate(day);
  const known = builtIn[date]?.join(', ');
  const opened = workingDays[date];
  if (opened !== undefined) return { date, working: true, mark: 'opened', name: opened };
  const added = holidays[date];
  const names = [known, added].filter((name) => name !== undefined);
  if (names.length > 0)
    return { date, working: false, mark: known ? 'built-in' : 'added', name: names.join(', ') };
  return isWeekend(day)
    ? { date, working: false, mark: 'weekend', name: null }
    : { date, working: true, mark: null, name: null };
}

/** All days of a year, by month. */
export function nameYear(year: number, changes: ClockChanges = {}): NamedDay[][] {
  return Array.from({ length: 12 }, (_, month) => {
    const [first, next] = [month, month + 1].map((one) => Date.UTC(year, one, 1) / dayLength) as [Day, Day];
    return nameDays(first, next - 1, changes);
  });
}

/** Those of the years whose public holidays nobody has entered: only weekends are free in them. */
export function listUnknownYears(years: readonly number[], changes: ClockChanges = {}): number[] {
  const calendar = createCalendar({ holidays: Object.keys(changes.holidays ?? {}) });
  return years.filter((year) => !calendar.covers(year));
}
