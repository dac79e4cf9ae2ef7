import type { ComplaintKind } from '../../schemas/index.ts';
import { type Calendar, createCalendar, toDay } from './calendar.ts';
import { type ClockChanges, type Period, statutoryPeriods } from './periods.ts';
import {
  addWorkingTime,
  closingTime,
  firstOpenDay,
  hour,
  nthWorkingDay,
  subtractWorkingTime,
} from './working-time.ts';

/** The rules of deadlines. The configuration in force may change both. */
export interface ClockRules {
  calendar: Calendar;
  periods: readonly Period[];
}

/** The statute and the built-in holidays, with the changes of the configuration. */
export function createClockRules(changes: ClockChanges = {}): ClockRules {
  const calendar = createCalendar({
    holidays: Object.keys(changes.holidays ?? {}),
    workingDays: Object.keys(changes.workingDays ?? {}),
  });
  return { calendar, periods: [...statutoryPeriods, ...(changes.periods ?? [])] };
}

const statutoryRules = createClockRules();

const hoursOfDay = 8;
/** The longest period in days that is counted in working hours (Act, article 19 (1)). */
const mostDaysInHours = 5;
const dayOfWork = hoursOfDay * hour;

/**
 * The legal deadline of an answer. Undefined: no period applies.
 *
 * Periods of up to 5 days are counted in working hours from the moment of registration (Civil Complaints Treatment Act,
 * article 19 (1)). Longer periods are counted in days: the first day counts, Saturdays and public holidays do not. They
 * end when the office closes on the last day (article 19 (2)). A complaint from outside office hours counts from the
 * next opening: the agency only has to register it within 8 working hours (Decree, article 6). Hours and days are
 * Korean.
 */
export function dueAt(
  kind: ComplaintKind,
  registeredAt: Date,
  rules: ClockRules = statutoryRules,
): Date | undefined {
  const period = findPeriod(kind, registeredAt, rules.periods);
  if (!period) return undefined;
  const hours = 'hours' in period ? period.hours : period.days * hoursOfDay;
  if ('hours' in period || isInHours(period))
    return addWorkingTime(registeredAt, hours * hour, rules.calendar);
  const first = firstOpenDay(registeredAt, rules.calendar);
  return closingTime(nthWorkingDay(first, period.days, rules.calendar));
}

/**
 * From when a deadline counts as near, so that the officer is warned: 8 working hours before it. If the whole period is
 * not longer than that: one working hour.
 */
export function nearBefore(due: Date, registeredAt: Date, rules: ClockRules = statutoryRules): Date {
  const dayBefore = subtractWorkingTime(due, dayOfWork, rules.calendar);
  return dayBefore > registeredAt ? dayBefore : subtractWorkingTime(due, hour, rules.calendar);
}

/** The latest deadline that is near at `now`. Complaints due later need no look. */
export function nearUntil(now: Date, rules: ClockRules = statutoryRules): Date {
  return addWorkingTime(now, dayOfWork, rules.calendar);
}

/** Whether the period is counted in working hours. Longer ones are counted in days. */
export const isInHours = (period: Period): boolean => 'hours' in period || period.days <= mostDaysInHours;

/** The period that applies to a complaint registered at that time: the newest of its kind that has begun. */
export function findPeriod(kind: ComplaintKind, at: Date, periods: readonly Period[]): Period | undefined {
  const day = toDay(at.getTime());
  let found: Period | undefined;
  for (const period of periods) {
    const inForce = period.kind === kind && startOf(period) <= day;
    if (inForce && (!found || startOf(period) >= startOf(found))) found = period;
  }
  return found;
}

function startOf(period: Period): number {
  return Date.parse(`${period.from}T00:00:00Z`) / 86_400_000;
}
