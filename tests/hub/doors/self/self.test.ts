import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallLog } from '../../../../hub/access/calls/call-log.ts';
import { cutCallLogs } from '../../../../hub/access/calls/cut-call-logs.ts';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { openSender } from '../../../support/sender.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { call } from '../call.ts';
import { openSelfStage, type SelfStage } from './self-stage.ts';

let stage: SelfStage;
beforeAll(async () => {
  stage = await openSelfStage();
}, 60_000);
afterAll(() => stage.stop());

interface Items<T> {
  items: T[];
  next?: string;
}
interface Call {
  operation: string | null;
  status: number;
  problem: string | null;
  door: string;
  request: string;
  key: string;
  ms: number;
}
const codeOf = ({ body }: { body: unknown }) => (body as { type?: string }).type?.split(':').at(-1);

describe('keys', () => {
  it('are shown once, and named, limited and listed afterwards', async () => {
    const made = await stage.ours<{ id: string; key: string; signingSecret: string }>('POST', '/keys', {
      name: '통계',
      scopes: ['read'],
    });
    expect(made.status).toBe(201);
    expect(made.body.key).toMatch(/^mwk_/);
    expect(made.body.signingSecret).toMatch(/^mws_/);
    expect((await call(stage.hub, made.body.key, 'GET', '/complaints')).status).toBe(200);
    expect((await call(stage.hub, made.body.key, 'GET', '/self/keys')).status).toBe(403);
    const listed = await stage.ours<Items<{ id: string; name: string; scopes: string[] }>>('GET', '/keys');
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ id: made.body.id, name: '통계', scopes: ['read'] }),
    );
    expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
  });

  it('cannot give more than they have, and a usual key manages nothing', async () => {
    const { key } = await createApiKey(stage.hub.store, 'ours', null, ['read', 'manage']);
    const ask = (scopes: string[]) => call(stage.hub, key, 'POST', '/self/keys', { name: 'x', scopes });
    expect((await ask(['read'])).status).toBe(201);
    const refused = await ask(['read', 'answer']);
    expect([refused.status, codeOf(refused)]).toEqual([403, 'forbidden']);
    const usual = await createApiKey(stage.hub.store, 'ours');
    expect((await call(stage.hub, usual.key, 'GET', '/self/keys')).status).toBe(403);
  });

  it('are changed as they were read: two who revoke or replace one do not pass each other unseen', async () => {
    const { id } = await createApiKey(stage.hub.store, 'ours', null, ['read']);
    const read = () => stage.ours<Record<string, unknown>>('GET', `/keys/${id}`);
    const first = await read();
    expect(first.body).toMatchObject({ id, scopes: ['read'], revokedAt: null });
    expect(Object.keys(first.body)).not.toContain('lastUsedAt');
    const held = { 'if-match': first.headers.get('etag') ?? '' };
    const rotation = { endsAt: new Date(Date.now() + 3_600_000).toISOString() };
    const rotate = () => stage.ours('POST', `/keys/${id}/rotation`, rotation, held);
    expect((await rotate()).status).toBe(201);
    const late = await rotate();
    expect([late.status, codeOf(late)]).toEqual([412, 'changed-meanwhile']);
    expect((await stage.ours('DELETE', `/keys/${id}`, undefined, held)).status).toBe(412);
    const now = { 'if-match': (await read()).headers.get('etag') ?? '' };
    expect((await stage.ours('DELETE', `/keys/${id}`, undefined, now)).status).toBe(204);
    expect((await stage.theirs('GET', `/keys/${id}`)).status).toBe(404);
  });

  it('and other lists are not sent again to those who have them', async () => {
    for (const path of ['/keys', '/webhooks', '/replays', '/parked/items', '/parked/events']) {
      const etag = (await stage.theirs('GET', path)).headers.get('etag') ?? '';
      const again = await stage.theirs('GET', path, undefined, { 'if-none-match': etag });
      expect([again.status, again.headers.get('etag')], path).toEqual([304, etag]);
    }
    const before = (await stage.theirs('GET', '/keys')).headers.get('etag') ?? '';
    await createApiKey(stage.hub.store, 'theirs');
    const after = await stage.theirs('GET', '/keys', undefined, { 'if-none-match': before });
    expect(after.status).toBe(200);
  });

  it('are replaced without a gap: both are valid until the old one ends', async () => {
    const old = await createApiKey(stage.hub.store, 'ours', null, ['read', 'manage']);
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const rotated = await call<{ key: string }>(stage.hub, old.key, 'POST', `/self/keys/${old.id}/rotation`, {
      endsAt,
    });
    expect(rotated.status).toBe(201);
    for (const key of [old.key, rotated.body.key])
      expect((await call(stage.hub, key, 'GET', '/complaints')).status).toBe(200);
    const { rows } = await stage.hub.store.pool.query<{ expires_at: Date }>(
      'select expires_at from api_keys where id = $1',
      [old.id],
    );
    expect(rows[0]?.expires_at.toISOString()).toBe(endsAt);
    // It cannot be prolonged by replacing it again.
    const later = new Date(Date.now() + 86_400_000).toISOString();
    await call(stage.hub, old.key, 'POST', `/self/keys/${old.id}/rotation`, { endsAt: later });
    const again = await stage.hub.store.pool.query<{ expires_at: Date }>(
      'select expires_at from api_keys where id = $1',
      [old.id],
    );
    expect(again.rows[0]?.expires_at.toISOString()).toBe(endsAt);
  });

  it.each([
    [{ name: '', scopes: ['read'] }, '/name'],
    [{ name: 'x', scopes: [] }, '/scopes'],
    [{ name: 'x', scopes: ['read', 'everything'] }, '/scopes/1'],
    [{ name: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: 'x', scopes: ['agent'] }, '/scopes/0'],
  ])('refuse %j', async (wish, pointer) => {
    const { status, body } = await stage.ours<{ errors: { pointer: string }[] }>('POST', '/keys', wish);
    expect([status, body.errors[0]?.pointer]).toEqual([422, pointer]);
  });

  it('are made once under one Idempotency-Key, and never shown again', async () => {
    const wish = { name: 'once', scopes: ['feed'] };
    const headers = { 'idempotency-key': 'k-1' };
    const first = await stage.ours<{ id: string; key?: string }>('POST', '/keys', wish, headers);
    const second = await stage.ours<{ id: string; key?: string }>('POST', '/keys', wish, headers);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual({ id: first.body.id, name: 'once', scopes: ['feed'], expiresAt: null });
    const other = await stage.ours('POST', '/keys', { ...wish, name: 'twice' }, headers);
    expect([other.status, codeOf(other)]).toEqual([422, 'key-reused']);
    const { rows } = await stage.hub.store.pool.query("select reply from managed_calls where key = 'k-1'");
    expect(JSON.stringify(rows)).not.toContain('mwk_');
  });
});

