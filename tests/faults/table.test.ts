import { expect, test } from 'vitest';
import type { Result } from './run-group.ts';
import { toLanes } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { judge, listFailures, renderTable } from './table.ts';

const passed: Result = {
  scenario: 'hub-killed',
  complaints: 20,
  tally: { lost: 0, doubled: 0, repeated: { mail: 2 }, outOfOrder: 0, details: [] },
  unknown: { mail: 3, board: 5 },
  byHand: 1,
  recovery: 2.345,
  problems: [],
  unfinished: [],
};
const withTally = (tally: Partial<Result['tally']>): Result => ({
  ...passed,
  tally: { ...passed.tally, ...tally },
});

test('repeated where nobody can be asked passes up to the unknown outcomes of that place', () => {
  expect(listFailures(passed)).toEqual([]);
  expect(listFailures(withTally({ repeated: { mail: 3, board: 5 } }))).toEqual([]);
  expect(listFailures(withTally({ repeated: { mail: 4 } }))).toEqual([
    'repeated 4 times at mail, with 3 unknown outcomes',
  ]);
  expect(listFailures(withTally({ repeated: { other: 1 } }))).toHaveLength(1);
});

test('anything lost, doubled or out of order fails, and so does what is never level', () => {
  for (const tally of [{ lost: 1 }, { doubled: 1 }, { outOfOrder: 1 }])
    expect(listFailures(withTally(tally))).toHaveLength(1);
  expect(listFailures({ ...passed, recovery: null })).toEqual(['never level']);
  expect(listFailures({ ...passed, problems: ['the hub has ended by itself'] })).toHaveLength(1);
});

test('what is missing counts as lost only where nobody had anything to do any more', () => {
  const late: Result = { ...withTally({ lost: 4 }), recovery: null };
  expect(judge(late)).toBe('FAILED');
  expect(judge({ ...late, unfinished: ['FA0001: the hub had something to do yet'] })).toBe('not finished');
  // More time cures none of these.
  const wrong = { ...withTally({ doubled: 1 }), unfinished: ['FA0001: people had something to do yet'] };
  expect(judge(wrong)).toBe('FAILED');
  expect(judge(passed)).toBe('ok');
});

test('the table has a line for each scenario, also for those that were left out', () => {
  const table = renderTable([passed, withTally({ lost: 3 })], new Map([['redis-killed', 'no redis-server']]));
  const [head, first, second, left] = table.split('\n');
  expect(head).toMatch(/^scenario +complaints +lost +doubled +repeated +out of order +by hand +recovery s$/);
  expect(first).toMatch(/^hub-killed +20 +0 +0 +2 of 8 +0 +1 +2\.3 +ok$/);
  expect(second).toMatch(/^hub-killed +20 +3 .* FAILED$/);
  expect(left).toBe('redis-killed  skipped: no redis-server');
});

test('every scenario has a name and boards of its own, as an agency code can be written', () => {
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const codes = scenarios.flatMap(toLanes).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[a-z][a-z0-9-]{1,30}$/);
});
