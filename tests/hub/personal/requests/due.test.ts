import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../../hub/clock/calendar.ts';
import {
  answerPeriods,
  endOfTyped,
  findAnswerPeriod,
  toAnswerDue,
  toUrgency,
} from '../../../../hub/personal/requests/due.ts';
import { grounds, listGrounds } from '../../../../hub/personal/requests/grounds.ts';

const calendar = createCalendar();
const seoul = (text: string) => new Date(`${text}+09:00`);

describe('ten days from the day after receipt, to the end of the last day', () => {
  it.each([
    // 1 December 2026 is a Tuesday. The eleventh is a Friday.
    ['a working day', '2026-12-01T09:00:00', '2026-12-11T23:59:59'],
    ['the hour does not count', '2026-12-01T23:59:59', '2026-12-11T23:59:59'],
    // The twelfth is a Saturday, so Monday the fourteenth.
    ['a Saturday', '2026-12-02T00:00:00', '2026-12-14T23:59:59'],
    ['a Sunday', '2026-12-03T12:00:00', '2026-12-14T23:59:59'],
    // Christmas 2026 is a Friday: Monday the twenty-eighth.
    ['Christmas before a weekend', '2026-12-15T12:00:00', '2026-12-28T23:59:59'],
    // 15:30 of the first in Greenwich is the second in Korea.
    ['the day is that of Korea', '2026-12-02T00:30:00', '2026-12-14T23:59:59'],
  ])('%s', (_name, received, due) => {
    expect(toAnswerDue(seoul(received), calendar)).toEqual(seoul(due));
  });

  it('holidays in between count', () => {
    // Chuseok 2026 is 24 to 26 September; received on the 21st, a Monday, it is due on Thursday, 1 October.
    expect(toAnswerDue(seoul('2026-09-21T10:00:00'), calendar)).toEqual(seoul('2026-10-01T23:59:59'));
  });

  it('each kind has its article', () => {
    const { source } = findAnswerPeriod(seoul('2026-12-01T09:00:00'));
    expect(source).toEqual({
      access: '개인정보 보호법 시행령 제41조 제4항',
      correct: '개인정보 보호법 시행령 제43조 제3항',
      delete: '개인정보 보호법 시행령 제43조 제3항',
      stop: '개인정보 보호법 시행령 제44조 제2항',
    });
  });

  it('another period holds from its day on', () => {
    const later = { ...answerPeriods[0], days: 5, from: '2027-01-01' } as (typeof answerPeriods)[number];
    const both = [later, ...answerPeriods];
    expect(findAnswerPeriod(seoul('2026-12-31T23:59:59'), both).days).toBe(10);
    expect(findAnswerPeriod(seoul('2027-01-01T00:00:00'), both).days).toBe(5);
  });
});

it('a day as it is typed ends at midnight in Korea', () => {
  expect(endOfTyped('2026-12-31')).toEqual(seoul('2026-12-31T23:59:59'));
  for (const wrong of ['2026-02-30', '26-12-31', '2026-12-31 10:00', '내일'])
    expect(endOfTyped(wrong)).toBeUndefined();
});

it('three days before it a request is due soon', () => {
  const due = seoul('2026-12-11T23:59:59');
  expect(toUrgency(due, seoul('2026-12-08T23:59:58'))).toBe('open');
  expect(toUrgency(due, seoul('2026-12-09T00:00:00'))).toBe('soon');
  expect(toUrgency(due, seoul('2026-12-12T00:00:00'))).toBe('late');
});

it('a ground holds for its kind, from its day on and until its last', () => {
  const codes = (day: string, kind: 'access' | 'delete') =>
    listGrounds(kind, seoul(day)).map(({ code }) => code);
  expect(codes('2026-12-01T00:00:00', 'access')).toEqual(['access_law', 'access_others', 'access_duty']);
  expect(codes('2023-09-14T23:00:00', 'access')).toEqual([]);
  const ended = grounds.map((one) => ({ ...one, until: '2026-12-31' }));
  expect(listGrounds('delete', seoul('2026-12-31T23:00:00'), ended)).toHaveLength(3);
  expect(listGrounds('delete', seoul('2027-01-01T00:00:00'), ended)).toEqual([]);
  expect(new Set(grounds.map(({ code }) => code)).size).toBe(grounds.length);
});
