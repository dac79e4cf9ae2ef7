import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { call } from '../call.ts';
import { openSelfStage, type SelfStage } from './self-stage.ts';

let stage: SelfStage;
beforeAll(async () => {
  stage = await openSelfStage();
}, 60_000);
afterAll(() => stage.stop());

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { example: unknown }> };
}

it("another agency's things are answered as if there were none, at every route that names one", async () => {
  const { hub, theirs } = stage;
  const { id } = await createApiKey(hub.store, 'ours');
  const item = randomUUID();
  await hub.store.pool.query(
    `insert into raw_items (id, agency, source, external_id, version, body, outcome, problems, actor, received_at)
     values ($1, 'ours', 'poll', '1187', '1', '{"title":"홍길동의 민원"}', 'parked', '[]', '{"agency":"ours"}', now())`,
    [item],
  );
  const replay = randomUUID();
  await hub.store.pool.query(
    `insert into replays (id, filter, per_minute, state, asked_by) values ($1, '{"agency":"ours"}', 60, 'paused', 'kim')`,
    [replay],
  );
  const ids: [RegExp, string][] = [
    [/\/keys\//, id],
    [/\/parked\//, item],
    [/\/replays\//, replay],
  ];
  const document = (
    await call<{ paths: Record<string, Record<string, Operation>> }>(hub, undefined, 'GET', '/openapi.json')
  ).body;
  const seen: string[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!path.startsWith('/api/v1/self/') || !path.includes('{')) continue;
    const named = path
      .replace('/api/v1/self', '')
      .replace('{id}', ids.find(([pattern]) => pattern.test(path))?.[1] ?? randomUUID())
      .replace('{name}', 'statistics');
    for (const [method, { operationId, requestBody }] of Object.entries(methods)) {
      // It makes an endpoint of that name for the agency that asks.
      if (operationId === 'putWebhook') continue;
      const example = requestBody?.content['application/json']?.example;
      const body = operationId === 'rotateKey' ? { endsAt: new Date().toISOString() } : example;
      const { status, body: problem } = await theirs<{ type?: string }>(method.toUpperCase(), named, body);
      expect([operationId, status, problem?.type], `${method} ${path}`).toEqual([
        operationId,
        404,
        'urn:minwon-hub:problem:not-found',
      ]);
      seen.push(operationId);
    }
  }
  expect(seen.length).toBeGreaterThanOrEqual(10);
  const { rows } = await hub.store.pool.query(
    `select (select revoked_at from api_keys where id = $1) as revoked, (select outcome from raw_items where id = $2) as outcome,
       (select state from replays where id = $3) as replay`,
    [id, item, replay],
  );
  expect(rows).toEqual([{ revoked: null, outcome: 'parked', replay: 'paused' }]);
});

it('no list shows anything of another agency, and a key without the scope gets nothing', async () => {
  const { hub, theirs } = stage;
  for (const path of [
    '/keys',
    '/webhooks',
    '/calls',
    '/parked/items',
    '/parked/events',
    '/replays',
    '/usage',
    '/agent',
  ]) {
    const { status, body } = await theirs('GET', path);
    expect(status, path).toBe(200);
    expect(JSON.stringify(body), path).not.toMatch(/statistics|1187|ours|kim/);
    const { key } = await createApiKey(hub.store, 'ours', null, ['read']);
    expect((await call(hub, key, 'GET', `/self${path}`)).status, path).toBe(403);
  }
});
