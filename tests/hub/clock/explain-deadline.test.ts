import { describe, expect, it } from 'vitest';
import { explainDeadline } from '../../../hub/clock/explain-deadline.ts';
import { listUnknownYears, nameYear } from '../../../hub/clock/named-days.ts';

const dates = (left: { date: string; name: string | null }[]) => left.map(({ date, name }) => [date, name]);

describe('explainDeadline', () => {
  it('names each day that does not count, and why', () => {
    // Wednesday 2026-09-23, seven days: 23, 28, 29, 30 September, 1, 2 and 6 October. Chuseok 24 to 26, 3 October's
    // substitute on the 5th.
    const explained = explainDeadline('query', new Date('2026-09-23T10:00:00+09:00'));
    expect(explained).toMatchObject({
      due: new Date('2026-10-06T18:00:00+09:00'),
      inHours: false,
      first: '2026-09-23',
      last: '2026-10-06',
      workingDays: 7,
      period: { days: 7, source: 'Decree, article 14' },
      unknownYears: [],
    });
    expect(dates(explained?.left ?? [])).toEqual([
      ['2026-09-24', '추석 전날'],
      ['2026-09-25', '추석'],
      ['2026-09-26', '추석 다음 날'],
      ['2026-09-27', null],
      ['2026-10-03', '개천절'],
      ['2026-10-04', null],
      ['2026-10-05', '대체공휴일(개천절)'],
    ]);
  });

  it('begins at the next opening where the office was closed', () => {
    // Friday 2026-11-20, 19:00; three working hours from Monday 09:00.
    const explained = explainDeadline('other', new Date('2026-11-20T19:00:00+09:00'));
    expect(explained).toMatchObject({
      due: new Date('2026-11-23T12:00:00+09:00'),
      inHours: true,
      first: '2026-11-23',
      last: '2026-11-23',
      workingDays: 1,
    });
    expect(dates(explained?.left ?? [])).toEqual([
      ['2026-11-21', null],
      ['2026-11-22', null],
    ]);
  });

  it('follows the changes of the administrator, from their day on', () => {
    const changes = {
      holidays: { '2026-11-24': '임시공휴일' },
      periods: [{ kind: 'other' as const, hours: 8, from: '2026-11-23', source: '규정 제5조' }],
    };
    const before = explainDeadline('other', new Date('2026-11-20T10:00:00+09:00'), changes);
    expect(before).toMatchObject({ period: { hours: 3 }, due: new Date('2026-11-20T14:00:00+09:00') });
    const after = explainDeadline('other', new Date('2026-11-23T14:00:00+09:00'), changes);
    // Four hours on Monday, Tuesday is free, four hours on Wednesday.
    expect(after).toMatchObject({ period: { hours: 8 }, due: new Date('2026-11-25T14:00:00+09:00') });
    expect(after?.left).toEqual([{ date: '2026-11-24', working: false, mark: 'added', name: '임시공휴일' }]);
  });

  it('says which years it does not know, and that a kind has no period', () => {
    expect(explainDeadline('law_query', new Date('2027-12-27T10:00:00+09:00'))?.unknownYears).toEqual([2028]);
    expect(explainDeadline('statutory', new Date('2026-11-20T10:00:00+09:00'))).toBeUndefined();
  });
});

describe('the calendar of a year', () => {
  it('has every day once, with what was changed', () => {
    const year = nameYear(2028, {
      holidays: { '2028-05-02': '임시공휴일' },
      workingDays: { '2028-01-08': '대체 근무일' },
    });
    expect(year.map((month) => month.length)).toEqual([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    const find = (date: string) => year.flat().find((day) => day.date === date);
    expect(find('2028-05-02')).toMatchObject({ working: false, mark: 'added', name: '임시공휴일' });
    expect(find('2028-01-08')).toMatchObject({ working: true, mark: 'opened' });
    expect(find('2028-01-09')).toMatchObject({ working: false, mark: 'weekend' });
    expect(find('2028-01-10')).toMatchObject({ working: true, mark: null });
  });

  it('knows the years of the almanac, and no others until they are entered', () => {
    expect(listUnknownYears([2026, 2027, 2028])).toEqual([2028]);
    expect(listUnknownYears([2028], { holidays: { '2028-05-02': '임시공휴일' } })).toEqual([2028]);
  });
});
