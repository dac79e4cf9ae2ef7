import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { createUser } from '../../../../hub/access/people/users.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { call } from '../../doors/call.ts';
import { exportComplaint } from '../../doors/open-doors.ts';
import { envelope } from '../../doors/soap/calls.ts';
import { createVisitors } from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

const secretWords = '전화로거칠게항의하신분';
let hub: TestHub;
let board: RestBoard;
let key: string;
let path: string;

const visitors = createVisitors(() => hub.url);
const visitAs = visitors.as;
const noteOf = async (login: string, text: string) =>
  (await visitAs(login)).fill(path, `${path}/notes`, { text });

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  const screen = (code: string, more: Partial<Agency> = {}): Agency => ({
    code,
    name: { ko: code },
    officers: [{ name: '담당', email: `${code}@example.kr` }],
    ...more,
  });
  const agencies = [
    screen('road', { feed: true }),
    screen('tax'),
    readBoardAgency('rest-board', 'sbiz', board.url),
  ];
  hub = await startTestHub(agencies, { rules: [], default: 'tax' });
  await insertUsers(hub.store);
  for (const [login, agency] of [
    ['colleague', 'tax'],
    ['sbiz', 'sbiz'],
  ] as const)
    await createUser(hub.store, {
      ...{ login, agency, name: login === 'colleague' ? '김동료' : '박지원' },
      ...{ role: 'officer', password: samplePassword },
    });
  key = (await createApiKey(hub.store, 'road')).key;
  const value = { externalId: 'A-1', content: exportComplaint };
  const reply = await call<{ receiptNumber: string }>(hub, key, 'POST', '/complaints', value);
  path = `/complaints/${reply.body.receiptNumber}`;
});
afterAll(async () => {
  await hub?.stop();
  await board?.close();
});

test('a note is read by the own agency alone, and calls a colleague until it is seen', async () => {
  const written = await noteOf('tax', `@김동료 ${secretWords}. 함께 봅시다.`);
  expect(written.headers.get('location')).toBe(`${path}?done=note_written`);
  const [above = '', notes] = (await (await visitAs('tax')).get(`${path}?done=note_written`)).text.split(
    'id="notes"',
  );
  expect(
    [above, notes].map((part) => part?.includes('메모를 저장했습니다.')),
    'where the page opens',
  ).toEqual([false, true]);
  const colleague = await visitAs('colleague');
  expect((await colleague.get('/')).text).toMatch(new RegExp(`나를 부른 메모[\\s\\S]*${secretWords}`));
  // A page that refreshes itself is nobody who looks.
  await colleague.call(path, { headers: { 'x-live': '1' } });
  expect((await colleague.get('/')).text).toContain('나를 부른 메모');
  expect((await colleague.get(path)).text).toContain(secretWords);
  expect((await colleague.get('/')).text).not.toContain('나를 부른 메모');
  for (const login of ['road', 'counsellor', 'admin', 'auditor'])
    expect((await (await visitAs(login)).get(path)).text, login).not.toContain(secretWords);
  expect((await (await visitAs('auditor')).get(path)).text).not.toContain('id="notes"');
});

