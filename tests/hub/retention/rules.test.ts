import { describe, expect, it } from 'vitest';
import { listSpans, toCutoff, toPlannedAt } from '../../../hub/retention/rules.ts';

describe('the end of a retention period, counted from 1 January after completion (시행령 제26조)', () => {
  it.each([
    // Completed on 31 December 2022, kept for 3 years: 2023, 2024, 2025. It may go from 1 January 2026 on.
    [3, '2025-12-31T23:59:59+09:00', '2022-01-01T00:00:00+09:00'],
    [3, '2026-01-01T00:00:00+09:00', '2023-01-01T00:00:00+09:00'],
    [1, '2026-11-30T12:00:00+09:00', '2025-01-01T00:00:00+09:00'],
    [10, '2026-06-01T00:00:00+09:00', '2016-01-01T00:00:00+09:00'],
    // In UTC it is still the old year.
    [1, '2025-12-31T15:00:00Z', '2025-01-01T00:00:00+09:00'],
  ])('%i years, looked at on %s: what was completed before %s', (years, now, cutoff) => {
    expect(toCutoff(years, new Date(now))).toEqual(new Date(cutoff));
  });
});

describe('when an announced destruction is carried out: Monday, 02:00, after a week', () => {
  it.each([
    // Tuesday; a week later is Tuesday 8 December, and the Monday after it the 14th.
    ['2026-12-01T09:00:00+09:00', '2026-12-14T02:00:00+09:00'],
    // Monday at one o'clock; the Monday a week later still has its two o'clock.
    ['2026-12-07T01:00:00+09:00', '2026-12-14T02:00:00+09:00'],
    // Monday at two, to the minute a week.
    ['2026-12-07T02:00:00+09:00', '2026-12-14T02:00:00+09:00'],
    // Monday at three: a week is over only after two o'clock.
    ['2026-12-07T03:00:00+09:00', '2026-12-21T02:00:00+09:00'],
    // Sunday evening, over the year's end.
    ['2026-12-27T23:30:00+09:00', '2027-01-04T02:00:00+09:00'],
  ])('announced at %s: %s', (announced, planned) => {
    expect(toPlannedAt(new Date(announced))).toEqual(new Date(planned));
  });
});

describe('rules of an agency', () => {
  it('the first that names a kind decides, one without kinds takes the rest', () => {
    expect(
      listSpans({
        retention: [
          { kinds: ['query', 'law_query'], years: 3, source: 'a' },
          { kinds: ['query'], years: 1, source: 'b' },
          { kinds: ['query', 'grievance'], years: 5, source: 'c' },
          { years: 10, source: 'd' },
          { years: 1, source: 'e' },
        ],
      }),
    ).toEqual([
      { kinds: ['law_query', 'query'], years: 3, source: 'a' },
      { kinds: ['grievance'], years: 5, source: 'c' },
      { kinds: ['other', 'statutory', 'suggestion'], years: 10, source: 'd' },
    ]);
  });
  it('without rules nothing is ever over', () => {
    expect(listSpans({})).toEqual([]);
  });
});
