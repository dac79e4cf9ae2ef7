import { describe, expect, test } from 'vitest';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import type { NumberedEvent } from '../../../../hub/complaints/state.ts';
import { measureCase } from '../../../../hub/insight/process/measure-case.ts';
import { joinSums, toSpread } from '../../../../hub/insight/process/sums.ts';
import type { Complaint, ComplaintKind, NewEvent, Status, Step } from '../../../../schemas/index.ts';

const rules = createClockRules();
/** November 2026 begins on a Sunday and has no holiday: the 2nd to the 6th, the 9th to the 13th and so on are worked. */
const at = (day: number, time: string) =>
  new Date(`2026-11-${String(day).padStart(2, '0')}T${time}:00+09:00`);
const answer = { text: '답변입니다.' };

type Told = [at: Date, event: NewEvent];
const step = (step: Step): NewEvent => ({ type: 'step_taken', data: { step } });
const given: NewEvent = { type: 'assigned', data: { to: 'road', reason: { rule: '1', text: '규칙' } } };
const answered: NewEvent = { type: 'answered', data: { answer } };
const begun: NewEvent = { type: 'status_changed', data: { from: 'assigned', to: 'in_progress' } };
const named = step({ kind: 'officer_assigned', officer: { name: '박도로' } });
const asked: NewEvent = { type: 'followed_up', data: { followUp: { text: '다시 묻습니다.' } } };

function measure(
  takenInAt: Date,
  told: Told[],
  {
    kind = 'query',
    status = 'answered',
    now = at(30, '18:00'),
  }: { kind?: ComplaintKind; status?: Status; now?: Date } = {},
) {
  const complaint: Complaint = {
    id: '01900000-0000-7000-8000-000000000001',
    receiptNumber: '26-0000-0001-1',
    origin: 'hub',
    assignee: 'road',
    status,
    content: {
      title: '제목',
      body: '본문',
      kind,
      complainant: { name: '홍길동' },
      filedAt: takenInAt.toISOString(),
    },
    registeredAt: takenInAt.toISOString(),
    takenInAt: takenInAt.toISOString(),
    lastSeq: told.length,
  };
  const events = told.map(
    ([when, event], index) =>
      ({
        ...event,
        complaintId: complaint.id,
        seq: index + 1,
        at: when.toISOString(),
        actor: { agency: 'road', via: 'console' },
        linkId: null,
      }) as NumberedEvent,
  );
  return measureCase({ complaint, events }, now, rules);
}

/** Quarters of an office hour, as the expected values below were counted by hand. */
const days = (n: number) => n * 32;
const hours = (n: number) => n * 4;

