import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPace } from '../../../../hub/exchange/boards/pace.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

const never = new AbortController().signal;

it('spaces the calls of two processes as if they were one', async () => {
  const rate = { calls: 20, per: 'second' } as const;
  const processes = [createPace(store), createPace(store)];
  const begun = performance.now();
  const times: number[] = [];
  await Promise.all(
    processes.map(async (pace) => {
      for (let n = 0; n < 5; n += 1) {
        expect(await pace.take('a', rate, never)).toBe(true);
        times.push(performance.now() - begun);
      }
    }),
  );
  // Ten calls at 20 a second: the first at once, the tenth 450 ms later.
  expect(Math.max(...times)).toBeGreaterThan(440);
  for (const [n, time] of times.toSorted((a, b) => a - b).entries())
    expect(time).toBeGreaterThan(n * 50 - 15);
});

it('does not make agencies wait for each other, and an idle board saves up nothing', async () => {
  const rate = { calls: 1, per: 'minute' } as const;
  expect(await createPace(store).take('b', rate, never)).toBe(true);
  expect(await createPace(store).take('c', rate, never)).toBe(true);
  await store.pool.query("update boards set next_call_at = now() - interval '1 hour' where agency = 'b'");
  expect(await createPace(store).take('b', rate, never)).toBe(true);
  const { rows } = await store.pool.query(
    "select round(extract(epoch from next_call_at - now()))::int as seconds from boards where agency = 'b'",
  );
  expect(rows[0].seconds).toBeGreaterThan(55);
});

it('gives up waiting when the hub stops', async () => {
  const rate = { calls: 1, per: 'minute' } as const;
  const stop = new AbortController();
  const pace = createPace(store);
  expect(await pace.take('d', rate, stop.signal)).toBe(true);
  const second = pace.take('d', rate, stop.signal);
  stop.abort();
  expect(await second).toBe(false);
});
