import { atMinute, type Calendar, type Day, toDay } from '../../clock/calendar.ts';
import type { RequestKind } from './request.ts';

/** Within how many days a person has to be answered. */
export interface AnswerPeriod {
  days: number;
  /** The day from which it holds. */
  from: string;
  /** The source, by what is asked. */
  source: Record<RequestKind, string>;
}

/**
 * Ten days (시행령, article 41, paragraph 4 for seeing; article 43, paragraph 3 for correcting and deleting; article 44, paragraph 2 for
 * stopping). The newest that has begun holds.
 */
export const answerPeriods: readonly AnswerPeriod[] = [
  {
    days: 10,
    from: '2011-09-30',
    source: {
      access: '개인정보 보호법 시행령 제41조 제4항',
      correct: '개인정보 보호법 시행령 제43조 제3항',
      delete: '개인정보 보호법 시행령 제43조 제3항',
      stop: '개인정보 보호법 시행령 제44조 제2항',
    },
  },
];

const dayLength = 86_400_000;
const toNumber = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / dayLength;

export function findAnswerPeriod(receivedAt: Date, periods = answerPeriods): AnswerPeriod {
  const day = toDay(receivedAt.getTime());
  const begun = periods.filter(({ from }) => toNumber(from) <= day);
  const newest = begun.sort((a, b) => toNumber(a.from) - toNumber(b.from)).at(-1);
  if (!newest) throw new RangeError(`no period for answers to subjects holds on ${receivedAt.toISOString()}`);
  return newest;
}

/** The last minute of a day in Korea, to the second. */
const endOf = (day: Day): Date => new Date(atMinute(day + 1, 0) - 1_000);

/**
 * The end of the last day on which the person has to be told. Every day counts, and the day of receipt does not (민법, article 157). If the
 * last one is a Saturday or a public holiday, the next working day is the last (민법, article 161).
 */
export function toAnswerDue(receivedAt: Date, calendar: Pick<Calendar, 'isWorkingDay'>): Date {
  const { days } = findAnswerPeriod(receivedAt);
  let last = toDay(receivedAt.getTime()) + days;
  while (!calendar.isWorkingDay(last)) last += 1;
  return endOf(last);
}

/** The end of a day as typed: `2026-12-31`. Undefined: there is no such day. */
export function endOfTyped(date: string): Date | undefined {
  if (!/^20\d\d-\d\d-\d\d$/.test(date)) return undefined;
  const day = toNumber(date);
  return Number.isNaN(day) || new Date(day * dayLength).toISOString().slice(0, 10) !== date
    ? undefined
    : endOf(day);
}

/** Three days before its end a request is due soon. */
const soon = 3 * dayLength;

export type Urgency = 'late' | 'soon' | 'open';

export const toUrgency = (dueAt: Date, now: Date): Urgency => {
  if (dueAt < now) return 'late';
  return dueAt.getTime() - now.getTime() < soon ? 'soon' : 'open';
};
