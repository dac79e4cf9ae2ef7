import { type ComplaintKind, complaintKinds } from '../../../schemas/index.ts';
import { toReadingAgency } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { type Grouping, groupings, type ProcessFilter } from '../../insight/process/read-process.ts';
import type { Typed } from '../../web/forms.ts';

/** What the process view was asked for. */
export interface ProcessAsked {
  filter: ProcessFilter;
  by: Grouping;
  /** Keys of texts, beside the fields that they are about. */
  problems: Partial<Record<'from' | 'to', string>>;
}

const monthShape = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const mostMonths = 36;
/** Without a choice: the last twelve months. */
const usualMonths = 12;

const toNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const toMonth = (number: number) =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
/** Korea has kept UTC+9 without summer time since 1988. */
const thisMonth = (now: Date) => new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(0, 7);

/** Reads the filters. An officer's agency is always his own. */
export function toProcessAsked(asked: Typed, user: User, now: Date): ProcessAsked {
  const own = toReadingAgency(user);
  const to = asked.to ?? thisMonth(now);
  const last = monthShape.test(to) ? to : thisMonth(now);
  const from = asked.from ?? toMonth(toNumber(last) - usualMonths + 1);
  const agency = own ?? asked.agency;
  const kind = complaintKinds.find((one): one is ComplaintKind => one === asked.kind);
  return {
    filter: { from, to, ...(agency !== undefined && { agency }), ...(kind && { kind }) },
    by: groupings.find((one) => one === asked.by) ?? 'month',
    problems: findProblems(from, to),
  };
}

function findProblems(from: string, to: string): ProcessAsked['problems'] {
  const shape = {
    ...(!monthShape.test(from) && { from: 'process.month_shape' }),
    ...(!monthShape.test(to) && { to: 'process.month_shape' }),
  };
  if (Object.keys(shape).length > 0) return shape;
  const months = toNumber(to) - toNumber(from) + 1;
  if (months < 1) return { from: 'process.month_order' };
  return months > mostMonths ? { from: 'process.month_many' } : {};
}

/** The filters as the query of an address. */
export function toProcessQuery(
  { agency, kind, from, to }: ProcessFilter,
  more: Record<string, string> = {},
): string {
  const words = { ...(agency && { agency }), ...(kind && { kind }), from, to, ...more };
  return `${new URLSearchParams(words)}`;
}
