import { expect, test } from 'vitest';
import { isInternalStep, stepKinds } from '../../schemas/index.ts';
import { expectedOf, type Facts, routeOf } from './expected.ts';
import type { Observer } from './observer.ts';
import { scenario } from './scenario.ts';
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

test('the scenario has seventy-six complaints with marks of their own', () => {
  expect(new Set(scenario.map(({ mark }) => mark)).size).toBe(76);
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

/** These concern several complaints at once: tests/hub/exchange/joining plays them between an agency and a board. */
const ofSeveral = ['joined', 'parted', 'closed_as_repeat'];

test('every kind of step of the procedure is played that is seen outside', () => {
  const played = scenario.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.do === 'step' ? step.kind : [])),
  );
  const wanted = stepKinds.filter((kind) => !isInternalStep({ kind }));
  expect([...new Set([...played, ...ofSeveral])].sort()).toEqual(wanted.sort());
});
