import { expect, it } from 'vitest';
import { createClockRules, ofAgency } from '../../../../hub/clock/deadline.ts';
import { decide } from '../../../../hub/complaints/decide.ts';
import type { Matter, Rules } from '../../../../hub/complaints/state.ts';
import type { Post, Problem, StatutoryItem, Step } from '../../../../schemas/index.ts';
import { wordReason } from '../../../../schemas/reason.ts';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`);
const iso = (text: string) => at(text).toISOString();

const items: StatutoryItem[] = [
  { name: '도로점용 허가', days: 10, law: '도로법 제61조', from: '2026-01-01' },
  { name: '도로점용 허가', days: 8, law: '도로법 제61조', from: '2026-11-01' },
  { name: '인감증명 발급', hours: 3, law: '인감증명법 제12조', from: '2026-01-01' },
];
const base = createClockRules();

function rulesAt(now: string, statutory: StatutoryItem[]): Rules {
  let ids = 0;
  return {
    now: at(now),
    newId: () => `${now} ${++ids}`,
    newReceiptNumber: () => '26-0000-0001-2',
    route: () => ({ to: 'b', reason: { rule: '1', text: '도로' } }),
    clock: (agency) => ofAgency(base, agency === 'b' ? { statutory } : {}),
    startsAtIntake: () => true,
    arbiter: 'arbiter',
    isAgency: () => true,
    carries: () => undefined,
  };
}

/** Filed on Monday 2 November 2026 at 10:00, and classified an hour later. */
function classify(step: Partial<Step>, statutory = items) {
  const content = {
    title: '신청',
    body: '신청합니다.',
    kind: 'query',
    complainant: { name: '김민원' },
    filedAt: iso('2026-11-02 10:00'),
  } as const;
  const hear = (known: Matter | undefined, now: string, agency: string, post: Post) =>
    decide(known, { actor: { agency, via: 'rest' }, post }, rulesAt(now, statutory));
  const filed = hear(undefined, '2026-11-02 10:00', 'a', { content });
  if (!filed.ok) throw new Error('not filed');
  const taken = { kind: 'classified', reason: '신청서입니다', ...step } as Step;
  return hear(filed.decision.matter, '2026-11-02 11:00', 'b', { steps: [taken] });
}
const toWords = (problems: Problem[]) =>
  problems.map(({ pointer, reason }) => `${pointer} ${wordReason(reason, 'en')}`);
const dueOf = (step: Partial<Step>) => {
  const decided = classify(step);
  return decided.ok ? decided.decision.matter.complaint.dueAt : toWords(decided.problems);
};

it('the period of a statutory complaint is that of its item in force when it was taken in', () => {
  // Eight working days from Monday 2 November, the first day included: Wednesday 11 November at 18:00.
  expect(dueOf({ as: 'statutory', item: '도로점용 허가' } as Step)).toBe(iso('2026-11-11 18:00'));
  // Three working hours from 10:00, with lunch from 12:00 to 13:00.
  expect(dueOf({ as: 'statutory', item: '인감증명 발급' } as Step)).toBe(iso('2026-11-02 14:00'));
});

it('an item that the agency does not publish is refused; without a table any is taken, and has no deadline', () => {
  const refused = classify({ as: 'statutory', item: '도로점용' } as Step);
  expect(refused.ok ? [] : toWords(refused.problems)).toEqual([
    expect.stringMatching(/^\/steps\/0\/item 도로점용 is not among .*choose one of the 2/),
  ]);
  expect(classify({ as: 'statutory' } as Step).ok).toBe(false);
  expect(classify({ as: 'query', item: '도로점용 허가' } as Step).ok).toBe(false);
  const free = classify({ as: 'statutory', item: '무엇이든' } as Step, []);
  expect(free.ok && free.decision.matter.complaint.dueAt).toBeUndefined();
});
