import { describe, expect, it } from 'vitest';
import type { Reported } from '../../../../hub/notify/message.ts';
import { findNextAsking, firstAsking } from '../../../../hub/notify/reports/asking-pace.ts';
import { judgeReport, type NoticeRow } from '../../../../hub/notify/reports/judge-report.ts';
import { said, wordReason } from '../../../../schemas/reason.ts';

const hour = 3_600_000;
const now = new Date('2026-11-20T14:00:00Z');
const email = { channel: 'email' as const, address: 'hong@example.kr' };

const rowOf = (parts: Partial<NoticeRow> = {}): NoticeRow => ({
  id: '0193a000-0000-7000-8000-000000000001',
  complaint_id: '0193a000-0000-7000-8000-000000000002',
  seq: 3,
  about: '',
  template: 'answered',
  audience: 'complainant',
  agency: 'hanam',
  recipient: '홍길동',
  recipient_mark: null,
  channel: 'sms',
  address: '+821012345678',
  language: 'ko',
  fallbacks: [email],
  state: 'sent',
  provider: 'kannel',
  provider_id: null,
  attempting_since: null,
  tries: 1,
  next_at: now,
  decided_by: null,
  decided_at: null,
  sent_at: now,
  created_at: now,
  last_error: null,
  report: 'awaited',
  report_hash: null,
  report_by: now,
  reported_at: null,
  ask_at: null,
  by_hand: null,
  told_otherwise: false,
  ...parts,
});

const delivered: Reported = { kind: 'delivered' };
const undelivered: Reported = { kind: 'undelivered', reason: said('the phone is gone') };
const underWay: Reported = { kind: 'under-way' };

/** The notice once it has heard these reports, in this order. */
function hear(row: NoticeRow, ...reports: Reported[]): NoticeRow & { told: (string | undefined)[] } {
  const told: (string | undefined)[] = [];
  let current = row;
  for (const reported of reports) {
    const change = judgeReport(current, reported, now, 26 * hour);
    if (!change) continue;
    const { fallback, ...columns } = change;
    current = { ...current, ...columns };
    if (fallback) told.push(fallback.channel);
  }
  return { ...current, told };
}

describe('reports in any order, and again', () => {
  it.each([
    ['delivered', [underWay, delivered], 'sent', 'delivered', []],
    ['delivered before on its way', [delivered, underWay], 'sent', 'delivered', []],
    ['not delivered', [underWay, undelivered], 'failed', 'undelivered', ['email']],
    [
      'not delivered, told again and again',
      [undelivered, undelivered, underWay],
      'failed',
      'undelivered',
      ['email'],
    ],
    ['delivered stands', [delivered, undelivered], 'sent', 'delivered', []],
    ['delivered after all', [undelivered, delivered, undelivered], 'sent', 'delivered', ['email']],
    ['on its way only', [underWay, underWay], 'sent', 'awaited', []],
  ] as const)('%s', (_, reports, state, report, told) => {
    expect(hear(rowOf(), ...reports)).toMatchObject({ state, report, told });
  });

  it('a late report counts: not confirmed is no end', () => {
    const late = rowOf({ report: 'unconfirmed', last_error: said('none came') });
    expect(hear(late, delivered)).toMatchObject({ report: 'delivered', last_error: null });
    expect(hear(late, undelivered)).toMatchObject({ state: 'failed', told: ['email'] });
  });

  it('without another way it says what a person has to do', () => {
    const { last_error, told } = hear(rowOf({ fallbacks: [] }), undelivered);
    expect(told).toEqual([]);
    expect(wordReason(last_error!, 'en')).toMatch(/^the phone is gone; .* telephone or write$/);
    expect(wordReason(last_error!, 'ko')).toMatch(/전화나 우편으로 알리십시오$/);
  });

  it.each([
    [underWay, 'sent', 'awaited'],
    [delivered, 'sent', 'delivered'],
    [undelivered, 'failed', 'undelivered'],
  ] as const)(
    'a report in place of the reply shows that the provider took it: %j',
    (reported, state, report) => {
      const unknown = rowOf({ state: 'due', report: null, sent_at: null, attempting_since: now });
      expect(hear(unknown, reported)).toMatchObject({ state, report, sent_at: now });
    },
  );
});

it('a reminder goes to the next phone in the morning, an answer at once', () => {
  // 23:00 in Korea
  const sms = { channel: 'sms' as const, address: '+821012345678' };
  const fallback = (seq: number) =>
    judgeReport(rowOf({ seq, channel: 'email', fallbacks: [sms] }), undelivered, now, hour)?.fallback;
  expect(fallback(0)?.next_at).toEqual(new Date('2026-11-20T23:00:00Z'));
  expect(fallback(3)?.next_at).toEqual(now);
});

it('asks soon, then seldom, and gives up after 80 hours', () => {
  const at = (ms: number) => new Date(now.getTime() + ms);
  expect(firstAsking(now)).toEqual(at(60_000));
  expect(findNextAsking(now, at(60_000))).toEqual(at(120_000));
  expect(findNextAsking(now, at(2 * hour))).toEqual(at(3 * hour));
  expect(findNextAsking(now, at(40 * hour))).toEqual(at(46 * hour));
  expect(findNextAsking(now, at(80 * hour))).toBeNull();
});
