import { expect, it } from 'vitest';
import { createGroupCommit } from '../../../hub/store/group-commit.ts';

it('writes together what arrives while a write is under way', async () => {
  const groups: number[][] = [];
  const gate = Promise.withResolvers<void>();
  const add = createGroupCommit<number, number>(
    async (items) => {
      groups.push(items);
      await gate.promise;
      return items.map((item) => item * 10);
    },
    { most: 3 },
  );
  const first = add(1);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  const rest = [2, 3, 4, 5].map(add);
  gate.resolve();
  expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40, 50]);
  expect(groups).toEqual([[1], [2, 3, 4], [5]]);
});

it('lets one bad item fail alone', async () => {
  const add = createGroupCommit<number, number>(
    async (items) => {
      if (items.includes(2)) throw new Error('not 2');
      return items;
    },
    { most: 10 },
  );
  const results = await Promise.allSettled([1, 2, 3].map(add));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
