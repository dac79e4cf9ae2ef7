import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adapterKinds } from '../../../../adapters/registry.ts';
import { applyChanges } from '../../../../hub/configuration/changes/apply.ts';
import { discardDraft, findDraft, saveDraft } from '../../../../hub/configuration/drafts.ts';
import { exportConfiguration } from '../../../../hub/configuration/export.ts';
import { findInForce } from '../../../../hub/configuration/versions.ts';
import { toHidden } from '../console-server.ts';
import { insertComplaint } from '../sample-board.ts';
import { readFormOf, roadSource, startConfigurationHub } from './configuration-hub.ts';

let parts: Awaited<ReturnType<typeof startConfigurationHub>>;
beforeAll(async () => {
  parts = await startConfigurationHub();
});
afterAll(() => parts.hub.stop());

const path = '/agencies/road/configuration';
const inForce = async (code = 'road') => findInForce(parts.hub.store.db, { kind: 'agency', name: code });
const as = (login: string) => parts.visitors.as(login);

/** Begins a draft on what is in force. */
async function draft(login: string, change: (source: string) => string, code = 'road') {
  const now = await inForce(code);
  const source = change(now?.source ?? '');
  await saveDraft(parts.hub.store, {
    person: login,
    kind: 'agency',
    name: code,
    base: now?.version ?? 0,
    source,
  });
}
const apply = async (login: string, note: string) =>
  (await as(login)).fill(`${path}/review`, `${path}/apply`, { note });
const reset = async (source = roadSource) => {
  for (const login of ['admin', 'second']) await discardDraft(parts.hub.store, login, 'agency', 'road');
  await applyChanges(parts.hub.store, [{ kind: 'agency', name: 'road', source }], {
    author: 'admin',
    way: 'command',
    note: '',
  });
};

