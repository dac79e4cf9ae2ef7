import { describe, expect, it } from 'vitest';
import { createClockRules, dueAt, nearBefore, nearUntil } from '../../../hub/clock/deadline.ts';
import type { ComplaintKind } from '../../../schemas/index.ts';

/** Times of Korea: `2026-02-13 10:00`. */
const seoul = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`);

// Counted by hand on the calendar of 2026: Lunar New Year 16–18 February (Monday to Wednesday), 1 and 2 March
// (Sunday, substitute), Chuseok 24–26 September (Thursday to Saturday), 3 and 5 October (Saturday, substitute), 9 October.
const cases: [ComplaintKind, string, string, string][] = [
  ['query', '2026-11-02 10:00', '2026-11-10 18:00', 'plain: Mon 2 is day 1, Tue 10 is day 7'],
  ['query', '2026-11-02 17:59', '2026-11-10 18:00', 'a minute before closing: the day still counts'],
  ['query', '2026-11-02 18:00', '2026-11-11 18:00', 'at closing: counts from Tue 3'],
  ['query', '2026-11-02 23:30', '2026-11-11 18:00', 'at night'],
  ['query', '2026-11-03 06:00', '2026-11-11 18:00', 'before opening (still the day before in UTC)'],
  ['query', '2026-11-07 11:00', '2026-11-17 18:00', 'Saturday: counts from Mon 9'],
  ['query', '2026-02-13 10:00', '2026-02-26 18:00', 'Lunar New Year: 13, 19, 20, 23, 24, 25, 26'],
  ['grievance', '2026-02-17 10:00', '2026-02-27 18:00', 'on Lunar New Year itself: 19, 20, 23 to 27'],
  ['query', '2026-02-25 09:00', '2026-03-06 18:00', 'substitute holiday 2 March: 25, 26, 27, 3, 4, 5, 6'],
  ['law_query', '2026-09-21 14:00', '2026-10-14 18:00', '21–23, 28–2, 6–8, 12–14: 3 + 5 + 3 + 3'],
  ['suggestion', '2026-11-02 10:00', '2026-11-19 18:00', '14 days: 2–6, 9–13, 16–19'],
  ['law_query', '2026-12-22 10:00', '2027-01-12 18:00', 'over Christmas and 1 January: 3 + 4 + 5 + 2'],
  ['other', '2026-11-02 09:00', '2026-11-02 12:00', 'three hours to lunch'],
  ['other', '2026-11-02 11:30', '2026-11-02 15:30', 'half an hour, lunch, two and a half'],
  ['other', '2026-11-02 12:20', '2026-11-02 16:00', 'in the lunch hour'],
  ['other', '2026-11-06 17:00', '2026-11-09 11:00', 'Friday afternoon into Monday'],
  ['other', '2026-11-06 19:00', '2026-11-09 12:00', 'Friday evening'],
  ['other', '2026-09-23 16:30', '2026-09-28 10:30', 'the eve of Chuseok'],
  ['other', '2026-11-02 15:00', '2026-11-02 18:00', 'ends at closing'],
];

describe('dueAt', () => {
  it.each(cases)('%s of %s is due %s (%s)', (kind, registered, due) => {
    expect(dueAt(kind, seoul(registered))).toEqual(seoul(due));
  });

  it('knows no period for statutory complaints, nor before the decree', () => {
    expect(dueAt('statutory', seoul('2026-11-02 10:00'))).toBeUndefined();
    expect(dueAt('query', seoul('2016-02-11 10:00'))).toBeUndefined();
  });

  it('takes a temporary holiday and an extra working day from the configuration', () => {
    const rules = createClockRules({
      holidays: { '2026-11-05': '임시공휴일' },
      workingDays: { '2026-11-07': '대체 근무일' },
    });
    // 2, 3, 4, 6, 7 (Saturday at work), 9, 10.
    expect(dueAt('query', seoul('2026-11-02 10:00'), rules)).toEqual(seoul('2026-11-10 18:00'));
    expect(dueAt('other', seoul('2026-11-04 17:00'), rules)).toEqual(seoul('2026-11-06 11:00'));
  });

  it('applies a new period to what is registered from its day on', () => {
    const rules = createClockRules({
      periods: [{ kind: 'query', days: 5, from: '2027-03-02', source: '시행령 제14조(개정)' }],
    });
    expect(dueAt('query', seoul('2026-11-02 10:00'), rules)).toEqual(seoul('2026-11-10 18:00'));
    // Five days are forty working hours: Tue 2 March 10:30 to Tue 9 March 10:30.
    expect(dueAt('query', seoul('2027-03-02 10:30'), rules)).toEqual(seoul('2027-03-09 10:30'));
  });

  it('counts on with weekends alone in years without known holidays', () => {
    expect(createClockRules().calendar.covers(2027)).toBe(true);
    expect(createClockRules().calendar.covers(2040)).toBe(false);
    // 2040-05-04 is a Friday; 5 May would be a holiday but is a Saturday: 4, 7–11, 14.
    expect(dueAt('query', seoul('2040-05-04 10:00'))).toEqual(seoul('2040-05-14 18:00'));
    const covers = (days: string[]) => {
      const holidays = Object.fromEntries(days.map((day) => [`2040-${day}`, '휴일']));
      return createClockRules({ holidays }).calendar.covers(2040);
    };
    expect(covers(['01-01']), 'one of them').toBe(false);
    expect(covers(['06-11']), 'a temporary one').toBe(false);
    const fixed = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];
    const lunar = ['02-11', '02-12', '02-13', '05-18', '09-20', '09-21', '09-22'];
    expect(covers(fixed), 'without those of the lunar calendar').toBe(false);
    expect(covers([...fixed, ...lunar])).toBe(true);
  });

  it('refuses a calendar without working days', () => {
    const calendar = { isWorkingDay: () => false, covers: () => true };
    const rules = { ...createClockRules(), calendar };
    expect(() => dueAt('query', seoul('2026-11-02 10:00'), rules)).toThrow(RangeError);
    expect(() => dueAt('other', seoul('2026-11-02 10:00'), rules)).toThrow(RangeError);
  });

  it('costs microseconds', () => {
    const at = seoul('2026-09-21 14:00');
    const started = performance.now();
    for (let i = 0; i < 10_000; i += 1) dueAt('law_query', at);
    expect((performance.now() - started) / 10_000).toBeLessThan(0.1);
  });
});

describe('nearBefore', () => {
  it.each([
    ['2026-11-10 18:00', '2026-11-02 10:00', '2026-11-10 09:00', 'the last day begins'],
    ['2026-02-19 10:30', '2026-02-10 10:30', '2026-02-13 10:30', 'over Lunar New Year'],
    ['2026-11-02 15:30', '2026-11-02 11:30', '2026-11-02 14:30', 'three hours: the last one'],
    ['2026-11-09 09:30', '2026-11-06 15:30', '2026-11-06 17:30', 'the last hour began on Friday'],
  ])('a deadline %s of %s is near from %s (%s)', (due, registered, near) => {
    expect(nearBefore(seoul(due), seoul(registered))).toEqual(seoul(near));
  });

  it('is the reverse of nearUntil', () => {
    for (const now of ['2026-11-10 09:00', '2026-02-13 10:30', '2026-11-06 14:00']) {
      expect(nearBefore(nearUntil(seoul(now)), seoul('2026-01-05 09:00'))).toEqual(seoul(now));
    }
  });
});
