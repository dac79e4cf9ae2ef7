import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { createUser } from '../../../../hub/access/people/users.ts';
import { openSelfStage, type SelfStage } from '../../doors/self/self-stage.ts';
import { createVisitor, toHidden } from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

let stage: SelfStage;
const item = randomUUID();
let key = '';
beforeAll(async () => {
  stage = await openSelfStage();
  const { store } = stage.hub;
  for (const agency of ['ours', 'theirs'])
    await createUser(store, {
      ...{ login: `engineer-${agency}`, name: '박연계', role: 'engineer', agency, password: samplePassword },
    });
  await insertUsers(store);
  key = (await createApiKey(store, 'ours')).id;
  await store.pool.query(
    `insert into raw_items (id, agency, source, external_id, version, body, outcome, problems, actor, received_at)
     values ($1, 'ours', 'poll', '1187', '1', $2, 'parked', $3, '{"agency":"ours"}', now())`,
    [
      item,
      JSON.stringify({ title: '홍길동의 민원', phone: '010-9876-4321', state: '이관대기' }),
      JSON.stringify([
        { pointer: '/status', reason: { code: 'at', params: { place: 'state', detail: '이관대기' } } },
      ]),
    ],
  );
}, 60_000);
afterAll(() => stage.stop());

const enter = async (login: string) => {
  const visitor = createVisitor(stage.hub.url);
  await visitor.signIn(login);
  return visitor;
};

const pages = ['', '/connect', '/keys', '/webhooks', '/calls', '/agent', '/parked', '/replays', '/changes'];
const named = () => ['/webhooks/statistics', `/parked/${item}`];
const forms = () => [
  ...['rotate', 'revoke'].map((what) => `/keys/${key}/${what}`),
  ...['test', 'resend', 'pause', 'resume', 'settings', 'secret', 'remove'].map(
    (what) => `/webhooks/statistics/${what}`,
  ),
  '/agent/logs',
  `/parked/${item}/retry`,
  `/parked/events/${randomUUID()}/retry`,
  ...['pause', 'resume', 'cancel'].map((what) => `/replays/${randomUUID()}/${what}`),
];

it("an engineer sees the own place, and another agency's things are pages that there are not", async () => {
  const ours = await enter('engineer-ours');
  for (const path of [...pages, ...named()])
    expect((await ours.get(`/engineer${path}`)).status, path).toBe(200);
  const theirs = await enter('engineer-theirs');
  const { text } = await theirs.get('/engineer/keys');
  const { formToken = '' } = toHidden(text, '/engineer/keys');
  for (const path of pages) {
    const shown = await theirs.get(`/engineer${path}`);
    expect(shown.status, path).toBe(200);
    expect(shown.text, path).not.toMatch(/statistics|1187/);
  }
  for (const path of named()) expect((await theirs.get(`/engineer${path}`)).status, path).toBe(404);
  for (const path of forms()) {
    const { status, headers } = await theirs.post(`/engineer${path}`, { formToken, hours: '1' });
    const isGone = status === 404 || (headers.get('location') ?? '').includes('parked_gone');
    expect(isGone, `${path}: ${status} ${headers.get('location')}`).toBe(true);
  }
  const { rows } = await stage.hub.store.pool.query(
    `select (select revoked_at from api_keys where id = $1) as revoked, (select expires_at from api_keys where id = $1) as ends,
       (select outcome from raw_items where id = $2) as outcome, (select count(*)::int from endpoint_attempts) as tests`,
    [key, item],
  );
  expect(rows).toEqual([{ revoked: null, ends: null, outcome: 'parked', tests: 0 }]);
});

it('an engineer sees no complaint, and nothing of administrators', async () => {
  const ours = await enter('engineer-ours');
  const first = await ours.get('/');
  expect([first.status, first.headers.get('location')]).toEqual([303, '/engineer']);
  const closed = [
    ...[
      '/register',
      '/parked',
      `/parked/items/${item}`,
      '/outbox',
      '/alerts',
      '/ledger',
      '/users',
      '/agencies',
    ],
    ...[
      '/agencies/ours',
      '/repairs',
      '/repairs/replays',
      '/repairs/webhooks',
      '/repairs/remap',
      '/agent-package',
    ],
  ];
  for (const path of closed) expect((await ours.get(path)).status, path).toBe(403);
  expect([403, 404]).toContain((await ours.get('/complaints/26-0000-0001-5')).status);
});

it('nobody else has an engineer’s place', async () => {
  for (const login of ['admin', 'counsellor', 'auditor']) {
    const other = await enter(login);
    for (const path of [...pages, ...named()])
      expect((await other.get(`/engineer${path}`)).status, `${login} ${path}`).toBe(403);
  }
});

it('a parked post is shown with its faulty field, and with nobody in it', async () => {
  const ours = await enter('engineer-ours');
  const { text } = await ours.get(`/engineer/parked/${item}`);
  expect(text).toContain('이관대기');
  expect(text).not.toMatch(/홍길동|9876-4321/);
});