test('the review tells the change in words and lines; applied with a note, it is exported as it was written', async () => {
  await draft('admin', (source) => source.replace('pollEvery: 30', 'pollEvery: 60'));
  const { text } = await (await as('admin')).get(`${path}/review`);
  expect(text).toMatch(/게시판 연결 › 수집 간격\(초\)[\s\S]*?<del>30<\/del> → <ins>60<\/ins>/);
  expect(text).toMatch(/class="removed">[\s\S]*?pollEvery: 30 # seconds/);
  expect((await apply('admin', '')).status).toBe(422);
  const done = await apply('admin', '야간 부하');
  expect(done.headers.get('location')).toBe(`${path}?done=configuration_applied`);
  const folder = await mkdtemp(join(tmpdir(), 'exported-'));
  await exportConfiguration(parts.hub.store, folder);
  expect(await readFile(join(folder, 'agencies/road.yaml'), 'utf8')).toBe(roadSource.replace('30', '60'));
  expect(await findDraft(parts.hub.store, 'admin', 'agency', 'road')).toBeUndefined();
  const versions = (await (await as('auditor')).get(`${path}/versions`)).text;
  for (const words of ['야간 부하', '화면에서', '게시판 연결 › 수집 간격(초)'])
    expect(versions).toContain(words);
  const compared = (await (await as('auditor')).get(`${path}/compare?from=2&to=1`)).text;
  expect(compared).toMatch(/<del>30<\/del> → <ins>60<\/ins>/);
});

test('a draft that changed after its review is shown again before it is applied', async () => {
  await reset();
  await draft('admin', (source) => source.replace('30', '45'));
  const visitor = await as('admin');
  const { text } = await visitor.get(`${path}/review`);
  const formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const seen = /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? '';
  await draft('admin', (source) => source.replace('30', '46'));
  const again = await visitor.post(`${path}/apply`, { formToken, seen, note: '그대로' });
  expect(again.status).toBe(422);
  expect(again.text).toContain('검토한 뒤에 초안이 바뀌었습니다');
  expect(again.text).toContain('그대로</textarea>');
});

test('two administrators at once: the second sees what changed, merges, and loses nothing', async () => {
  await reset();
  await draft('admin', (source) => source.replace('pollEvery: 30', 'pollEvery: 90'));
  await draft('second', (source) => source.replace('051-123-4567', '051-000-0000'));
  const visitor = await as('second');
  const opened = toHidden((await visitor.get(`${path}/review`)).text, `${path}/apply`);
  await apply('admin', '먼저');
  const late = await visitor.post(`${path}/apply`, { ...opened, note: '나중' });
  const review = (await (await as('second')).get(`${path}/review`)).text;
  expect(late.status).toBe(422);
  expect(late.text).toContain('그 사이 다른 사람이 적용했습니다');
  expect(review).toContain('그 사이 admin 님이 새 판');
  expect(review).toMatch(/<del>30<\/del> → <ins>90<\/ins>/);
  await (await as('second')).fill(`${path}/review`, `${path}/merge`, {});
  expect((await apply('second', '합침')).status).toBe(303);
  expect((await inForce())?.source).toBe(
    roadSource.replace('pollEvery: 30', 'pollEvery: 90').replace('051-123-4567', '051-000-0000'),
  );
});

test('what both changed differently is chosen by the second, place by place', async () => {
  await reset();
  await draft('admin', (source) =>
    source.replace('pollEvery: 30', 'pollEvery: 90').replace('박도로', '김도로'),
  );
  await draft('second', (source) =>
    source.replace('pollEvery: 30', 'pollEvery: 15').replace('박도로', '이도로'),
  );
  await apply('admin', '먼저');
  const review = (await (await as('second')).get(`${path}/review`)).text;
  expect(review).toContain('같은 곳을 서로 다르게 바꾼 것이 2곳');
  await (await as('second')).fill(`${path}/review`, `${path}/merge`, {
    'keep.0': 'theirs',
    'keep.1': 'mine',
  });
  const merged = await findDraft(parts.hub.store, 'second', 'agency', 'road');
  expect(merged?.source).toBe(
    roadSource.replace('박도로', '김도로').replace('pollEvery: 30', 'pollEvery: 15'),
  );
});

test('a rollback says what it undoes, and makes a new version of the old text', async () => {
  await reset();
  await draft('admin', (source) => source.replace('pollEvery: 30', 'pollEvery: 7'));
  await apply('admin', '너무 잦게');
  const now = (await inForce())?.version ?? 0;
  const at = `${path}/versions/${now - 1}/rollback`;
  const { text } = await (await as('admin')).get(at);
  expect(text).toContain('취소되는 변경 1건');
  expect(text).toContain('너무 잦게');
  expect(text).toMatch(/<del>7<\/del> → <ins>30<\/ins>/);
  expect((await (await as('admin')).fill(at, at, { note: '되돌림' })).status).toBe(303);
  expect(await inForce()).toMatchObject({ source: roadSource, version: now + 1, author: 'admin' });
});

test('a rollback to a version whose adapter is gone says so and offers nothing', async () => {
  await reset();
  const version = (await inForce())?.version ?? 0;
  adapterKinds.gone = { ...(adapterKinds.webhook as (typeof adapterKinds)[string]), name: 'gone' };
  await reset(roadSource.replace('adapter: webhook', 'adapter: gone'));
  await reset();
  delete adapterKinds.gone;
  const at = `${path}/versions/${version + 1}/rollback`;
  const visitor = await as('admin');
  const { text } = await visitor.get(at);
  expect(text).toContain('이대로는 적용할 수 없습니다');
  expect(text).toContain('&#34;gone&#34; 연계 모듈이 없습니다');
  expect(text).not.toContain('name="note"');
  const formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const refused = await visitor.post(at, { formToken, note: '그래도', base: String(version + 2) });
  expect(refused.status).toBe(422);
  expect((await inForce())?.version).toBe(version + 2);
});

test('a new agency begins as a draft and comes into force by the same way', async () => {
  const visitor = await as('admin');
  const at = '/configuration/agencies/new';
  const typed = { code: 'pond', name: '저수지', officer: '한저수', adapter: 'none' };
  expect((await visitor.fill(at, at, { ...typed, code: 'Pond' })).status).toBe(422);
  expect((await visitor.fill(at, at, { ...typed, code: 'road' })).text).toContain('이미');
  expect((await visitor.fill(at, at, typed)).headers.get('location')).toBe('/agencies/pond/configuration');
  expect((await visitor.get('/configuration')).text).toContain('/agencies/pond/configuration');
  const own = '/agencies/pond/configuration';
  expect((await visitor.fill(`${own}/review`, `${own}/apply`, { note: '새 기관' })).status).toBe(303);
  expect((await inForce('pond'))?.body).toEqual({
    code: 'pond',
    name: { ko: '저수지' },
    officers: [{ name: '한저수' }],
  });
  const model = `${roadSource.replace('code: road', 'code: river')}stage: trial
webhooks:
  - name: statistics
    settings: { url: https://statistics.example/, secrets: [ env:ROAD_SECRET ] }
`;
  await applyChanges(parts.hub.store, [{ kind: 'agency', name: 'river', source: model }], {
    author: 'admin',
    way: 'command',
    note: '본보기',
  });
  const like = await visitor.fill(at, at, { ...typed, code: 'lake', like: 'river' });
  expect(like.status).toBe(303);
  const lake = (await findDraft(parts.hub.store, 'admin', 'agency', 'lake'))?.source;
  expect(lake).toContain('url: https://board.example/hook');
  expect(lake).not.toMatch(/webhooks|statistics|stage/);
});

test('an agency goes when nothing waits for it, and the page says what does', async () => {
  const visitor = await as('admin');
  const at = '/agencies/park/configuration/removal';
  await insertComplaint(parts.hub.store, { assignee: 'park', origin: 'park' });
  const waiting = (await visitor.get(at)).text;
  expect(waiting).toMatch(/답변할 민원<\/a><\/dt><dd>1</);
  expect(waiting).not.toContain('name="note"');
  const formToken = /name="formToken" value="([^"]+)"/.exec(waiting)?.[1] ?? '';
  const refused = await visitor.post(at, { formToken, note: '정리', base: '1' });
  expect(refused.status).toBe(422);
  const pond = '/agencies/pond/configuration/removal';
  const gone = await visitor.fill(pond, pond, { note: '없어진 기관' });
  expect(gone.headers.get('location')).toBe('/configuration?done=agency_removed');
  expect(await inForce('pond')).toBeUndefined();
  expect((await visitor.get('/configuration')).text).toContain('없어진 기관');
});

