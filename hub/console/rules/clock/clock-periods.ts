import { Type } from 'typebox';
import { compile, complaintKinds } from '../../../../schemas/index.ts';
import { findPeriod } from '../../../clock/deadline.ts';
import { ClockChanges, type Period, statutoryPeriods } from '../../../clock/periods.ts';
import type { FieldProblem } from '../../../web/form-problems.ts';
import type { Typed } from '../../../web/forms.ts';

/** A period as the page lists it. */
export interface PeriodRow {
  kind: Period['kind'];
  days: number | null;
  hours: number | null;
  from: string;
  source: string;
  /** `now`: it applies today. `coming`: it has not begun. `past`: a newer one applies. */
  state: 'now' | 'coming' | 'past';
  /** Its place in the document. Null: it is built in, and cannot be removed. */
  at: number | null;
}

/** The periods of all kinds, newest first within a kind. */
export function toPeriodRows({ periods = [] }: ClockChanges, now: Date): PeriodRow[] {
  const all = [...statutoryPeriods, ...periods];
  const rows = all.map((period, index) => ({
    kind: period.kind,
    days: 'days' in period ? period.days : null,
    hours: 'hours' in period ? period.hours : null,
    from: period.from,
    source: period.source,
    state: stateOf(period, all, now),
    at: index < statutoryPeriods.length ? null : index - statutoryPeriods.length,
  }));
  const place = ({ kind }: PeriodRow) => complaintKinds.indexOf(kind);
  return rows.sort((a, b) => place(a) - place(b) || (a.from < b.from ? 1 : -1));
}

function stateOf(period: Period, all: Period[], now: Date): PeriodRow['state'] {
  if (findPeriod(period.kind, now, all) === period) return 'now';
  return Date.parse(`${period.from}T00:00:00+09:00`) > now.getTime() ? 'coming' : 'past';
}

const check = compile(ClockChanges);
const checkDate = compile(Type.String({ format: 'date' }));

/** Whether the text is a day of the calendar, such as `2026-12-31`. */
export const isDate = (text: string | undefined): boolean => checkDate(text).ok;

/** The period that a form describes, with its problems by field. */
export function toPeriod({ kind, amount, unit, from, source }: Typed): {
  period: Period | undefined;
  problems: Record<string, FieldProblem>;
} {
  const length = unit === 'hours' ? { hours: Number(amount) } : { days: Number(amount) };
  const period = { kind, ...length, from, source };
  const checked = check({ periods: [period] });
  if (checked.ok) return { period: checked.value.periods?.[0], problems: {} };
  const most = unit === 'hours' ? 40 : 365;
  const isLength = Number.isInteger(Number(amount)) && Number(amount) >= 1 && Number(amount) <= most;
  const problems: Record<string, FieldProblem> = {
    ...(!isLength && { amount: 'problem.period_length' }),
    ...(!isDate(from) && { from: 'problem.no_date' }),
    ...(!source && { source: 'problem.required' }),
  };
  // The checks above know every field; what they miss is told by the first field.
  return {
    period: undefined,
    problems: Object.keys(problems).length > 0 ? problems : { kind: 'problem.required' },
  };
}