describe('the figures of a complaint', () => {
  test('of days: the days used with the first and the last, and the office time of each stage', () => {
    const found = measure(at(2, '10:00'), [
      [at(2, '10:00'), given],
      [at(2, '11:00'), named],
      // 11 to 12, and 13 to 15: the lunch hour is none.
      [at(2, '15:00'), begun],
      // 3 hours of Monday, 8 of Tuesday, 1 of Wednesday. Used: the 2nd, the 3rd and the 4th.
      [at(4, '10:00'), answered],
    ]);
    expect(found).toMatchObject({
      agency: 'road',
      kind: 'query',
      month: '2026-11',
      state: 'in_time',
      lengths: {
        legal: days(7),
        real: days(3),
        toAssigned: hours(1),
        toBegun: hours(3),
        toAnswered: hours(12),
      },
      stops: 0,
      extensions: 0,
      transfers: 0,
      reopened: false,
    });
  });

  test('of hours: the office hours used of three', () => {
    const found = measure(at(2, '10:30'), [[at(2, '11:45'), answered]], { kind: 'other' });
    expect(found).toMatchObject({ state: 'in_time', lengths: { legal: hours(3), real: 5 } });
  });

  test('late: its seventh day was the 10th, and it used nine', () => {
    const found = measure(at(2, '09:00'), [[at(12, '17:00'), answered]]);
    expect(found).toMatchObject({ state: 'late', lengths: { real: days(9) } });
  });

  test('without the days of a supplement, from the day of the demand to that of its arrival', () => {
    const found = measure(at(2, '09:00'), [
      [at(2, '09:00'), given],
      [at(3, '10:00'), step({ kind: 'supplement_requested', text: '사진을 더 보내 주십시오.' })],
      [at(5, '11:00'), step({ kind: 'supplemented', text: '사진입니다.' })],
      [at(6, '17:00'), answered],
    ]);
    // The 2nd and the 6th count. Work began with the demand: 8 hours of Monday and one of Tuesday.
    expect(found).toMatchObject({
      state: 'in_time',
      stops: 1,
      lengths: { real: days(2), toBegun: hours(9) },
    });
  });

  test('with an extension: the legal period stays what the law gives', () => {
    const found = measure(at(2, '09:00'), [
      [at(9, '10:00'), step({ kind: 'extended', days: 3, reason: '현장 확인' })],
      [at(12, '17:00'), answered],
    ]);
    expect(found).toMatchObject({
      state: 'in_time',
      extensions: 1,
      lengths: { legal: days(7), real: days(9) },
    });
  });

  test('open: until just after its deadline, when it is looked at again', () => {
    const open = (now: Date) =>
      measure(at(2, '09:00'), [[at(2, '09:00'), given]], { status: 'assigned', now });
    expect(open(at(10, '18:00'))).toMatchObject({
      state: 'open',
      lookAt: new Date(at(10, '18:00').getTime() + 1),
    });
    const late = open(new Date(at(10, '18:00').getTime() + 1));
    expect(late).toMatchObject({ state: 'overdue', lengths: { legal: days(7) } });
    expect(late.lookAt).toBeUndefined();
    expect(late.lengths.real).toBeUndefined();
  });

  test('came back: 30 days after the answer it counts as reopened, one second later not', () => {
    const back = (when: Date) =>
      measure(at(2, '09:00'), [
        [at(4, '10:00'), answered],
        [when, asked],
      ]);
    const limit = new Date('2026-12-04T10:00:00+09:00');
    expect(back(limit)).toMatchObject({ state: 'in_time', reopened: true, lengths: { real: days(3) } });
    expect(back(new Date(limit.getTime() + 1000)).reopened).toBe(false);
  });

  test('withdrawn: no answer, and no length of the period', () => {
    const found = measure(at(2, '09:00'), [[at(3, '10:00'), { type: 'withdrawn', data: {} }]], {
      status: 'withdrawn',
    });
    expect([found.state, found.lengths.legal, found.lengths.real]).toEqual(['dropped', undefined, undefined]);
  });

  test('of the last evening of a month in Korea: of that month', () => {
    expect(measure(new Date('2026-10-31T14:59:00Z'), []).month).toBe('2026-10');
    expect(measure(new Date('2026-10-31T15:00:00Z'), []).month).toBe('2026-11');
  });
});

describe('several sums together', () => {
  test('have the median and the ninth tenth of all their complaints', () => {
    // 1, 2, 2, 3 | 4, 8: the middle two are 2 and 3; nine of ten of six is the sixth.
    expect(
      toSpread([
        { 1: 1, 2: 2, 3: 1 },
        { 4: 1, 8: 1 },
      ]),
    ).toEqual({ median: 2.5, p90: 8 });
    // 1 to 10, once each: the ninth.
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [n + 1, 1]));
    expect(toSpread([ten])).toEqual({ median: 5.5, p90: 9 });
    expect(toSpread([{ 7: 1 }])).toEqual({ median: 7, p90: 7 });
    expect(toSpread([{}])).toBeUndefined();
  });

  test('count what is overdue as not in time', () => {
    const found = joinSums([
      { counts: { cases: 4, in_time: 3, open: 1 }, lengths: {} },
      { counts: { cases: 3, late: 1, overdue: 1, dropped: 1 }, lengths: {} },
    ]);
    expect([found.counts.cases, found.answered, found.inTime]).toEqual([7, 4, 3 / 5]);
  });
});
