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

/** What deadlines are reckoned with; the configuration in force may change both. */
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
/** Longest period in days that is counted in working hours (Act, article 19 (1)). */
const mostDaysInHours = 5;
const dayOfWork = hoursOfDay * hour;

/**
 * Until when the law wants an answer; undefined where no period applies.
 *
 * Periods of up to 5 days are counted in working hours from the moment of registration (Civil Complaints Treatment
 * Act, article 19 (1)); longer ones in days, the first included, Saturdays and public holidays not, and end when
 * the office of the last day closes (article 19 (2)). What comes in outside office hours counts from the next
 * opening: the agency has to register it within 8 working hours only (Decree, article 6). Hours and days of Korea.
 */
export function dueAt(
  kind: ComplaintKind,
  registeredAt: Date,
  rules: ClockRules = statutoryRules,
): Date | undefined {
  const period = findPeriod(kind, registeredAt, rules.periods);
  if (!period) return undefined;
  const hours = 'hours' in period ? period.hours : period.days * hoursOfDay;
  if ('hours' in period || period.days <= mostDaysInHours)
    return addWorkingTime(registeredAt, hours * hour, rules.calendar);
  const first = firstOpenDay(registeredAt, rules.calendar);
  return closingTime(nthWorkingDay(first, period.days, rules.calendar));
}

/**
 * From when a deadline is near, so that the officer is warned: 8 working hours before it, or one where the whole
 * period is not longer than that.
 */
export function nearBefore(due: Date, registeredAt: Date, rules: ClockRules = statutoryRules): Date {
  const dayBefore = subtractWorkingTime(due, dayOfWork, rules.calendar);
  return dayBefore > registeredAt ? dayBefore : subtractWorkingTime(due, hour, rules.calendar);
}

/** The latest deadline that is near at `now`: what is due later need not be looked at. */
export function nearUntil(now: Date, rules: ClockRules = statutoryRules): Date {
  return addWorkingTime(now, dayOfWork, rules.calendar);
}

function findPeriod(kind: ComplaintKind, at: Date, periods: readonly Period[]): Period | undefined {
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
