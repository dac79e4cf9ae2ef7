import pg from 'pg';
import { expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { type Hub, startHub } from '../../../hub/app.ts';
import { readSettings } from '../../../hub/settings.ts';
import { divideConnections, queueConnections } from '../../../hub/store/connections.ts';
import { openStore } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { configure } from '../../support/test-hub.ts';

it('divides what a process may hold, and each pool has some', () => {
  const queue = queueConnections.adding + queueConnections.working + queueConnections.listening;
  for (const DATABASE_CONNECTIONS of [9, 10, 18, 100]) {
    const { pool, asking, hot } = divideConnections({ DATABASE_CONNECTIONS });
    // Beside the pools: BullMQ, the listener of all channels, and the session of all locks.
    expect(pool + asking + hot + queue + 2).toBe(DATABASE_CONNECTIONS);
    expect(Math.min(pool, asking, hot)).toBeGreaterThan(0);
    const onRedis = divideConnections({ DATABASE_CONNECTIONS, REDIS_URL: 'redis://127.0.0.1' });
    expect(onRedis.pool + onRedis.asking + onRedis.hot + 2).toBe(DATABASE_CONNECTIONS);
  }
});

/** Everything at once: pages, metrics, and a door that takes complaints in. */
async function press({ url, metricsUrl = '' }: Hub, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const complaint = (externalId: string) => ({
    externalId,
    content: {
      title: '가로등이 꺼졌습니다',
      body: '확인해 주세요.',
      kind: 'query',
      category: '기타',
      region: 'alpha',
      complainant: { name: '김민원', notifyBy: 'email', email: 'kim@example.com' },
      filedAt: new Date().toISOString(),
    },
  });
  for (const place of [metricsUrl, `${url}/sign-in`, `${url}/api/v1/complaints`]) {
    const calls = Array.from({ length: 25 }, async (_, n) => {
      const id = `${new URL(url).port}-${n}`;
      const body = place.endsWith('complaints') && JSON.stringify(complaint(id));
      const more = body ? { method: 'POST', body, headers: { ...headers, 'idempotency-key': id } } : {};
      const reply = await fetch(place, more);
      const said = await reply.text();
      expect(reply.ok, said).toBe(true);
    });
    await Promise.all(calls);
  }
}

/** The highest number of connections to this database, and their names, until `load` is over. */
async function watch(url: string, load: Promise<unknown>) {
  const watcher = new pg.Client({ connectionString: url });
  await watcher.connect();
  const names = new Set<string>();
  let highest = 0;
  let isOver = false;
  const over = load.finally(() => {
    isOver = true;
  });
  over.catch(() => undefined);
  while (!isOver) {
    const { rows } = await watcher.query<{ name: string }>(
      `select application_name as name from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    for (const { name } of rows) names.add(name);
    highest = Math.max(highest, rows.length);
  }
  await watcher.end();
  await over;
  return { highest, names };
}

it.each([9, 18])('hubs under load hold no more than the %i that each is given', async (most) => {
  const url = await createFreshDatabase();
  const settings = readSettings({
    DATABASE_URL: url,
    DATABASE_CONNECTIONS: String(most),
    PORT: '0',
    METRICS_PORT: '0',
    LOG_LEVEL: 'silent',
  });
  const store = openStore(url, 1);
  await configure(store, [{ code: 'alpha', name: { ko: '가나구' }, officers: [] }], {
    rules: [],
    default: 'alpha',
  });
  const { key } = await createApiKey(store, 'alpha');
  await store.close();
  const hubs = [await startHub(settings), await startHub(settings)];
  const { highest, names } = await watch(url, Promise.all(hubs.map((hub) => press(hub, key))));
  for (const hub of hubs) await hub.stop();
  expect(highest).toBeLessThanOrEqual(2 * most);
  // Each has a name of the hub's; BullMQ names the one that waits after its queue.
  const known = [
    'minwon-hub',
    'minwon-hub hot',
    'minwon-hub pages',
    'minwon-hub queue',
    'minwon-hub listener',
    'minwon-hub locks',
  ];
  expect([...known, 'hub-looks']).toEqual(expect.arrayContaining([...names]));
  expect([...names]).toEqual(expect.arrayContaining(['minwon-hub', 'minwon-hub hot', 'minwon-hub queue']));
});
