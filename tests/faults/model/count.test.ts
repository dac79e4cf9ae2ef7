import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { type Copy, countEffects, type Rules, type Seen } from './count.ts';
import { told } from './expected.ts';
import { desk, home, type Lane, type Matter, planMatters } from './matter.ts';

const matter: Matter = {
  mark: 'F-0007',
  scenario: 'test',
  from: home,
  to: 'board',
  answersAtDoor: false,
  by: 'email',
  hasFile: false,
  followUps: 2,
  interims: 1,
  startsAt: 0,
  gap: 0,
};
const rules: Rules = { asked: (place) => place !== 'mail' };

/** Written by hand: what two boards and a mail server hold when everything went well. */
function perfectOutside(): Seen {
  const copy = (place: string): Copy => ({
    place,
    id: '1',
    mark: 'F-0007',
    title: '정책자금 상담 요청 [F-0007] board',
    name: '홍길동07',
    body: 'F-0007 공장 증설 자금의 한도와 준비할 서류를 알고 싶습니다.',
    email: 'f-0007@customer.example',
    // Who answers needs no second address.
    phone: place === home ? '01000000007' : '',
    parts: [
      'interim: F-0007 중간 회신 1: 검토하고 있습니다.',
      'answer: F-0007 답변: 한도는 오억 원이며 신청서만 내시면 됩니다.',
      'followUp: F-0007 추가 질의 1: 기한을 알려 주십시오.',
      'followUp: F-0007 추가 질의 2: 기한을 알려 주십시오.',
    ],
  });
  const mail = (to: string, kind: Parameters<typeof told>[2]) => ({
    mark: 'F-0007',
    effect: told('mail', to, kind),
  });
  const complainant = 'f-0007@customer.example';
  return {
    copies: [copy(home), copy('board')],
    messages: [
      mail(complainant, 'registered'),
      mail(complainant, 'interim answer'),
      mail(complainant, 'answered'),
      mail('officer@board.example', 'new complaint'),
      mail('officer@board.example', 'follow-up'),
      mail('officer@board.example', 'follow-up'),
    ],
  };
}

/** The perfect outside, with one fault added. */
function judge(spoil: (seen: Seen) => void, using: Rules = rules) {
  const seen = perfectOutside();
  spoil(seen);
  const { details: _details, ...tally } = countEffects([matter], seen, using);
  return tally;
}
const copyOn = (seen: Seen, place: string) => seen.copies.find((copy) => copy.place === place) as Copy;
const nothing = { lost: 0, doubled: 0, repeated: {}, outOfOrder: 0 };

test('when all is there once and in order, nothing is counted', () => {
  expect(judge(() => undefined)).toEqual(nothing);
});

test('a copy, a part and a message that are missing are lost', () => {
  expect(judge((seen) => seen.copies.pop())).toEqual({ ...nothing, lost: 5 });
  expect(judge((seen) => copyOn(seen, 'board').parts.pop())).toEqual({ ...nothing, lost: 1 });
  expect(judge((seen) => seen.messages.pop())).toEqual({ ...nothing, lost: 1 });
});

test('a copy, a part or a post where none belongs is doubled', () => {
  expect(judge((seen) => seen.copies.push({ ...copyOn(seen, 'board'), id: '2', parts: [] })).doubled).toBe(1);
  expect(
    judge((seen) => copyOn(seen, home).parts.push('followUp: F-0007 추가 질의 2: 기한을 알려 주십시오.'))
      .doubled,
  ).toBe(1);
  expect(
    judge((seen) => seen.copies.push({ ...copyOn(seen, home), place: 'other', parts: [] })).doubled,
  ).toBe(1);
});

test('where nobody can be asked it is repeated, and counted by place', () => {
  const double = (seen: Seen) => {
    seen.messages.push(...seen.messages.slice(0, 2));
    seen.copies.push({ ...copyOn(seen, 'board'), parts: [] });
  };
  expect(judge(double, { asked: (place) => place === home })).toEqual({
    ...nothing,
    repeated: { mail: 2, board: 1 },
  });
});

test('a copy with other words is a lost one and one too many', () => {
  const spoil = (seen: Seen) => {
    copyOn(seen, 'board').body = '�����';
  };
  expect(judge(spoil)).toEqual({ ...nothing, lost: 1, doubled: 1 });
});

test('the order is that of the board, answers and questions each', () => {
  expect(judge((seen) => copyOn(seen, 'board').parts.reverse())).toEqual({ ...nothing, outOfOrder: 2 });
  const questionsFirst = (seen: Seen) => copyOn(seen, home).parts.sort().reverse();
  expect(judge(questionsFirst).outOfOrder).toBe(1);
});

test('a text in place of a mail that was refused', () => {
  const refused = { ...rules, refused: new Set(['f-0007@customer.example']) };
  expect(judge(() => undefined, refused).lost).toBe(3);
  const texts = (seen: Seen) => {
    seen.messages = seen.messages.slice(3);
    for (const kind of ['registered', 'interim answer', 'answered'] as const)
      seen.messages.push({ mark: 'F-0007', effect: told('sms', '01000000007', kind) });
  };
  expect(judge(texts, refused)).toEqual(nothing);
});

test('a board that is not read shows no answers of its own', () => {
  const seen = perfectOutside();
  const door: Matter = { ...matter, from: desk, answersAtDoor: true };
  seen.copies = [{ ...copyOn(seen, 'board'), parts: copyOn(seen, 'board').parts.slice(2) }];
  expect(countEffects([door], seen, rules)).toEqual({ ...nothing, details: [] });
});

test('complaints are planned over all boards, the same for the same seed', () => {
  const lanes: Lane[] = [
    { code: 'read', board: 'rest', asked: true, scenario: 'test' },
    { code: 'blind', board: 'rest', asked: false, onUnknown: 'resend', scenario: 'test' },
  ];
  const plan = (seed: number) =>
    planMatters(lanes, 20, { spread: 1000, first: 1, random: createRandom(seed) });
  const matters = plan(5);
  expect(matters).toEqual(plan(5));
  expect(matters).not.toEqual(plan(6));
  expect(matters).toHaveLength(40);
  expect(new Set(matters.map(({ mark }) => mark)).size).toBe(40);
  for (const { from, to, answersAtDoor } of matters)
    if (from === desk && to === 'blind') expect(answersAtDoor).toBe(true);
    else expect([from, to].toSorted()).toEqual(from === desk ? [desk, 'read'] : [home, 'read']);
});
