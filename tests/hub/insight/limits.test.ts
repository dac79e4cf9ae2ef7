import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClockRules } from '../../../hub/clock/deadline.ts';
import type { NumberedEvent } from '../../../hub/complaints/state.ts';
import { findLimits } from '../../../hub/insight/limits/find-limits.ts';
import { listUnhanded, listUnregistered } from '../../../hub/insight/limits/read-limits.ts';
import { measureCases } from '../../../hub/insight/process/measure-cases.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import type { Complaint, NewEvent, Status } from '../../../schemas/index.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { sampleDirectory } from '../console/sample-agencies.ts';
import { insertComplaint, insertParkedItem } from '../console/sample-board.ts';

const rules = createClockRules();
/** The 2nd of November 2026 is a Monday, the 6th a Friday. */
const at = (day: number, time: string) =>
  new Date(`2026-11-${String(day).padStart(2, '0')}T${time}:00+09:00`);
const given: NewEvent = { type: 'assigned', data: { to: 'park', reason: { rule: '1', text: '규칙' } } };
const passed: NewEvent = { type: 'transferred', data: { from: 'road', to: 'park', reason: '소관' } };

function limitsOf(told: [Date, NewEvent][], status: Status = 'assigned', onScreen = true) {
  const events = told.map(([when, event], index) => {
    const numbered = { ...event, complaintId: 'x', seq: index + 1, at: when.toISOString() };
    return { ...numbered, actor: { agency: 'hub', via: 'hub' }, linkId: null } as NumberedEvent;
  });
  return findLimits({ complaint: { status } as Complaint, events, onScreen }, rules);
}

describe('the limits of a complaint that nobody was given', () => {
  test('count working hours: over the evening, and over the weekend', () => {
    // 17:30 and half an hour of the next morning; 8 hours: half an hour, and 7.5 of Tuesday with its lunch.
    expect(limitsOf([[at(2, '17:30'), given]])).toEqual({
      handBy: at(3, '09:30'),
      transferBy: at(3, '17:30'),
    });
    expect(limitsOf([[at(6, '17:30'), given]])).toEqual({
      handBy: at(9, '09:30'),
      transferBy: at(9, '17:30'),
    });
  });

  test('begin again with a transfer, which is late after more than 8 working hours', () => {
    const moved = (when: Date) =>
      limitsOf([
        [at(2, '09:00'), given],
        [when, passed],
      ]);
    expect(moved(at(2, '18:00'))).toEqual({ handBy: at(3, '10:00'), transferBy: at(3, '18:00') });
    const late = at(3, '09:01');
    expect(moved(late)).toMatchObject({ handBy: at(3, '10:01'), lateTransferAt: late });
  });

  test('are none once somebody works on it, and none at an agency whose board names nobody', () => {
    expect(limitsOf([[at(2, '09:00'), given]], 'in_progress')).toEqual({});
    expect(limitsOf([[at(2, '09:00'), given]], 'assigned', false)).toEqual({});
  });
});

describe('what is listed', () => {
  let store: Store;
  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
  });
  afterAll(() => store.close());

  test('a complaint of an agency on screens, and none of an agency with a board', async () => {
    // A month ago: both limits have passed.
    const { id } = await insertComplaint(store, { assignee: 'park', registered: 30 * 24 });
    await insertComplaint(store, { assignee: 'road', registered: 30 * 24 });
    await measureCases({ store, directory: sampleDirectory, log: pino({ level: 'silent' }) });
    expect(await listUnhanded(store, 'park')).toMatchObject([
      { id, handingPassed: true, transferPassed: true },
    ]);
    expect(await listUnhanded(store, 'road')).toEqual([]);
  });

  test('a parked post counts as late after 8 working hours', async () => {
    const item = await insertParkedItem(store, 'tax');
    const came = (when: Date) =>
      store.pool.query('update raw_items set received_at = $2 where id = $1', [item, when]);
    const list = (now: Date) => listUnregistered(store, sampleDirectory, now);
    await came(at(2, '10:00'));
    expect(await list(at(3, '10:00'))).toEqual([{ agency: 'tax', waiting: 1, late: 0, items: [] }]);
    const late = new Date(at(3, '10:00').getTime() + 1000);
    expect(await list(late)).toEqual([{ agency: 'tax', waiting: 1, late: 1, items: [item] }]);
    expect(await listUnregistered(store, sampleDirectory, late, 'road')).toEqual([]);
  });
});
