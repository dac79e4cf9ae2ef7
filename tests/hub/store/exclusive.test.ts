import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createExclusive, type Exclusive } from '../../../hub/store/exclusive.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';

let url: string;
let one: Exclusive;
let two: Exclusive;
beforeEach(async () => {
  url = await createFreshDatabase();
  one = createExclusive({ url });
  two = createExclusive({ url });
});
afterEach(() => Promise.all([one.close(), two.close()]));

/** Holds the name until `release` is called; `aborted` resolves when the signal does. */
async function hold(exclusive: Exclusive, name: string) {
  const inside = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const ran = exclusive.run(name, async (signal) => {
    signal.addEventListener('abort', () => aborted.resolve());
    inside.resolve();
    await leave.promise;
  });
  await inside.promise;
  return { ran, aborted: aborted.promise, release: () => leave.resolve() };
}

it('lets one process in and turns the other away until the first is done', async () => {
  const first = await hold(one, 'deliver:busan');
  let entered = 0;
  const enter = async () => {
    entered += 1;
  };
  expect(await two.run('deliver:busan', enter)).toBe(false);
  expect(await one.run('deliver:busan', enter)).toBe(false);
  expect(await two.run('deliver:hanam', enter)).toBe(true);
  first.release();
  expect(await first.ran).toBe(true);
  expect(await two.run('deliver:busan', enter)).toBe(true);
  expect(entered).toBe(2);
});

it('gives the lock back when the work throws', async () => {
  const failing = one.run('a', () => Promise.reject(new Error('broken work')));
  await expect(failing).rejects.toThrow('broken work');
  expect(await two.run('a', async () => undefined)).toBe(true);
});

it('aborts the work when its connection is cut, and connects again', async () => {
  const first = await hold(one, 'a');
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'minwon-hub locks' and datname = current_database()",
  );
  await admin.end();
  await first.aborted;
  await waitFor('the server to free it', () => two.run('a', async () => undefined));
  expect(await one.run('a', async () => undefined), 'the aborted work has not ended').toBe(false);
  first.release();
  await first.ran;
  expect(await one.run('a', async () => undefined)).toBe(true);
});

it('closing frees the locks of this process', async () => {
  const first = await hold(one, 'a');
  await one.close();
  await first.aborted;
  await waitFor('the server to free it', () => two.run('a', async () => undefined));
  first.release();
  await first.ran;
});
