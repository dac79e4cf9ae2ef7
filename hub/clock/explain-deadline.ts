import type { ComplaintKind } from '../../schemas/index.ts';
import { type Day, toDay } from './calendar.ts';
import { createClockRules, dueAt, findPeriod, isInHours } from './deadline.ts';
import { listUnknownYears, type NamedDay, nameDays, toDate } from './named-days.ts';
import type { ClockChanges, Period } from './periods.ts';
import { firstOpenDay } from './working-time.ts';

/** When a complaint would be due, and how that is counted. */
export interface ExplainedDeadline {
  due: Date;
  period: Period;
  /** Whether working hours are counted, or days of which the first counts. */
  inHours: boolean;
  /** The first day that counts: the day of registration, or the next on which the office opens. */
  first: string;
  last: string;
  /** Working days from the first to the last, both included. */
  workingDays: number;
  /** The days in between that do not count. */
  left: NamedDay[];
  /** Years that the counting touches and whose public holidays are not known. */
  unknownYears: number[];
}

/** Explains the deadline that `dueAt` gives. Undefined: no period applies to this kind at that time. */
export function explainDeadline(
  kind: ComplaintKind,
  registeredAt: Date,
  changes: ClockChanges = {},
): ExplainedDeadline | undefined {
  const rules = createClockRules(changes);
  const period = findPeriod(kind, registeredAt, rules.periods);
  const due = dueAt(kind, registeredAt, rules);
  if (!period || !due) return undefined;
  const registered = toDay(registeredAt.getTime());
  const [first, last] = [firstOpenDay(registeredAt, rules), toDay(due.getTime())];
  const days = nameDays(registered, last, changes);
  return {
    due,
    period,
    inHours: isInHours(period),
    first: toDate(first),
    last: toDate(last),
    workingDays: days.filter(({ date, working }) => working && date >= toDate(first)).length,
    left: days.filter(({ working }) => !working),
    unknownYears: listUnknownYears([...new Set([registered, last].map(yearOf))], changes),
  };
}

const yearOf = (day: Day): number => Number(toDate(day).slice(0, 4));
