import { type Reason, toReason } from '../../../schemas/reason.ts';
/** A day in Korea, such as `2026-11-20`. The product counts in these days, wherever a server or an agency is. */
export type LedgerDay = string;

const dayLength = 86_400_000;
/** Korea has kept UTC+9 without summer time since 1988. */
const offset = 9 * 3_600_000;

/** The day in Korea to which an instant belongs. */
export const toLedgerDay = (at: Date): LedgerDay =>
  new Date(at.getTime() + offset).toISOString().slice(0, 10);

/** The first instant of a day, and the first one after it. */
export function spanOf(day: LedgerDay): { from: Date; to: Date } {
  const from = new Date(`${day}T00:00:00+09:00`);
  return { from, to: new Date(from.getTime() + dayLength) };
}

/** The day that is `days` later, or earlier when negative. */
export const addDays = (day: LedgerDay, days: number): LedgerDay =>
  toLedgerDay(new Date(spanOf(day).from.getTime() + days * dayLength));

/** Days from the last to the first, both included. */
export function listDays(from: LedgerDay, to: LedgerDay): LedgerDay[] {
  const days: LedgerDay[] = [];
  for (let day = to; day >= from; day = addDays(day, -1)) days.push(day);
  return days;
}

/** The text, if it is a day of the calendar. */
export function findDay(text: string | undefined): LedgerDay | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const { from } = spanOf(text);
  return !Number.isNaN(from.getTime()) && toLedgerDay(from) === text ? text : undefined;
}

/** The most days in one request: each day is read from its rows. */
const mostDays = 31;

/** Why a range cannot be read, in English, with what would be right. Undefined: it can. */
export function findRangeProblem(from: LedgerDay, to: LedgerDay): Reason | undefined {
  if (from > to) return toReason('day_order', { from, to });
  return addDays(from, mostDays) <= to ? toReason('too_many_days', { n: mostDays }) : undefined;
}
