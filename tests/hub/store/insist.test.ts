import pg from 'pg';
import { expect, it } from 'vitest';
import { openStore } from '../../../hub/store/database.ts';
import { insist } from '../../../hub/store/insist.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

/** Fails so often with this, then succeeds. */
function failing(times: number, error: unknown) {
  let tries = 0;
  return {
    write: async () => {
      tries += 1;
      if (tries <= times) throw error;
      return tries;
    },
    tries: () => tries,
  };
}

it('writes again while the database is out of reach', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(await insist(failing(2, refused).write)).toBe(3);
});

it('gives up when the time is over', async () => {
  const broken = failing(100, new Error('Connection terminated unexpectedly'));
  await expect(insist(broken.write, 600)).rejects.toThrow('terminated');
  expect(broken.tries()).toBeGreaterThan(1);
  expect(broken.tries()).toBeLessThan(5);
});

it('throws at once what the database itself refuses, and not what its restart breaks', async () => {
  const store = openStore(await createFreshDatabase(), 2);
  const refusal = await store.pool.query('select nonsense').catch((error: unknown) => error);
  const refused = failing(1, refusal);
  await expect(insist(refused.write)).rejects.toBe(refusal);
  const client = await store.pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const cut = client.query('select pg_sleep(20)').catch((error: unknown) => error);
  await store.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  const ended = await cut;
  expect(ended).toBeInstanceOf(pg.DatabaseError);
  expect(await insist(failing(1, ended).write)).toBe(2);
  client.release(true);
  await store.close();
});
