import type { Agency, ComplaintKind, OfficeHours, StatutoryItem } from '../../schemas/index.ts';
import { createCalendar, toDay } from './calendar.ts';
import { createOffice, type Office } from './office-hours.ts';
import { type ClockChanges, type Period, statutoryPeriods } from './periods.ts';
import {
  addWorkingTime,
  closingTime,
  firstOpenDay,
  hour,
  nthDay,
  subtractWorkingTime,
} from './working-time.ts';

/** The rules of deadlines: when the office works, and the periods. The configuration in force may change both. */
export interface ClockRules extends Office {
  periods: readonly Period[];
}

/** The statute and the built-in holidays, with the changes of the configuration and the office hours of an agency. */
export function createClockRules(changes: ClockChanges = {}, hours?: OfficeHours): ClockRules {
  const calendar = createCalendar({
    holidays: Object.keys(changes.holidays ?? {}),
    workingDays: Object.keys(changes.workingDays ?? {}),
  });
  return { ...createOffice(calendar, hours), periods: [...statutoryPeriods, ...(changes.periods ?? [])] };
}

type ClockOwner = Pick<Agency, 'clock' | 'statutory'>;

/** The same rules with the office hours of an agency and the periods of its statutory complaints. */
export function ofAgency(rules: ClockRules, { clock, statutory }: ClockOwner = {}): ClockRules {
  const office = clock?.hours && createOffice(rules.calendar, clock.hours);
  const periods = statutory && [...rules.periods, ...statutory.map(toPeriod)];
  return office || periods ? { ...rules, ...office, ...(periods && { periods }) } : rules;
}

function toPeriod(item: StatutoryItem): Period {
  const common = { kind: 'statutory', item: item.name, from: item.from, source: item.law } as const;
  return 'days' in item ? { ...common, days: item.days } : { ...common, hours: item.hours };
}

const statutoryRules = createClockRules();

export const hoursOfDay = 8;
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
  if ('hours' in period || isInHours(period)) return addWorkingTime(registeredAt, hours * hour, rules);
  const first = firstOpenDay(registeredAt, rules);
  return closingTime(nthDay(first, period.days, rules.calendar.isWorkingDay), rules);
}

/**
 * From when a deadline counts as near, so that the officer is warned: 8 working hours before it. If the whole period is
 * not longer than that: one working hour.
 */
export function nearBefore(due: Date, registeredAt: Date, rules: ClockRules = statutoryRules): Date {
  const dayBefore = subtractWorkingTime(due, dayOfWork, rules);
  return dayBefore > registeredAt ? dayBefore : subtractWorkingTime(due, hour, rules);
}

/** The latest deadline that is near at `now`. Complaints due later need no look. */
export function nearUntil(now: Date, rules: ClockRules = statutoryRules): Date {
  return addWorkingTime(now, dayOfWork, rules);
}

/** Whether the period is counted in working hours. Longer ones are counted in days. */
export const isInHours = (period: Period): boolean => 'hours' in period || period.days <= mostDaysInHours;

/**
 * The period that applies to a complaint registered at that time: the newest of its kind, and of its statutory item,
 * that has begun.
 */
export function findPeriod(
  kind: ComplaintKind,
  at: Date,
  periods: readonly Period[],
  item?: string,
): Period | undefined {
  const day = toDay(at.getTime());
  let found: Period | undefined;
  for (const period of periods) {
    const inForce = period.kind === kind && period.item === item && startOf(period) <= day;
    if (inForce && (!found || startOf(period) >= startOf(found))) found = period;
  }
  return found;
}

function startOf(period: Period): number {
  return Date.parse(`${period.from}T00:00:00Z`) / 86_400_000;
}
