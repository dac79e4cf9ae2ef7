import { expect, it } from 'vitest';
import { findMaintenance } from '../../../adapters/relay/maintenance.ts';
import type { MaintenanceWindow } from '../../../schemas/index.ts';

const seoul = 'Asia/Seoul';
const at = (windows: MaintenanceWindow[], time: string, zone = seoul) =>
  findMaintenance(windows, zone, Date.parse(time));

// 2026-11-21 is a Saturday.
const nightly: MaintenanceWindow[] = [{ days: ['sat'], from: '23:00', to: '05:30' }];

it.each([
  ['before it begins', '2026-11-21T22:59:59+09:00', undefined],
  ['at its first minute', '2026-11-21T23:00:00+09:00', '2026-11-22 05:30'],
  ['behind midnight', '2026-11-22T00:10:00+09:00', '2026-11-22 05:30'],
  ['at its end', '2026-11-22T05:30:00+09:00', undefined],
  ['a day later', '2026-11-22T23:30:00+09:00', undefined],
  ['on the morning of its own day', '2026-11-21T01:00:00+09:00', undefined],
])('a window over midnight, %s', (_when, time, end) => {
  expect(at(nightly, time)).toBe(end);
});

it('is read from the wall clock of the agency', () => {
  const window: MaintenanceWindow[] = [{ days: ['mon'], from: '09:00', to: '10:00' }];
  // 09:30 on Monday in Seoul is Sunday evening in New York.
  expect(at(window, '2026-11-23T00:30:00Z')).toBe('2026-11-23 10:00');
  expect(at(window, '2026-11-23T00:30:00Z', 'America/New_York')).toBeUndefined();
  expect(at(window, '2026-11-23T14:30:00Z', 'America/New_York')).toBe('2026-11-23 10:00');
});

it('keeps to the wall clock when summer time begins', () => {
  // New York skips 02:00–03:00 on 2026-03-08.
  const window: MaintenanceWindow[] = [{ date: '2026-03-08', from: '01:00', to: '04:00' }];
  expect(at(window, '2026-03-08T05:59:00Z', 'America/New_York')).toBeUndefined();
  expect(at(window, '2026-03-08T06:00:00Z', 'America/New_York')).toBe('2026-03-08 04:00');
  expect(at(window, '2026-03-08T07:59:00Z', 'America/New_York')).toBe('2026-03-08 04:00');
  expect(at(window, '2026-03-08T08:00:00Z', 'America/New_York')).toBeUndefined();
});

it('a single date without hours is the whole day', () => {
  const window: MaintenanceWindow[] = [{ date: '2026-12-31' }];
  expect(at(window, '2026-12-30T23:59:00+09:00')).toBeUndefined();
  expect(at(window, '2026-12-31T00:00:00+09:00')).toBe('2026-12-31 24:00');
  expect(at(window, '2026-12-31T23:59:59+09:00')).toBe('2026-12-31 24:00');
  expect(at(window, '2027-01-01T00:00:00+09:00')).toBeUndefined();
});

it('of two windows the later end counts', () => {
  const two: MaintenanceWindow[] = [{ date: '2026-11-21', from: '22:00', to: '23:30' }, ...nightly];
  expect(at(two, '2026-11-21T23:10:00+09:00')).toBe('2026-11-22 05:30');
  expect(at(two, '2026-11-21T22:10:00+09:00')).toBe('2026-11-21 23:30');
});
