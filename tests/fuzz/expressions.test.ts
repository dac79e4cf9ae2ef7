import { expect, it } from 'vitest';
import { describeExpressions, fuzzExpressions, isGoodForExpressions } from './expressions.ts';

// More of them: npm run test:fuzz -- --expressions 5000
it('150 expressions over texts from outside end, each with a value or a named error, and hold up nothing', {
  timeout: 600_000,
}, async () => {
  const result = await fuzzExpressions({ count: 150, seed: 20_261_120 });
  expect(isGoodForExpressions(result), describeExpressions(result)).toBe(true);
  expect(Object.keys(result.ends)).toEqual(expect.arrayContaining(['value', 'failed', 'limit', 'syntax']));
});