it('many changes at once that need a connection each wait for none of one another', async () => {
  const path = '/replays/019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f/state';
  const replies = await Promise.all(
    Array.from({ length: 60 }, () => stage.ours('PUT', path, { state: 'paused' })),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([404]));
});

describe('webhooks', () => {
  const list = () =>
    stage.ours<Items<{ name: string; waiting: number; pausedAt: string | null }>>('GET', '/webhooks');
  interface WebhookCall {
    outcome: string;
    status: number | null;
    ms: number;
    testBy: string | null;
    delivery: { id: string; event: string; state: string } | null;
  }
  const calls = async (query = '') =>
    (await stage.ours<Items<WebhookCall>>('GET', `/webhooks/statistics/calls${query}`)).body.items;

  it('are tested by a real, signed and marked event', async () => {
    const test = await stage.ours<{ outcome: string; status: number; event: string }>(
      'POST',
      '/webhooks/statistics/test',
    );
    expect(test.body).toMatchObject({ outcome: 'done', reason: null });
    expect(test.body.status).toBeGreaterThanOrEqual(200);
    const told = stage.receiver.deliveries.at(-1);
    expect(told).toMatchObject({ webhookId: test.body.event, type: 'minwon.ping.v1', signatures: 1 });
    expect(stage.receiver.events()).toEqual([]);

    stage.receiver.behave = () => ({ status: 503 });
    const failed = await stage.ours('POST', '/webhooks/statistics/test');
    stage.receiver.behave = () => undefined;
    expect(failed.body).toMatchObject({ outcome: 'retry', status: 503 });
    expect((await calls('?failed=true'))[0]).toMatchObject({ outcome: 'retry', status: 503, delivery: null });
  });

  it('are held back, told afterwards, and told again', async () => {
    expect((await stage.ours('PUT', '/webhooks/statistics/pause')).status).toBe(204);
    const sender = await openSender(stage.hub, stage.keys.ours);
    const receipt = await sender.file('가로등 고장');
    await waitFor('the event waits', async () => (await list()).body.items[0]?.waiting);
    expect((await list()).body.items[0]?.pausedAt).toMatch(/^2/);
    expect(stage.receiver.events()).toEqual([]);
    expect((await stage.ours('DELETE', '/webhooks/statistics/pause')).status).toBe(204);
    await waitFor('the events are told', () => stage.receiver.events().length > 0);
    const done = await waitFor('the call is listed', async () =>
      (await calls()).find(({ delivery }) => delivery?.event.startsWith(receipt)),
    );
    expect(done).toMatchObject({ outcome: 'done', testBy: null });

    const event = done.delivery?.event ?? '';
    const again = await stage.ours<{ events: number }>('POST', '/webhooks/statistics/resend', {
      delivery: done.delivery?.id,
    });
    expect(again.body).toEqual({ events: 1 });
    await waitFor(
      'it is told again',
      () => stage.receiver.deliveries.filter(({ webhookId }) => webhookId?.endsWith(event)).length === 2,
    );
  });

  it('are told again of all that failed since a time', async () => {
    stage.receiver.behave = () => ({ status: 422 });
    const since = new Date(Date.now() - 1000).toISOString();
    await (await openSender(stage.hub, stage.keys.ours)).file('보도 파손');
    await waitFor('it is parked', async () =>
      (await calls('?failed=true')).some(({ delivery }) => delivery?.state === 'parked'),
    );
    stage.receiver.behave = () => undefined;
    const told = stage.receiver.events().length;
    const again = await stage.ours<{ events: number }>('POST', '/webhooks/statistics/resend', {
      failedSince: since,
    });
    expect(again.body.events).toBeGreaterThan(0);
    await waitFor('it is told', () => stage.receiver.events().length > told);
    const wrong = await stage.ours('POST', '/webhooks/statistics/resend', {
      failedSince: '2020-01-01T00:00:00Z',
    });
    expect(wrong.status).toBe(422);
  });
});

