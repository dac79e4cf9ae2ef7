import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measureCases } from '../../../../hub/insight/process/measure-cases.ts';
import { sumUp } from '../../../../hub/insight/process/sum-up.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertComplaint, insertEvent, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;
let answered: string;
let own: string;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const first = await insertComplaint(store, { assignee: 'road', title: '가로등 고장' });
  await store.pool.query("update complaints set status = 'answered', last_seq = 3 where id = $1", [first.id]);
  await insertEvent(store, first.id, 3, 'answered', { answer: { text: '고쳤습니다.' } });
  answered = first.receiptNumber;
  own = (await insertComplaint(store, { assignee: 'tax', title: '환급 문의' })).receiptNumber;
  const log = pino({ level: 'silent' });
  await measureCases({ store, directory: sampleDirectory, log });
  while (await sumUp(store));
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

test.each([
  ['admin', 200],
  ['auditor', 200],
  ['road', 200],
  ['counsellor', 403],
])('is there for %s: %i', async (login, status) => {
  expect((await (await visitAs(login)).get('/process')).status).toBe(status);
});

test('each number leads to its complaints', async () => {
  const visitor = await visitAs('admin');
  const { text } = await visitor.get('/process?by=agency');
  expect(text).toContain('도로관리사업소');
  expect(text).toContain('중소기업세무지원센터');
  expect(text).toMatch(/class="total".*?>2<\/a>/s);
  const [, path = ''] = /href="(\/process\/cases\?agency=road[^"]*what=answered)"/.exec(text) ?? [];
  const cases = (await visitor.get(path.replaceAll('&amp;', '&'))).text;
  expect(cases).toContain(`/complaints/${answered}`);
  expect(cases).not.toContain(own);
});

test('an officer sees his agency alone, whatever he asks for', async () => {
  const officer = await visitAs('tax');
  for (const path of [
    '/process?agency=road&by=agency',
    '/process/cases?agency=road',
    '/process.csv?agency=road',
  ]) {
    const { text } = await officer.get(path);
    expect(text, path).not.toContain('도로관리사업소');
    expect(text, path).not.toContain(answered);
  }
  expect((await officer.get('/process/cases')).text).toContain(own);
});

test('the file has a line for each month, agency and kind, which spreadsheets read as UTF-8', async () => {
  const visitor = await visitAs('admin');
  const reply = await visitor.call('/process.csv');
  expect(reply.headers.get('content-type')).toContain('text/csv');
  expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="?process-all-/);
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await reply.arrayBuffer()).split('\r\n');
  expect(lines[0]).toMatch(/^\uFEFF접수월,기관코드,기관,종류,접수,답변/);
  expect(lines.slice(1, 3).map((line) => line.split(',').slice(1, 6))).toEqual([
    ['road', '도로관리사업소', '질의', '1', '1'],
    ['tax', '중소기업세무지원센터', '질의', '1', '0'],
  ]);
});

test('months that cannot be are said beside their field, and what was typed stays', async () => {
  const visitor = await visitAs('admin');
  const shape = await visitor.get('/process?from=2026-13&to=2026-11');
  expect(shape.status).toBe(422);
  expect(shape.text).toMatch(/value="2026-13"[^>]*aria-invalid="true"/);
  expect(shape.text).toContain('2026-11처럼');
  expect((await visitor.get('/process?from=2026-11&to=2026-10')).text).toContain('늦을 수 없습니다');
  expect((await visitor.get('/process?from=2020-01&to=2026-10')).text).toContain('36개월까지');
});

test('an administrator has everything counted again, and that is on record', async () => {
  const visitor = await visitAs('admin');
  const reply = await visitor.fill('/process', '/process/recount', {});
  expect(reply.headers.get('location')).toBe('/process?done=process_recounted');
  const { rows } = await store.pool.query(
    "select actor from audit_entries where action = 'process.recounted'",
  );
  expect(rows).toEqual([{ actor: 'admin' }]);
  expect((await (await visitAs('auditor')).get('/process')).text).not.toContain('/process/recount');
});
