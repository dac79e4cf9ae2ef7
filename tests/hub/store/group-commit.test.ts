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

/** A write that ends only when it is told to, with what it was given. */
function gatedWrite() {
  const writes: { items: string[]; end(): void }[] = [];
  const write = (items: string[]) =>
    new Promise<string[]>((resolve) => {
      writes.push({ items, end: () => resolve(items) });
    });
  return { writes, write };
}
/** Time enough for whatever is to begin by itself, however slow the machine: several turns of the event loop. */
async function turns() {
  for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
}

it('begins a second write beside the first when enough wait, and no third', async () => {
  const { writes, write } = gatedWrite();
  const add = createGroupCommit<string, string>(write, { most: 2, overlap: 2 });
  const all = ['a'].map(add);
  await turns();
  all.push(add('b'));
  await turns();
  expect(writes.map(({ items }) => items)).toEqual([['a']]);
  all.push(...['c', 'd', 'e'].map(add));
  await turns();
  expect(writes.map(({ items }) => items)).toEqual([['a'], ['b', 'c']]);
  for (let at = 0; at < 3; at++) {
    writes[at]?.end();
    await turns();
  }
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('writes items with a common key one after the other, in the order of the calls', async () => {
  const { writes, write } = gatedWrite();
  const add = createGroupCommit<string, string>(write, {
    most: 8,
    overlap: 1,
    keys: (item) => [item[0] ?? ''],
  });
  const all = ['a1', 'b1'].map(add);
  await turns();
  all.push(...['a2', 'c1', 'a3', 'b2'].map(add));
  await turns();
  expect(writes.map(({ items }) => items)).toEqual([['a1', 'b1'], ['c1']]);
  for (let at = 0; at < writes.length; at++) {
    writes[at]?.end();
    await turns();
  }
  expect(writes.map(({ items }) => items)).toEqual([['a1', 'b1'], ['c1'], ['a2', 'b2'], ['a3']]);
  expect(await Promise.all(all)).toHaveLength(6);
});