test('where the rule of four eyes holds, another administrator decides', async () => {
  const { hub, visitors } = await startConfigurationHub({ CONFIG_FOUR_EYES: 'yes' });
  try {
    const now = await findInForce(hub.store.db, { kind: 'agency', name: 'road' });
    const source = roadSource.replace('pollEvery: 30', 'pollEvery: 20');
    await saveDraft(hub.store, {
      person: 'admin',
      kind: 'agency',
      name: 'road',
      base: now?.version ?? 0,
      source,
    });
    const admin = await visitors.as('admin');
    // Tried alone, the draft would bring the secret to wherever it says.
    const form = readFormOf((await admin.get(path)).text);
    const tried = await admin.fill(path, path, { ...form, do: 'check' });
    expect(tried.text).toContain('다른 관리자가 확인해 적용된 뒤에 시험할 수 있습니다');
    expect(tried.text).not.toContain('게시판 접속');
    const proposed = await admin.fill(`${path}/review`, `${path}/apply`, { note: '더 자주' });
    const [at = ''] = proposed.headers.get('location')?.split('?') ?? [];
    expect(at).toMatch(/^\/configuration\/proposals\/[0-9a-f-]{36}$/);
    expect((await admin.fill(at, at, { decision: 'agree' })).text).toContain('자기가 올린 변경은');
    const second = await visitors.as('second');
    expect((await second.get('/configuration')).text).toContain(at);
    expect((await second.get(at)).text).toMatch(/<del>30<\/del> → <ins>20<\/ins>/);
    expect((await second.fill(at, at, { decision: 'refuse' })).status).toBe(422);
    expect((await second.fill(at, at, { decision: 'agree', note: '확인' })).status).toBe(303);
    expect(await findInForce(hub.store.db, { kind: 'agency', name: 'road' })).toMatchObject({
      source,
      author: 'admin',
    });
    expect((await second.get(at)).text).toContain('적용됨');

    const typed = { code: 'brook', name: '개울', officer: '한개울', exchange: 'screen' };
    const added = await admin.fill('/agencies/new', '/agencies/new', typed);
    expect(added.headers.get('location')).toMatch(/^\/configuration\/proposals\//);
    expect(await findInForce(hub.store.db, { kind: 'agency', name: 'brook' })).toBeUndefined();
    expect((await hub.store.pool.query('select from api_keys')).rowCount, 'a key for nobody').toBe(0);
    const addedAt = added.headers.get('location')?.split('?')[0] ?? '';
    expect((await second.fill(addedAt, addedAt, { decision: 'agree' })).status).toBe(303);
    expect(await findInForce(hub.store.db, { kind: 'agency', name: 'brook' })).toBeDefined();
    const taken = await admin.fill('/agencies/new', '/agencies/new', typed);
    expect(taken.text).toContain('이미 있는 기관 코드입니다');
  } finally {
    await hub.stop();
  }
});

test('what waits for a second person has a second page, and each version its page', async () => {
  const changes = JSON.stringify([{ kind: 'routing', name: 'routing', source: 'x', base: 1 }]);
  const { pool } = parts.hub.store;
  await pool.query(
    `insert into configuration_proposals (id, changes, author, way, note)
     select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1::jsonb, 'second', 'api', '제안 ' || n || '번'
     from generate_series(1, 35) n`,
    [changes],
  );
  const admin = await parts.visitors.as('admin');
  const first = (await admin.get('/configuration')).text;
  expect(first).toContain('제안 30번');
  expect(first).not.toContain('제안 31번');
  const [, next = ''] = /href="(\/configuration\?proposalsAfter=[^"]+)"/.exec(first) ?? [];
  expect((await admin.get(next)).text).toContain('제안 35번');
  const pages = [...first.matchAll(/href="([^"]+\/versions\/\d+)"/g)].map(([, page = '']) => page);
  expect(pages.some((page) => page.startsWith('/rules/routing/versions/'))).toBe(true);
  for (const page of new Set(pages)) expect((await admin.get(page)).status, page).toBe(200);
  await pool.query('delete from configuration_proposals');
});
