import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyChanges } from '../../../../hub/configuration/changes/apply.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { openSelfStage, type SelfStage } from './self-stage.ts';

let stage: SelfStage;
beforeAll(async () => {
  stage = await openSelfStage();
}, 60_000);
afterAll(() => stage.stop());

interface Webhooks {
  items: { name: string; url: string }[];
}
const list = async (as: 'ours' | 'theirs') => (await stage[as]<Webhooks>('GET', '/webhooks')).body.items;
const inForce = async (code: string) => {
  const { rows } = await stage.hub.store.pool.query<{ body: unknown; way: string; author: string }>(
    "select body, way, author from configurations where kind = 'agency' and name = $1 order by version desc limit 1",
    [code],
  );
  return rows[0];
};

it('an endpoint is made with a secret of the hub, of which only the reference is kept', async () => {
  const made = await stage.theirs<{ secret: string; isProposed: boolean }>('PUT', '/webhooks/stats', {
    url: 'https://stats.example.kr/minwon',
    events: ['answered'],
  });
  expect(made.body).toEqual({ secret: expect.stringMatching(/^whsec_/), isProposed: false });
  await waitFor('it is in force', async () => (await list('theirs')).some(({ name }) => name === 'stats'));
  expect((await list('ours')).map(({ name }) => name)).toEqual(['statistics']);
  const version = await inForce('theirs');
  expect(version).toMatchObject({ way: 'api', author: expect.stringMatching(/^key /) });
  expect(JSON.stringify(version)).not.toContain(made.body.secret);
  expect(JSON.stringify(version)).toMatch(/"hub:[0-9a-f]{16}"/);
});

it('a renewed secret signs beside the newest one, in all processes', async () => {
  const { body } = await stage.ours<{ secret: string }>('POST', '/webhooks/statistics/secret');
  const usual = stage.receiver.secrets;
  stage.receiver.secrets = [body.secret];
  await waitFor('the hub signs with it', async () => {
    const test = await stage.ours<{ outcome: string }>('POST', '/webhooks/statistics/test');
    return test.body.outcome === 'done';
  });
  expect(stage.receiver.deliveries.at(-1)?.signatures).toBe(2);
  stage.receiver.secrets = usual;
  expect((await stage.ours('POST', '/webhooks/statistics/test')).body).toMatchObject({ outcome: 'done' });
});

it('another address loses what was allowed for the old one, and inner addresses are not called', async () => {
  const url = stage.receiver.url.replace('127.0.0.1', 'localhost');
  expect((await stage.ours('PUT', '/webhooks/statistics', { url })).status).toBe(200);
  await waitFor('it is in force', async () => (await list('ours'))[0]?.url === url);
  expect(JSON.stringify((await inForce('ours'))?.body)).not.toContain('127.0.0.0/8');
  const before = stage.receiver.deliveries.length;
  const test = await stage.ours<{ outcome: string }>('POST', '/webhooks/statistics/test');
  expect(test.body.outcome).not.toBe('done');
  expect(stage.receiver.deliveries).toHaveLength(before);
});

it('an address that cannot be is refused at its field, and what is removed is gone', async () => {
  const wrong = await stage.theirs<{ errors: { pointer: string }[] }>('PUT', '/webhooks/other', {
    url: 'ftp://stats.example.kr/',
  });
  expect([wrong.status, wrong.body.errors[0]?.pointer]).toEqual([422, '/url']);
  expect((await stage.theirs('DELETE', '/webhooks/stats')).status).toBe(200);
  await waitFor('it is gone', async () => (await list('theirs')).length === 0);
  expect((await stage.theirs('DELETE', '/webhooks/stats')).status).toBe(404);
});

it('whoever holds an older state is told so, and changes nothing; what is so already is so', async () => {
  const path = '/webhooks/tagged';
  const put = (url: string, headers: Record<string, string>) =>
    stage.theirs<{ type?: string }>('PUT', path, { url }, headers);
  const read = (headers: Record<string, string> = {}) =>
    stage.theirs<{ url: string; events: null; secrets: string[] }>('GET', path, undefined, headers);
  const tagOf = ({ headers }: { headers: Headers }) => headers.get('etag') ?? '';
  const gone = await put('https://one.example.kr/a', { 'if-match': '*' });
  expect([gone.status, gone.body.type]).toEqual([412, 'urn:minwon-hub:problem:changed-meanwhile']);
  expect((await put('https://one.example.kr/a', { 'if-none-match': '*' })).status).toBe(200);
  expect((await put('https://one.example.kr/b', { 'if-none-match': '*' })).status).toBe(412);

  const first = await read();
  expect(first.body).toMatchObject({ name: 'tagged', url: 'https://one.example.kr/a', events: null });
  expect(tagOf(first)).toMatch(/^"[\w-]{22}"$/);
  const same = await read({ 'if-none-match': tagOf(first) });
  expect([same.status, same.body]).toEqual([304, undefined]);
  const held = { 'if-match': tagOf(first) };
  expect((await put('https://one.example.kr/b', held)).status).toBe(200);
  for (const late of [
    await put('https://one.example.kr/c', held),
    await stage.theirs('POST', `${path}/secret`, undefined, held),
    await stage.theirs('DELETE', path, undefined, held),
  ])
    expect(late.status).toBe(412);
  // Its reply was lost, and it is sent again.
  expect((await put('https://one.example.kr/b', held)).status).toBe(200);
  const second = await read();
  expect(second.body).toMatchObject({ url: 'https://one.example.kr/b', secrets: first.body.secrets });
  const now = { 'if-match': tagOf(second) };
  const renewed = await stage.theirs<{ secret: string }>('POST', `${path}/secret`, undefined, now);
  expect(renewed.status).toBe(200);
  expect((await read()).body.secrets).toHaveLength(2);
  expect((await stage.theirs('DELETE', path, undefined, now)).status).toBe(412);
  expect((await stage.ours('GET', path)).status).toBe(404);
  expect(
    (await stage.theirs('PUT', path, { url: 'https://one.example.kr/c' }, { 'if-match': 'c' })).status,
  ).toBe(400);
  expect((await stage.theirs('DELETE', path)).status).toBe(200);
  await waitFor('it is gone', async () => (await list('theirs')).length === 0);
});

it('only the endpoint changes in a text that people laid out, also where two share their settings', async () => {
  const head = `code: theirs # the other one
name: {ko: 다른 기관}
officers: [{name: 이담당}] # told
`;
  const source = `${head}webhooks:
  - name: one
    settings: &both
      url: https://one.example.kr/in
      secrets: [env:ONE_SECRET]
  - name: two
    settings: *both
`;
  const by = { author: 'admin', way: 'console', note: '' } as const;
  await applyChanges(stage.hub.store, [{ kind: 'agency', name: 'theirs', source }], by);
  await waitFor('it is in force', async () => (await list('theirs')).length === 2);
  const reply = await stage.theirs('PUT', '/webhooks/two', { url: 'https://one.example.kr/other' });
  expect(reply.status).toBe(200);
  const { rows } = await stage.hub.store.pool.query<{ source: string; body: { webhooks: unknown } }>(
    "select source, body from configurations where name = 'theirs' order by version desc limit 1",
  );
  expect(rows[0]?.source.startsWith(head)).toBe(true);
  const secrets = ['env:ONE_SECRET'];
  expect(rows[0]?.body.webhooks).toEqual([
    { name: 'one', settings: { url: 'https://one.example.kr/in', secrets } },
    { name: 'two', settings: { url: 'https://one.example.kr/other', secrets } },
  ]);
});
