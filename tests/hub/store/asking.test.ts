import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { openAskingStore, tookTooLong } from '../../../hub/store/asking.ts';
import { inTransaction } from '../../../hub/store/database.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { createVisitor } from '../console/console-server.ts';
import { insertUsers } from '../console/sample-board.ts';

let hub: TestHub;
beforeAll(async () => {
  const agency = { code: 'road', name: { ko: '도로' }, officers: [{ name: '김' }] };
  hub = await startTestHub([agency], { rules: [], default: 'road' });
  await insertUsers(hub.store);
});
afterAll(() => hub.stop());

test('what takes too long is ended for pages and doors alone', async () => {
  const asking = openAskingStore(hub.store, 1, { longest: 0.2 });
  try {
    const error = await asking.pool.query('select pg_sleep(60)').catch((thrown: unknown) => thrown);
    expect(tookTooLong(error)).toBe(true);
    expect(tookTooLong(new Error('something else'))).toBe(false);
    const { rows } = await hub.store.pool.query<{ statement_timeout: string }>('show statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '0' }]);
  } finally {
    await asking.close();
  }
});

test('a search that does not end says to narrow it, at the page and at the door', async () => {
  const visitor = createVisitor(hub.url);
  await visitor.signIn('admin');
  const { key } = await createApiKey(hub.store, 'road');
  await inTransaction(hub.store.pool, async (client) => {
    // As slow as can be: whoever reads complaints waits for this transaction.
    await client.query('lock table complaints');
    const [page, door] = await Promise.all([
      visitor.get('/?text=%EB%8F%84%EB%A1%9C'),
      fetch(`${hub.url}/api/v1/complaints?text=x`, { headers: { authorization: `Bearer ${key}` } }),
    ]);
    expect(page.status).toBe(503);
    expect(page.text).toContain('조건을 좁혀');
    expect(door.status).toBe(503);
    expect(await door.json()).toMatchObject({
      type: 'urn:minwon-hub:problem:too-slow',
      detail: expect.stringContaining('ask for one status'),
    });
    expect((await fetch(`${hub.url}/health/ready`)).status).toBe(200);
  });
});
