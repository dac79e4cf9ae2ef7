import { describe, expect, it } from 'vitest';
import type { Fingerprint } from '../../../../adapters/contract.ts';
import type { NumberedEvent } from '../../../../hub/complaints/state.ts';
import {
  findDifferences,
  type HeldLink,
  isSamePost,
  whenMissing,
} from '../../../../hub/exchange/reconcile/compare.ts';
import { lastTimeOfDay } from '../../../../hub/exchange/reconcile/schedule.ts';
import { digestText, digestTitle, type EventType, type NewEvent } from '../../../../schemas/index.ts';

const own = 'own-link';
const content = (title: string) => ({
  title,
  body: '본문',
  kind: 'query' as const,
  complainant: { name: '홍길동' },
  filedAt: '2026-11-20T00:00:00Z',
});
const registered: NewEvent = { type: 'registered', data: { content: content('제목') } };
const revised: NewEvent = { type: 'revised', data: { content: content('고친 제목') } };
const answered = (text: string): NewEvent => ({ type: 'answered', data: { answer: { text } } });
const asked = (text: string): NewEvent => ({ type: 'followed_up', data: { followUp: { text } } });
const inProgress: NewEvent = { type: 'status_changed', data: { from: 'assigned', to: 'in_progress' } };

/** A link whose board holds these events; those in `told` it told itself. */
function toLink(events: NewEvent[], given: Partial<HeldLink> & { told?: number[] } = {}): HeldLink {
  const { told = [], ...rest } = given;
  const numbered = events.map((event, index) => ({
    ...event,
    complaintId: 'c',
    seq: index + 1,
    at: '2026-11-20T00:00:00Z',
    actor: { agency: 'x', via: 'board' },
    linkId: told.includes(index + 1) ? own : null,
  })) as NumberedEvent[];
  const newest =
    events.filter(({ type }) => type === 'registered' || type === 'revised').at(-1) ?? registered;
  return {
    id: own,
    agency: 'tax',
    externalId: '7',
    held: events.length,
    joined: 1,
    parts: {},
    seen: {},
    skipped: [],
    complaint: {
      id: 'c',
      receiptNumber: '26-0000-0001-1',
      origin: 'road',
      assignee: 'tax',
      status: 'assigned',
      content: (newest.data as { content: ReturnType<typeof content> }).content,
      registeredAt: '2026-11-20T00:00:00Z',
      lastSeq: events.length,
    },
    events: numbered,
    ...rest,
  };
}

const all = new Set<EventType>([
  ...(['registered', 'revised', 'status_changed', 'answered', 'interim_answered', 'followed_up'] as const),
]);
const found = (title: string, marks: Partial<Fingerprint> = {}): Fingerprint => ({
  externalId: '7',
  title: digestTitle(title),
  body: digestText('본문'),
  answers: [],
  followUps: [],
  ...marks,
});
const texts = (...of: string[]) => of.map((text) => ({ text: digestText(text) }));

describe('the text', () => {
  it('is the same whatever the spaces, the composition of Hangul and the end of a long title', () => {
    const long = '가'.repeat(150);
    const link = toLink([{ type: 'registered', data: { content: content(`${long}끝`) } }]);
    expect(findDifferences(link, found(`${long.normalize('NFD')} `), all)).toEqual([]);
  });

  it('that the board did not get is brought; where it cannot hold revisions, the first words are right', () => {
    const link = toLink([registered, revised]);
    expect(findDifferences(link, found('제목'), all)).toEqual([
      { part: 'text', remedy: 'bring', events: [2] },
    ]);
    expect(findDifferences(link, found('제목'), new Set(['registered']))).toEqual([]);
  });

  it('that the origin changed unheard is taken in; its older words are not', () => {
    const origin = { agency: 'road', told: [1, 2] };
    const link = toLink([registered, revised], origin);
    expect(findDifferences(link, found('새 제목'), all)).toEqual([
      { part: 'text', remedy: 'take', events: [] },
    ]);
    expect(findDifferences(link, found('제목'), all)).toEqual([
      { part: 'text', remedy: 'bring', events: [2] },
    ]);
  });

  it('that somebody altered on a copy is for a person when nothing can be brought', () => {
    expect(findDifferences(toLink([registered]), found('남이 고친 제목'), all)).toEqual([
      { part: 'text', remedy: 'person', events: [] },
    ]);
  });
});

