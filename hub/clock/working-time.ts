import { atMinute, type Calendar, type Day, toDay } from './calendar.ts';
import type { Office } from './office-hours.ts';

export const hour = 60 * 60_000;
/** Far beyond every period. Only a calendar without a working day reaches it. */
const mostDays = 4000;

/** A stretch of time in milliseconds since 1970, without its end. */
export type Stretch = readonly [start: number, end: number];

/** When the office closes on that working day. */
export function closingTime(day: Day, { closes }: Office): Date {
  return new Date(atMinute(day, closes));
}

/** The first day, from the instant on, with office hours left. */
export function firstOpenDay(instant: Date, office: Office): Day {
  const today = toDay(instant.getTime());
  const over = instant >= closingTime(today, office);
  return nextWorkingDay(over ? today + 1 : today, office.calendar);
}

/** The n-th of the days that count, from `day` on, which may be the first. */
export function nthDay(day: Day, n: number, counts: (day: Day) => boolean): Day {
  let left = n;
  for (let reached = day; reached < day + mostDays; reached += 1) {
    if (counts(reached)) left -= 1;
    if (left === 0) return reached;
  }
  throw new RangeError('the calendar has no working days');
}

/** The instant at which `length` milliseconds of office hours outside `uncounted` have passed since `from`. */
export function addWorkingTime(
  from: Date,
  length: number,
  office: Office,
  uncounted: readonly Stretch[] = [],
): Date {
  let left = length;
  const first = toDay(from.getTime());
  for (let day = first; day < first + mostDays; day += 1)
    for (const [start, end] of countedOn(day, office, uncounted)) {
      const begin = Math.max(start, from.getTime());
      const room = end - begin;
      if (room >= left && room > 0) return new Date(begin + left);
      left -= Math.max(room, 0);
    }
  throw new RangeError('the calendar has no working days');
}

/** The latest instant from which `length` milliseconds of office hours lead to `to`. */
export function subtractWorkingTime(to: Date, length: number, office: Office): Date {
  let left = length;
  const last = toDay(to.getTime());
  for (let day = last; day > last - mostDays; day -= 1)
    for (const [start, end] of countedOn(day, office).toReversed()) {
      const finish = Math.min(end, to.getTime());
      const room = finish - start;
      if (room >= left && room > 0) return new Date(finish - left);
      left -= Math.max(room, 0);
    }
  throw new RangeError('the calendar has no working days');
}

/** Milliseconds of office hours between two instants, outside `uncounted`. 0: `to` is not after `from`. */
export function workingTimeBetween(
  from: Date,
  to: Date,
  office: Office,
  uncounted: readonly Stretch[] = [],
): number {
  let sum = 0;
  for (let day = toDay(from.getTime()); day <= toDay(to.getTime()); day += 1)
    for (const [start, end] of countedOn(day, office, uncounted))
      sum += Math.max(0, Math.min(end, to.getTime()) - Math.max(start, from.getTime()));
  return sum;
}

/** The office hours of a day, in order, without what does not count. */
function countedOn(day: Day, { calendar, spells }: Office, uncounted: readonly Stretch[] = []): Stretch[] {
  if (!calendar.isWorkingDay(day)) return [];
  const open: Stretch[] = spells.map(([start, end]) => [atMinute(day, start), atMinute(day, end)]);
  return uncounted.reduce((left, out) => left.flatMap((spell) => without(spell, out)), open);
}

function without([start, end]: Stretch, [from, to]: Stretch): Stretch[] {
  const left: Stretch[] = [
    [start, Math.min(end, from)],
    [Math.max(start, to), end],
  ];
  return from >= end || to <= start ? [[start, end]] : left.filter(([a, b]) => a < b);
}

function nextWorkingDay(from: Day, calendar: Calendar): Day {
  return nthDay(from, 1, calendar.isWorkingDay);
}
