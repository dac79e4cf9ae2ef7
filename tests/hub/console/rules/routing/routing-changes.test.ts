import { expect, it } from 'vitest';
import { compareRules } from '../../../../../hub/console/rules/routing/routing-changes.ts';

const rule = (word: string) => ({ when: { keyword: [word] }, to: 'road' });
const routing = (words: string) => ({ rules: Array.from(words, rule), default: 'road' });
const changes = (before: string, after: string) =>
  compareRules(routing(before), routing(after)).map(
    ({ change, rule: { conditions }, before: was, after: is }) =>
      `${change} ${conditions[0]?.values[0]} ${was ?? '-'} ${is ?? '-'}`,
  );

it('says what was done to which rule, and nothing of those that only made room', () => {
  expect(changes('abc', 'abc')).toEqual([]);
  expect(changes('abc', 'xabc')).toEqual(['added x - 1']);
  expect(changes('abc', 'ac')).toEqual(['removed b 2 -']);
  expect(changes('abcd', 'dabc')).toEqual(['moved d 4 1']);
  expect(changes('abcd', 'bcda')).toEqual(['moved a 1 4']);
  expect(changes('abc', 'axc')).toEqual(['removed b 2 -', 'added x - 2']);
  expect(changes('aa', 'aaa')).toEqual(['added a - 3']);
  expect(changes('', 'ab')).toEqual(['added a - 1', 'added b - 2']);
});

it('knows a rule again whose parts stand in another order', () => {
  const rules = [{ to: 'road', when: { region: ['부산'], keyword: ['파손'] } }];
  const turned = [{ when: { keyword: ['파손'], region: ['부산'] }, to: 'road' }];
  expect(compareRules({ rules, default: 'road' }, { rules: turned, default: 'road' })).toEqual([]);
});

it('compares ten thousand rules of which each is another', () => {
  const toRules = (to: string) => ({
    rules: Array.from({ length: 10_000 }, (_, n) => ({ when: { keyword: [`말 ${n}`] }, to })),
    default: 'road',
  });
  expect(compareRules(toRules('road'), toRules('park'))).toHaveLength(20_000);
});
