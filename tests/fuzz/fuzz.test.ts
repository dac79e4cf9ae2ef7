import { expect, it } from 'vitest';
import { createFreshDatabase } from '../support/servers/fresh-database.ts';
import { describeFlaws, mostGrowth } from './report.ts';
import { fuzz } from './target.ts';

// The whole of it: npm run test:fuzz -- --count 20000
const count = Number(process.env.FUZZ_COUNT ?? 720);

it(`${count} malformed requests at both doors change nothing and tell nothing`, {
  timeout: 600_000,
}, async () => {
  const result = await fuzz(await createFreshDatabase(), { count, seed: 20_261_120 });
  expect(result.flaws, describeFlaws(result)).toEqual([]);
  expect(result.errors).toEqual([]);
  expect(result.alive).toBe(true);
  expect(result.polluted).toBe(false);
  expect(result.growth).toBeLessThan(mostGrowth);
  const kinds = Object.keys(result.statuses);
  expect(kinds).toEqual(expect.arrayContaining(['soap 500', 'soap 400', 'rest 400', 'rest 422', 'rest 404']));
});