describe('answers and follow-ups', () => {
  it('that are gone are brought again, those that the board told too', () => {
    const link = toLink([registered, answered('하나'), asked('질문'), answered('둘')], { told: [2, 4] });
    expect(findDifferences(link, found('제목', { answers: texts('하나'), followUps: [] }), all)).toEqual([
      { part: 'answers', expected: 2, found: 1, remedy: 'bring', events: [4] },
      { part: 'follow_ups', expected: 1, found: 0, remedy: 'bring', events: [3] },
    ]);
  });

  it('that a board only counts are taken for the newest', () => {
    const link = toLink([registered, answered('하나'), answered('둘')], { told: [2, 3] });
    expect(findDifferences(link, found('제목', { answers: 1 }), all)).toEqual([
      { part: 'answers', expected: 2, found: 1, remedy: 'bring', events: [3] },
    ]);
  });

  it('of the assignee that the hub does not know are taken in; on a copy they are for a person', () => {
    const extra = found('제목', { answers: texts('새 답변') });
    expect(findDifferences(toLink([registered]), extra, all)).toMatchObject([
      { part: 'answers', remedy: 'take' },
    ]);
    const copy = toLink([registered], { agency: 'park' });
    expect(findDifferences(copy, extra, all)).toMatchObject([{ part: 'answers', remedy: 'person' }]);
  });

  it('that were reworded: by their owner taken in, back to old words brought, on a copy for a person', () => {
    const events = [registered, answered('첫 답'), answered('고친 답')];
    const corrected = toLink(events, { told: [2, 3], parts: { 2: '9', 3: '9' } });
    const shows = (text: string) => found('제목', { answers: [{ id: '9', text: digestText(text) }] });
    expect(findDifferences(corrected, shows('고친 답'), all)).toEqual([]);
    expect(findDifferences(corrected, shows('또 고친 답'), all)).toMatchObject([
      { part: 'answer', remedy: 'take' },
    ]);
    expect(findDifferences(corrected, shows('첫 답'), all)).toEqual([
      { part: 'answer', remedy: 'bring', events: [3] },
    ]);
    const copy = toLink([registered, answered('답')], { agency: 'park', parts: { 2: '9' } });
    expect(findDifferences(copy, shows('남이 고친 답'), all)).toMatchObject([
      { part: 'answer', remedy: 'person' },
    ]);
  });

  it('that a person had passed over, or that came later than what the board holds, are not missed', () => {
    const link = toLink([registered, answered('하나'), answered('둘')], {
      agency: 'park',
      held: 2,
      skipped: [2],
    });
    expect(findDifferences(link, found('제목'), all)).toEqual([]);
  });
});

describe('the status', () => {
  it('that a copy was told and does not show is brought again', () => {
    const link = toLink([registered, inProgress], { agency: 'park' });
    expect(findDifferences(link, found('제목', { status: 'received' }), all)).toEqual([
      { part: 'status', expected: 'in_progress', found: 'received', remedy: 'bring', events: [2] },
    ]);
    expect(findDifferences(link, found('제목', { status: 'in_progress' }), all)).toEqual([]);
  });

  it('of the assignee is news when it is new, and old when it was before', () => {
    const link = toLink([registered, inProgress], { told: [2], seen: { status: 'in_progress' } });
    expect(findDifferences(link, found('제목', { status: 'closed' }), all)).toMatchObject([
      { part: 'status', remedy: 'take' },
    ]);
    expect(findDifferences(link, found('제목', { status: 'received' }), all)).toMatchObject([
      { part: 'status', remedy: 'bring', events: [2] },
    ]);
  });

  it('that a board makes by rules of its own is left alone', () => {
    const link = toLink([registered, answered('답'), asked('질문')], { agency: 'road', told: [1, 3] });
    const shown = found('제목', { answers: texts('답'), followUps: texts('질문'), status: 'received' });
    expect(findDifferences(link, shown, all)).toEqual([]);
  });
});

it('a missing post is brought whole, in order, without what the board cannot hold', () => {
  const link = toLink([registered, inProgress, answered('답')], { told: [1], joined: 2, agency: 'park' });
  expect(whenMissing(link, all)).toEqual([{ part: 'post', remedy: 'bring', events: [1, 3] }]);
  expect(whenMissing(link, new Set(['answered']))).toEqual([{ part: 'post', remedy: 'person', events: [] }]);
});

it('a post is known by the receipt number, else by the time of filing', () => {
  const link = toLink([registered], { seen: { filedAt: '2026-11-20T00:00:00Z' } });
  const at = (marks: Partial<Fingerprint>) => isSamePost(link, { externalId: '7', ...marks });
  expect(at({ receiptNumber: '26-0000-0001-1', filedAt: '2020-01-01T00:00:00Z' })).toBe(true);
  expect(at({ receiptNumber: 'another' })).toBe(false);
  expect(at({ filedAt: '2026-11-20T09:00:00+09:00' })).toBe(true);
  expect(at({ filedAt: '2026-11-21T00:00:00Z' })).toBe(false);
  expect(at({})).toBe(true);
});

it('a time of day is the last one in the agency’s zone', () => {
  const now = new Date('2026-11-20T17:30:20Z'); // 02:30 of the 21st in Seoul
  expect(lastTimeOfDay('03:00', 'Asia/Seoul', now).toISOString()).toBe('2026-11-19T18:00:00.000Z');
  expect(lastTimeOfDay('02:15', 'Asia/Seoul', now).toISOString()).toBe('2026-11-20T17:15:00.000Z');
  expect(lastTimeOfDay('17:30', 'UTC', now).toISOString()).toBe('2026-11-20T17:30:00.000Z');
});
