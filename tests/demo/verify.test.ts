import { expect, test } from 'vitest';
import { stepKinds } from '../../schemas/index.ts';
import { listToldAgencies } from './contributions.ts';
import { expectedOf, type Facts, routeOf } from './expected.ts';
import { findLeaks } from './leaks.ts';
import type { Observer } from './observer.ts';
import { countComplaints, scenario } from './scenario.ts';
import type { Story } from './story.ts';
import { percentile } from './table.ts';
import { verify } from './verify.ts';

/** An outside in which everything is right. Each test adds a fault. */
function perfectOutside() {
  const facts = new Map(scenario.map((story) => [story.mark, new Map(expectedOf(story).facts)]));
  const orders = new Map(scenario.map((story) => [story.mark, expectedOf(story).order]));
  const repeated: string[] = [];
  const observer = {
    factsOf: (mark: string): Facts => facts.get(mark) ?? new Map(),
    marks: () => [...facts.keys()],
    orderOn: (mark: string, agency: string) => [orders.get(mark)?.get(agency) ?? []],
    repeated: () => repeated,
  } as unknown as Observer;
  return {
    facts,
    orders,
    repeated,
    judge: (crashed = false) => verify(observer, scenario, crashed).problems,
  };
}

const storyOf = (mark: string) => scenario.find((story) => story.mark === mark) as Story;

test('a perfect outside has no problems', () => {
  expect(perfectOutside().judge()).toEqual([]);
});

test('what is missing, doubled or unexpected is named', () => {
  const outside = perfectOutside();
  outside.facts.get('D-001')?.delete('techno holds it');
  outside.facts.get('D-003')?.set('sbiz holds it', 2);
  outside.facts.set('D-999', new Map([['sbiz holds it', 1]]));
  expect(outside.judge()).toEqual([
    'missing: D-001 techno holds it',
    'doubled: D-003 sbiz holds it (2 instead of 1)',
    'unexpected: D-999 sbiz holds it',
  ]);
});

test('what is out of order is named', () => {
  const outside = perfectOutside();
  outside.orders.get('D-002')?.get('techno')?.reverse();
  expect(outside.judge()).toEqual([
    expect.stringMatching(/^out of order: D-002 on techno: answer: .* \| interim: /),
  ]);
});

test('a mail that came twice is a fault, unless an earlier run was killed', () => {
  const outside = perfectOutside();
  outside.repeated.push('D-002 mail to c002@customer.example: answered');
  expect(outside.judge(false)).toEqual([
    'doubled: D-002 mail to c002@customer.example: answered (same Message-ID)',
  ]);
  expect(outside.judge(true)).toEqual([]);
});

test('the scenario has ninety complaints; only identical ones share a mark', () => {
  expect(countComplaints(scenario)).toBe(90);
  expect(new Set(scenario.map(({ mark }) => mark)).size).toBe(87);
});

test('who answers, by hand', () => {
  const wanted = {
    'D-001': 'techno',
    'D-003': 'sbiz',
    'D-005': 'market',
    'D-007': 'sbiz',
    'D-008': 'market',
  };
  for (const [mark, agency] of Object.entries(wanted)) expect(routeOf(storyOf(mark))).toBe(agency);
  expect(routeOf(storyOf('D-110'))).toBe('techno');
});

test('percentiles by nearest rank', () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.95, 0.99].map((share) => percentile(times, share))).toEqual(['50', '95', '99']);
  expect(percentile([], 0.5)).toBe('–');
});

test('every kind of step of the procedure is played', () => {
  const played = scenario.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.do === 'step' && !step.heard ? step.kind : [])),
  );
  expect([...new Set(played)].sort()).toEqual(stepKinds.toSorted());
});

test('who is told of what agencies ask of each other, by hand', () => {
  const { steps } = storyOf('D-621');
  const told = steps.flatMap((step, index) =>
    step.do === 'step' ? [[step.kind, listToldAgencies(steps, index, 'market').join(' ')]] : [],
  );
  expect(told).toEqual([
    ['part_asked', 'techno'],
    ['cooperation_asked', 'sbiz'],
    ['contribution_refused', 'market'],
    ['contribution_moved', 'textile sbiz'],
    ['contribution_extended', 'market'],
    ['contribution_answered', 'market'],
    ['contribution_shared', ''],
    ['contribution_answered', 'market'],
    ['part_asked', 'sbiz'],
    ['contribution_taken_back', 'sbiz'],
  ]);
});

test('words that got out, and words that did not reach whom they were for, are named', () => {
  const asked = '참여할 상인회를 찾아 주십시오.';
  const told = 'mail to officer@market.example';
  const judge = (places: [string, string][]) => findLeaks(new Map(places), [storyOf('D-622')]);
  expect(judge([[told, `분담 요청: ${asked}`]])).toEqual([]);
  expect(judge([['board of techno', asked]])).toEqual([
    `leaked: D-622 “${asked}” in board of techno`,
    `missing: D-622 “${asked}” in ${told}`,
  ]);
  const note = '시험실 담당자의 휴가로 하루 늦게 시작함.';
  const leaks = findLeaks(new Map([['feed of market', note]]), [storyOf('D-623')]);
  expect(leaks).toContain(`leaked: D-623 “${note}” in feed of market`);
});