test('nothing of a note leaves the hub: no table but its own has it, no door, feed, board or message', async () => {
  const tax = await visitAs('tax');
  await tax.fill(path, `${path}/interim`, { text: '알아보고 있습니다.', officer: '이세무', confirmed: '1' });
  await tax.fill(path, `${path}/transfer`, { to: 'sbiz', reason: '소관이 다릅니다.', confirmed: '1' });
  const posts = await waitFor('the complaint on the other board', () => {
    const all = JSON.stringify(board.posts());
    return all.includes(exportComplaint.title) && all;
  });
  expect(posts).not.toContain(secretWords);
  const number = path.split('/').at(-1) ?? '';
  const changes = await waitFor('the transfer in the feed', async () => {
    const { body } = await call(hub, key, 'GET', '/changes');
    const said = JSON.stringify(body);
    return said.includes('소관이 다릅니다.') && said;
  });
  expect(changes).not.toContain(secretWords);
  for (const at of [`/complaints/${number}`, `/complaints/${number}/events`, '/complaints?text=거칠게'])
    expect(JSON.stringify((await call(hub, key, 'GET', at)).body), at).not.toContain(secretWords);
  const asked = `<GetComplaint xmlns="urn:minwon-hub:v1"><receiptNumber>${number}</receiptNumber></GetComplaint>`;
  const soap = await fetch(`${hub.url}/soap/v1`, {
    method: 'POST',
    body: envelope(asked),
    headers: { 'content-type': 'text/xml', authorization: `Bearer ${key}` },
  });
  const xml = await soap.text();
  expect(xml).toContain(exportComplaint.title);
  expect(xml).not.toContain(secretWords);
  // Whatever could be sent later stands in a table: events, notices, outbox, raw items, feeds, words of the search.
  const { rows: tables } = await hub.store.pool.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const holding: string[] = [];
  for (const { name } of tables) {
    const { rows } = await hub.store.pool.query(
      `select from ${name} t where t::text like $1 or t::text like '%칠게%' limit 1`,
      [`%${secretWords}%`],
    );
    if (rows.length > 0) holding.push(name);
  }
  expect(holding).toEqual(['public.notes']);
  // The agency that has it now reads its own notes only.
  expect((await (await visitAs('sbiz')).get(path)).text).not.toContain(secretWords);
}, 60_000);

test('a note is struck out by its author alone, once, and stays in the record of changes', async () => {
  const strikeOf = (html: string) => /action="([^"]+\/strike)"/.exec(html)?.[1] ?? '';
  const own = (await (await visitAs('tax')).get(path)).text;
  const action = strikeOf(own);
  expect(action).not.toBe('');
  const colleague = await visitAs('colleague');
  expect(strikeOf((await colleague.get(path)).text)).toBe('');
  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec((await colleague.get(path)).text) ?? [];
  await colleague.post(action, { formToken });
  expect(strikeOf((await (await visitAs('tax')).get(path)).text)).toBe(action);
  await (await visitAs('tax')).fill(path, action, {});
  const struck = (await colleague.get(path)).text;
  expect(struck).toMatch(new RegExp(`취소한 메모[\\s\\S]*<s>[^<]*${secretWords}`));
  const again = await (await visitAs('tax')).post(action, { formToken: 'x' });
  expect(again.status).toBe(403);
  const { rows } = await hub.store.pool.query(
    `select actor, action, agency from audit_entries where action like 'note.%' order by id`,
  );
  expect(rows).toEqual([
    { actor: 'tax', action: 'note.written', agency: 'tax' },
    { actor: 'tax', action: 'note.struck', agency: 'tax' },
  ]);
});

test('a note that is not taken keeps its text, and says what is right', async () => {
  await createUser(hub.store, {
    ...{ login: 'colleague2', agency: 'tax', name: '김동료', role: 'officer', password: samplePassword },
  });
  const refused = await noteOf('tax', '@김동료 누구일까요');
  expect(refused.status).toBe(422);
  expect(refused.text).toMatch(/id="notes-text-problem">[\s\S]*같은 이름의 동료가 여러 명/);
  expect(refused.text).toContain('@김동료 누구일까요</textarea>');
  expect((await noteOf('tax', '')).status).toBe(422);
  expect((await noteOf('tax', '가'.repeat(4001))).text).toContain('4,000자까지');
});

test('a note form that is sent twice makes one note', async () => {
  const tax = await visitAs('tax');
  const { text } = await tax.get(path);
  const [, form = ''] = text.split(`action="${path}/notes"`);
  const [, noteKey = ''] = /name="key" value="([^"]+)"/.exec(form) ?? [];
  for (let n = 0; n < 2; n += 1) await tax.fill(path, `${path}/notes`, { key: noteKey, text: '두 번 누름' });
  const { rows } = await hub.store.pool.query(`select from notes where body = '두 번 누름'`);
  expect(rows).toHaveLength(1);
});