describe('the log of calls', () => {
  const list = async (query = '') => (await stage.ours<Items<Call>>('GET', `/calls${query}`)).body.items;

  it('has the calls of all doors, with their problems, and nothing that was said', async () => {
    await call(stage.hub, stage.keys.ours, 'GET', '/complaints/26-9999-9999-9', undefined, {
      'x-request-id': 'find-me',
    });
    await call(stage.hub, stage.keys.ours, 'POST', '/complaints', { content: { title: '비밀 제목' } });
    await fetch(`${stage.hub.url}/soap/v1`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', authorization: `Bearer ${stage.keys.ours}` },
      body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetComplaint xmlns="urn:minwon-hub:v1"><receiptNumber>26-9999-9999-9</receiptNumber></GetComplaint></s:Body></s:Envelope>`,
    });
    const found = await waitFor('the calls are written', async () => {
      const all = await list('?limit=100');
      return (
        all.some(({ door }) => door === 'soap') && all.some(({ request }) => request === 'find-me') && all
      );
    });
    expect(found.find(({ request }) => request === 'find-me')).toMatchObject({
      ...{ door: 'rest', operation: 'getComplaint', status: 404, problem: 'not-found' },
    });
    expect(found).toContainEqual(
      expect.objectContaining({ operation: 'registerComplaint', status: 422, problem: 'invalid' }),
    );
    expect(found.find(({ door }) => door === 'soap')).toMatchObject({ status: 500 });
    const { rows } = await stage.hub.store.pool.query('select * from door_calls');
    expect(JSON.stringify(rows)).not.toMatch(/비밀|26-9999/);
  });

  it('is filtered, and read page by page', async () => {
    const failed = await list('?failed=true');
    expect(failed.every(({ problem, status }) => problem !== null || status >= 400)).toBe(true);
    expect((await list('?request=find-me')).map(({ operation }) => operation)).toEqual(['getComplaint']);
    expect(new Set((await list('?operation=listKeys')).map(({ operation }) => operation))).toEqual(
      new Set(['listKeys']),
    );
    const first = (await stage.ours<Items<Call>>('GET', '/calls?limit=2')).body;
    const second = (await stage.ours<Items<Call>>('GET', `/calls?limit=2&after=${first.next}`)).body;
    expect([...first.items, ...second.items]).toHaveLength(4);
    expect(new Set([...first.items, ...second.items].map((one) => JSON.stringify(one))).size).toBe(4);
  });

  it('is cut to its length, and never counts what is stored', async () => {
    const { store } = stage.hub;
    const log = createCallLog(store, { warn: () => undefined, debug: () => undefined } as never);
    const one = { agency: 'busy', door: 'rest', operation: 'x', status: 200, problem: null, ms: 1 } as const;
    for (let n = 0; n < 2_500; n += 1) log.note({ ...one, request: `r${n}`, keyId: null });
    await log.stop();
    const list = async () => {
      const text = "select id from door_calls where agency = 'busy' order by id desc";
      return (await store.pool.query<{ id: string }>(text)).rows.map(({ id }) => id);
    };
    const all = await list();
    expect(all).toHaveLength(2_500);
    await cutCallLogs(store, 100);
    expect(await list()).toEqual(all.slice(0, 100));
    expect((await store.pool.query("select uncut from door_logs where agency = 'busy'")).rows).toEqual([
      { uncut: 0 },
    ]);
  });

  it('tells the use of the day and the limits', async () => {
    const { body } = await stage.ours<{ days: { door: string; calls: number }[]; limits: object }>(
      'GET',
      '/usage',
    );
    expect(body.limits).toMatchObject({ requestsPerMinute: 60_000, concurrency: 64, signed: false });
    expect(body.days.find(({ door }) => door === 'rest')?.calls).toBeGreaterThan(5);
  });
});

describe('each change', () => {
  it('is written into the record of changes, with who and which way, and without secrets', async () => {
    const made = await stage.ours<{ id: string; key: string }>('POST', '/keys', {
      name: 'noted',
      scopes: ['read'],
    });
    await stage.ours('DELETE', `/keys/${made.body.id}`);
    await stage.ours('PUT', '/webhooks/statistics/pause');
    await stage.ours('DELETE', '/webhooks/statistics/pause');
    const { rows } = await stage.hub.store.pool.query<{ action: string; subject: string; way: string }>(
      "select action, subject, way, actor from audit_entries where agency = 'ours' order by id desc limit 4",
    );
    expect(rows.toReversed()).toMatchObject([
      {
        action: 'connection.key_make',
        subject: 'key noted',
        way: 'api',
        actor: expect.stringMatching(/^key /),
      },
      { action: 'connection.key_revoke', subject: `key ${made.body.id}` },
      { action: 'connection.webhook_pause', subject: 'webhook statistics' },
      { action: 'connection.webhook_resume', subject: 'webhook statistics' },
    ]);
    expect(JSON.stringify(rows)).not.toContain('mwk_');
  });

  it('is not written where nothing was changed', async () => {
    const count = async () =>
      (await stage.hub.store.pool.query('select count(*)::int as n from audit_entries')).rows[0];
    const before = await count();
    expect((await stage.ours('PUT', '/webhooks/other/pause')).status).toBe(404);
    expect((await stage.ours('POST', '/keys', { name: '', scopes: ['read'] })).status).toBe(422);
    expect(await count()).toEqual(before);
  });
});
