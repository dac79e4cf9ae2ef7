import { describe, expect, it } from 'vitest';
import { findJoiningProblems } from '../../../../hub/complaints/joining/find-joining-problems.ts';
import { countPeople, isSamePerson, markText } from '../../../../hub/complaints/joining/same-person.ts';
import {
  type EarlierSame,
  noSurroundings,
  type Peer,
  type Surroundings,
} from '../../../../hub/complaints/joining/surroundings.ts';
import { compareTerms } from '../../../../hub/complaints/reading/joining/list-candidates.ts';
import { toTerms } from '../../../../hub/complaints/reading/search-terms.ts';
import { toReceiptNumber } from '../../../../hub/complaints/receipt-number.ts';
import type { Matter } from '../../../../hub/complaints/state.ts';
import type { ComplaintKind, Step } from '../../../../schemas/index.ts';

const numberOf = (n: number) => toReceiptNumber(n, 2026);
const peerOf = (n: number, more: Partial<Peer> = {}): Peer => ({
  id: `${n}`,
  receiptNumber: numberOf(n),
  assignee: 'town',
  status: 'assigned',
  complainant: { name: `주민 ${n}` },
  agencies: ['town'],
  lead: null,
  leads: false,
  ...more,
});
const matter = {
  complaint: {
    receiptNumber: numberOf(1),
    assignee: 'town',
    registeredAt: '2026-11-20T00:00:00.000Z',
    content: { complainant: { name: '주민 1' } },
  },
} as unknown as Matter;

/** What is wrong, as pointer and code. */
function judge(step: Step, around: Partial<Surroundings>, kind: ComplaintKind = 'other'): string[] {
  if (step.kind !== 'joined' && step.kind !== 'parted' && step.kind !== 'represented')
    if (step.kind !== 'closed_as_repeat') throw new TypeError(step.kind);
  return findJoiningProblems(step, matter, { ...noSurroundings, ...around }, kind).map(
    ({ pointer, reason }) => `${pointer} ${reason.code}`,
  );
}
const toNamed = (peers: Peer[]) => new Map(peers.map((peer) => [peer.receiptNumber, peer]));
const join = (peers: Peer[], around: Partial<Surroundings> = {}) =>
  judge(
    { kind: 'joined', complaints: peers.map((peer) => peer.receiptNumber), reason: '같은 취지' },
    { named: toNamed(peers), ...around },
  );

describe('complaints are joined', () => {
  const four = [2, 3, 4, 5].map((n) => peerOf(n));

  it('from five complainants on, whatever the number of complaints (Decree, article 6)', () => {
    expect(join(four)).toEqual([]);
    expect(join(four.slice(1))).toEqual(['/complaints join_too_few']);
    const twice = peerOf(6, { complainant: { name: '주민 5' } });
    expect(join([...four.slice(1), twice])).toEqual(['/complaints join_too_few']);
    expect(join([peerOf(6)], { group: four })).toEqual([]);
    expect(join([peerOf(6)], { group: four.slice(2) })).toEqual(['/complaints join_too_few']);
  });

  it('only of one agency, which learns nothing of what it has no part in', () => {
    const foreign = peerOf(7, { assignee: 'road', agencies: ['road'] });
    const shared = peerOf(8, { assignee: 'road', agencies: ['road', 'town'] });
    expect(join([...four, foreign, shared])).toEqual([
      '/complaints/4 join_unknown',
      '/complaints/5 join_other_agency',
    ]);
    const nobodys: Step = { kind: 'joined', complaints: ['26-0000-0000-1'], reason: '-' };
    expect(judge(nobodys, {})).toEqual(['/complaints/0 join_unknown']);
  });

  it('while they wait for their answers, and to one complaint at a time', () => {
    const odd = [
      peerOf(6, { status: 'answered' }),
      peerOf(7, { status: 'withdrawn' }),
      peerOf(8, { lead: numberOf(9) }),
      peerOf(10, { leads: true }),
      peerOf(1),
    ];
    expect(join([...four, ...odd])).toEqual([
      '/complaints/4 join_ended',
      '/complaints/5 join_ended',
      '/complaints/6 join_taken',
      '/complaints/7 join_leads',
      '/complaints/8 join_self',
    ]);
    expect(join(four, { lead: numberOf(9) })).toEqual([' join_taken']);
  });

  it('and parted again, of those that are joined', () => {
    const part = (n: number): Step => ({ kind: 'parted', complaints: [numberOf(n)], reason: '다른 취지' });
    expect(judge(part(3), { group: four })).toEqual([]);
    expect(judge(part(9), { group: four })).toEqual(['/complaints/0 part_none']);
  });

  it('with up to three representatives of three people or more (Decree, article 8)', () => {
    const name = (names: number, people?: number): Step => ({
      kind: 'represented',
      representatives: Array.from({ length: names }, (_, n) => `대표 ${n}`),
      ...(people && { people }),
    });
    expect(judge(name(3, 3), {})).toEqual([]);
    expect(judge(name(1, 2), {})).toEqual(['/people represented_few']);
    expect(judge(name(4, 30), {})).toEqual(['/representatives represented_many']);
    expect(judge(name(2), { group: four })).toEqual([]);
    expect(judge(name(2), {})).toEqual(['/people represented_few']);
  });
});

