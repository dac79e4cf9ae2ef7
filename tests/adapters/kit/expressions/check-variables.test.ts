import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { ownFunctions } from '../../../../adapters/kit/expressions/check-variables.ts';
import { MappingError } from '../../../../adapters/kit/expressions/mapping-error.ts';
import { parseExpression } from '../../../../adapters/kit/expressions/parse.ts';
import { wordReason } from '../../../../schemas/index.ts';

const findFault = (source: string): string | undefined => {
  try {
    parseExpression({ source, codes: {} });
    return undefined;
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return wordReason(error.plainReason, 'en');
  }
};

test.each([
  ['$boradTime(since, "yyyy")', '$boradTime', 'is $boardTime meant?'],
  ['{ "a": list.$tirm(name) }', '$tirm', 'is $trim meant?'],
  ['since ~> $boradTime', '$boradTime', 'is $boardTime meant?'],
  ['($field := code; $feild)', '$feild', 'is $field meant?'],
  ['$telephone(hp)', '$telephone', 'nothing sets a variable of this name'],
])('a name that nothing has is found: %s', (source, name, words) => {
  expect(findFault(source)).toContain(name);
  expect(findFault(source)).toContain(words);
});

test.each([
  '$$.receiptNumber & $trim($)',
  '($last := function($list) { $list[-1] }; $last(items))',
  '$sift($, function($value, $name) { $name != "result" })',
  'list@$post.writers@$who[$who.id = $post.by].{ "a": $post.no }',
  'list#$at.{ "n": $at }',
  '$map(items, $phone)',
])('a name that the expression sets, and a function as a value, are known: %s', (source) => {
  expect(findFault(source)).toBeUndefined();
});

test('the functions of JSONata are those of its source', async () => {
  const source = await readFile(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
  const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)'/g)].map(([, name]) => name);
  expect(bound.length).toBeGreaterThan(60);
  expect([...new Set(bound)].sort()).toEqual([...ownFunctions].sort());
});
