import * as presets from '@hyunbinseo/holidays-kr/all';

/** A day in Korea, counted from 1970-01-01. */
export type Day = number;

/** Days on which offices work, in Korea only: UTC+9 without summer time since 1988. */
export interface Calendar {
  isWorkingDay(day: Day): boolean;
  /** Whether the public holidays of the year are known. If not, only weekends are. */
  covers(year: number): boolean;
}

/** Changes by an administrator to the built-in holidays, with dates as `2026-12-31`. */
export interface CalendarChanges {
  /** More days off: temporary holidays are announced weeks ahead. */
  holidays?: string[];
  /** Working days that the built-in list counts as holidays. */
  workingDays?: string[];
}

const minute = 60_000;
const dayLength = 24 * 60 * minute;
const koreaOffset = 9 * 60 * minute;
const weekend = new Set([0, 6]);

/** Saturday or Sunday. 1970-01-01 was a Thursday. */
export const isWeekend = (day: Day): boolean => weekend.has((day + 4) % 7);

/** The day, in Korea, of an instant. */
export function toDay(instant: number): Day {
  return Math.floor((instant + koreaOffset) / dayLength);
}

/** The instant at `minutes` after midnight in Korea. */
export function atMinute(day: Day, minutes: number): number {
  return day * dayLength - koreaOffset + minutes * minute;
}

/**
 * Saturdays and Sundays, and the public holidays of the official almanac, with the administrator's changes. They come
 * from npm `@hyunbinseo/holidays-kr`, with substitute holidays and election days.
 */
export function createCalendar(changes: CalendarChanges = {}): Calendar {
  const builtIn = Object.values(presets).flatMap((preset) => Object.keys(preset));
  const named = [...builtIn, ...(changes.holidays ?? [])];
  const years = new Set(builtIn.map((date) => date.slice(0, 4)));
  const off = new Set(named.map(fromDate));
  const open = new Set((changes.workingDays ?? []).map(fromDate));
  return {
    isWorkingDay: (day) => open.has(day) || !(off.has(day) || isWeekend(day)),
    covers: (year) => years.has(String(year)) || isEntered(new Set(named), String(year)),
  };
}

/** Public holidays on a fixed date (Regulation on Holidays of Public Agencies, article 2). */
const fixedDays = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];

/**
 * The fewest other holidays of a year. New Year and Chuseok follow the lunar calendar and have three days each, which
 * may meet a fixed one.
 */
const fewestOthers = 4;

/** Whether all holidays of a year were entered. A temporary holiday alone says nothing about the others. */
function isEntered(dates: Set<string>, year: string): boolean {
  const days = [...dates].filter((date) => date.startsWith(`${year}-`));
  const isFixed = (date: string) => fixedDays.includes(date.slice(5));
  return days.filter(isFixed).length === fixedDays.length && days.length >= fixedDays.length + fewestOthers;
}

function fromDate(date: string): Day {
  return Date.parse(`${date}T00:00:00Z`) / dayLength;
}