describe('a repeated complaint', () => {
  const told = (n: number, day: string | null): EarlierSame => ({
    id: `${n}`,
    receiptNumber: numberOf(n),
    assignee: 'road',
    kind: 'other',
    status: 'answered',
    takenInAt: new Date('2026-10-01'),
    agencies: ['road'],
    toldAt: day === null ? null : new Date(day),
    toldSeq: 3,
  });
  const close = (earlier: EarlierSame[], numbers = [2, 3], kind?: ComplaintKind) =>
    judge({ kind: 'closed_as_repeat', earlier: numbers.map(numberOf), reason: '반복' }, { earlier }, kind);

  it('is closed from the third on, after two results were told before it came (Act, article 23)', () => {
    const two = [told(2, '2026-10-05'), told(3, '2026-11-19')];
    expect(close(two)).toEqual([]);
    expect(close(two.slice(1))).toEqual([' repeat_few']);
    expect(close([told(2, '2026-10-05'), told(3, '2026-11-21')])).toEqual([' repeat_untold']);
    expect(close([told(2, '2026-10-05'), told(3, null)])).toEqual([' repeat_untold']);
    expect(close(two, [2, 3], 'statutory')).toEqual([' repeat_statutory']);
  });

  it('rests on the results that were told', () => {
    const three = [told(2, '2026-10-05'), told(3, '2026-11-19'), told(4, null)];
    expect(close(three, [2, 4])).toEqual(['/earlier/1 repeat_other']);
    expect(close(three, [2, 2])).toEqual(['/earlier repeat_two']);
  });

  it('is of the same letters and digits', () => {
    const mark = (title: string, body: string) => markText({ title, body });
    const own = mark('가로등 고장!', '3번 가로등이\n켜지지 않습니다.');
    expect(mark('가로등  고장', '３번 가로등이 켜지지 않습니다')).toBe(own);
    expect(mark('가로등 고장', '4번 가로등이 켜지지 않습니다')).not.toBe(own);
    expect(mark('가로등', '고장3번 가로등이 켜지지 않습니다')).not.toBe(own);
  });
});

describe('the same person', () => {
  const person = { name: '홍길동', phone: '+821012345678' };

  it('has a number or an address that both give, otherwise the same name', () => {
    expect(isSamePerson(person, { name: '홍 길동 드림', phone: '+821012345678' })).toBe(true);
    expect(isSamePerson(person, { name: '홍길동', phone: '+821099999999' })).toBe(false);
    expect(isSamePerson(person, { name: '홍 길동', email: 'a@example.kr' })).toBe(true);
    expect(isSamePerson({ name: '김', email: 'A@example.kr' }, { name: '이', email: 'a@Example.kr' })).toBe(
      true,
    );
    expect(isSamePerson({ name: '홍길동', company: '가' }, { name: '홍길동', company: '나' })).toBe(false);
  });

  it('counts once', () => {
    const others = [{ name: '김' }, { name: '이' }, { name: '김' }];
    expect(countPeople([person, { name: '홍', phone: person.phone }, ...others])).toBe(3);
  });
});

it('texts are as alike as the terms that they share', () => {
  const like = (one: string, other: string) => compareTerms(new Set(toTerms(one)), new Set(toTerms(other)));
  // 가로, 로등, 등 against 가로, 로수, 수: one of five.
  expect(like('가로등', '가로수')).toBe(20);
  expect(like('가로등', '가로등')).toBe(100);
  expect(like('', '')).toBe(0);
});
