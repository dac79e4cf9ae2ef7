import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLimits, type Limits } from '../../../hub/doors/gate/limits.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { startLifetime } from '../../support/lifetime.ts';
import { type DatabaseProxy, startDatabaseProxy } from '../../support/servers/database-proxy.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';

let direct: Store;
let proxy: DatabaseProxy;
let store: Store;
let limits: Limits;
beforeAll(async () => {
  const url = await createFreshDatabase();
  direct = openStore(url, 2);
  proxy = await startDatabaseProxy('postgres', Number(new URL(url).port));
  const through = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(proxy.port) });
  store = openStore(through.href, 4);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  limits = createLimits(store, pino({ level: 'silent' }));
});
afterEach(() => {
  limits.stop();
  proxy.letGo();
  vi.useRealTimers();
});
afterAll(async () => {
  await store.close();
  await proxy.close();
  await direct.close();
});

/** One request that is answered at once. True: it was let in. */
async function pass(agency: string, requestsPerMinute: number): Promise<boolean> {
  const lifetime = startLifetime();
  const entered = limits.enter(agency, { requestsPerMinute, concurrency: 64 }, lifetime);
  const isIn = await entered.then(
    () => true,
    () => false,
  );
  lifetime.end();
  return isIn;
}
const takenOf = async (agency: string) =>
  (await direct.pool.query('select taken from door_windows where agency = $1', [agency])).rows[0]?.taken;

describe('while the database is slow', () => {
  it('all requests of the minute are let in, though each of its replies comes later than the one before', async () => {
    let letIn = 0;
    for (let call = 0; call < 210; call++) {
      await vi.advanceTimersByTimeAsync(400);
      if (await pass('late', 200)) letIn += 1;
    }
    expect(letIn).toBe(200);
  });

  it('what a first lease brings is not lost, however long it takes', async () => {
    proxy.holdBefore = /door_windows/;
    const first = pass('long', 200);
    await waitFor('the lease', () => proxy.held > 0);
    // Time to forget agencies that are gone.
    await vi.advanceTimersByTimeAsync(1_500);
    const second = pass('long', 200);
    proxy.letGo();
    expect([await first, await second]).toEqual([true, true]);
    // A twentieth: one portion for both.
    expect(await takenOf('long')).toBe(10);
  });
});

it('what was counted before the clock of the server was set back counts no more', async () => {
  await direct.pool.query("insert into door_windows values ('back', now() + interval '1 hour', 200)");
  await direct.pool.query(
    "insert into door_slots values ('back', gen_random_uuid(), 64, now() + interval '1 hour')",
  );
  expect(await pass('back', 200)).toBe(true);
});
