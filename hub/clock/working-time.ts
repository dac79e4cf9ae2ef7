import { atMinute, type Calendar, type Day, toDay } from './calendar.ts';

/**
 * Office hours in minutes after midnight: 09:00–18:00 without the lunch hour, so that a day has the 8 hours of article
 * 19 (1) of the Act. Sources: Enforcement Decree of the Civil Complaints Treatment Act, article 8-3; State Public
 * Officials Service Regulations, article 9.
 */
const opens = 9 * 60;
const closes = 18 * 60;
const spells = [
  [opens, 12 * 60],
  [13 * 60, closes],
] as const;
export const hour = 60 * 60_000;
/** Far beyond every period. Only a calendar without a working day reaches it. */
const mostDays = 1000;

/** When the office closes on that working day. */
export function closingTime(day: Day): Date {
  return new Date(atMinute(day, closes));
}

/** The first day, from the instant on, with office hours left. */
export function firstOpenDay(instant: Date, calendar: Calendar): Day {
  const today = toDay(instant.getTime());
  const over = instant.getTime() >= atMinute(today, closes);
  return nextWorkingDay(over ? today + 1 : today, calendar);
}

/** The n-th working day from `day`, which is the first. */
export function nthWorkingDay(day: Day, n: number, calendar: Calendar): Day {
  let reached = nextWorkingDay(day, calendar);
  for (let count = 1; count < n; count += 1) reached = nextWorkingDay(reached + 1, calendar);
  return reached;
}

/** The instant at which `length` milliseconds of office hours have passed since `from`. */
export function addWorkingTime(from: Date, length: number, calendar: Calendar): Date {
  let left = length;
  const first = toDay(from.getTime());
  for (let day = first; day < first + mostDays; day += 1) {
    if (!calendar.isWorkingDay(day)) continue;
    for (const [start, end] of spells) {
      const begin = Math.max(atMinute(day, start), from.getTime());
      const room = atMinute(day, end) - begin;
      if (room >= left && room > 0) return new Date(begin + left);
      left -= Math.max(room, 0);
    }
  }
  throw new RangeError('the calendar has no working days');
}

/** The latest instant from which `length` milliseconds of office hours lead to `to`. */
export function subtractWorkingTime(to: Date, length: number, calendar: Calendar): Date {
  let left = length;
  const last = toDay(to.getTime());
  for (let day = last; day > last - mostDays; day -= 1) {
    if (!calendar.isWorkingDay(day)) continue;
    for (const [start, end] of spells.toReversed()) {
      const finish = Math.min(atMinute(day, end), to.getTime());
      const room = finish - atMinute(day, start);
      if (room >= left && room > 0) return new Date(finish - left);
      left -= Math.max(room, 0);
    }
  }
  throw new RangeError('the calendar has no working days');
}

function nextWorkingDay(from: Day, calendar: Calendar): Day {
  for (let day = from; day < from + mostDays; day += 1) if (calendar.isWorkingDay(day)) return day;
  throw new RangeError('the calendar has no working days');
}
