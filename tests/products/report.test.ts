import { expect, test } from 'vitest';
import type { Product } from './product.ts';
import { complete, countFailures, openResult, placeSection, renderResult } from './report.ts';

const product: Product = {
  name: 'sample',
  title: 'Sample 1',
  packages: [],
  parts: ['a', 'b'],
  promises: [{ id: 'own', title: 'its own promise' }],
  run: async () => undefined,
};

test('each promise is told for each part, with the reason where it does not hold; what nobody tried fails nothing', () => {
  const result = openResult(product, new Date('2026-11-30T23:00:00Z'));
  result.version = 'Sample 1.2';
  result.outcomes.get('a')?.set('own', { kind: 'holds' });
  result.outcomes.get('b')?.set('own', { kind: 'fails', reason: 'two\nlines' });
  complete(result, 'no time');
  expect(countFailures(result)).toBe(1);
  const text = renderResult(result);
  expect(text).toContain('Found running on 2026-11-30: Sample 1.2.');
  expect(text).toContain('| its own promise | holds | fails |');
  expect(text).toContain('- `b`: “its own promise” fails: two lines');
  expect(text.match(/not tried: no time/g), 'one reason for each part').toHaveLength(2);
});

test('a run replaces the section of its own product and leaves the others', () => {
  const first = placeSection('', 'one', 'old words');
  const both = placeSection(first, 'two', 'other words');
  const again = placeSection(both, 'one', 'new words');
  expect(again).toContain('# Real products');
  expect(again).not.toContain('old words');
  expect(again.indexOf('new words')).toBeLessThan(again.indexOf('other words'));
});
