import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSigner } from '../../../../hub/access/keys/signing-key.ts';
import { destroyComplaints } from '../../../../hub/retention/destroy-complaints.ts';
import { announce, begin, finish, listDestroyed } from '../../../../hub/retention/destructions.ts';
import { digestNumbers, isAsSigned, signReport } from '../../../../hub/retention/report.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let old: { id: string; receiptNumber: string };
let sued: { id: string; receiptNumber: string };
let destruction: string;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;
const cutoff = new Date('2024-01-01T00:00:00+09:00');

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const ended = { status: 'answered', assignee: 'park', origin: 'park' } as const;
  old = await insertComplaint(store, { ...ended, name: '홍길동' });
  sued = await insertComplaint(store, ended);
  await store.pool.query("update complaints set updated_at = '2023-05-01'");
  await store.pool.query('update links set held = due');
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

test('without anything to destroy the page says so, and shows the rules', async () => {
  const { text } = await (await visitAs('auditor')).get('/retention');
  for (const words of [
    '예정된 파기가 없습니다',
    '아직 파기한 민원이 없습니다',
    '기록관리기준표 12-1',
    '3년',
    '10년',
  ])
    expect(text).toContain(words);
  expect(text).toContain('보존기간을 정하지 않은 기관 2곳');
  expect(text).not.toContain('action="/retention');
  for (const login of ['road', 'counsellor'])
    expect((await (await visitAs(login)).get('/retention')).status).toBe(403);
});

test('a complaint is held with a reason, and let go again', async () => {
  const admin = await visitAs('admin');
  const hold = (receiptNumber: string, reason: string) =>
    admin.fill('/retention', '/retention/holds', { receiptNumber, reason });
  const missing = await hold('', '');
  expect(missing.status).toBe(422);
  expect(missing.text).toContain('id="hold-receiptNumber-problem"');
  expect(missing.text).toContain('id="hold-reason-problem"');
  expect((await hold('26-0000-0000-1', '소송')).text).toContain('이런 접수번호의 민원이 없습니다');
  const held = await hold(sued.receiptNumber, '행정소송 2026구합1');
  expect(held.headers.get('location')).toBe('/retention?done=retention_held');
  const page = await admin.get('/retention?done=retention_held');
  expect(page.text).toContain('민원을 보류했습니다');
  expect(page.text).toContain('행정소송 2026구합1');
  const [row] = (await store.pool.query('select id from retention_holds')).rows;
  await admin.fill('/retention', `/retention/holds/${row.id}/end`, {});
  expect((await admin.get('/retention')).text).toContain('보류한 민원이 없습니다');
  await hold(sued.receiptNumber, '행정소송 2026구합1');
  const auditor = await visitAs('auditor');
  expect(
    (await auditor.post('/retention/holds', { receiptNumber: old.receiptNumber, reason: 'x' })).status,
  ).toBe(403);
});

test('an announced destruction shows what goes, is stopped with a reason and planned anew', async () => {
  const rule = { kinds: ['query'] as ['query'], years: 3, source: '기록관리기준표 12-1' };
  const made = await announce(
    store,
    { ...rule, agency: 'park', cutoff, expected: 1 },
    new Date('2026-12-01T09:00:00+09:00'),
  );
  destruction = String(made);
  await store.pool.query("update complaints set kind = 'query'");
  const admin = await visitAs('admin');
  const list = await admin.get('/retention');
  expect(list.text).toContain('민원 1건');
  expect(list.text).toContain('2026. 12. 14. 02:00');
  const page = await admin.get(`/retention/${destruction}`);
  expect(page.text).toContain('파기할 민원 1건, 보류 1건');
  expect(page.text).toContain(old.receiptNumber);
  expect(page.text).not.toContain('홍길동');
  const stop = (reason: string) =>
    admin.fill(`/retention/${destruction}`, `/retention/${destruction}/stop`, { reason });
  expect((await stop(' ')).text).toContain('id="stop-reason-problem"');
  expect((await stop('감사 중입니다')).status).toBe(303);
  expect((await admin.get(`/retention/${destruction}`)).text).toContain('감사 중입니다');
  await admin.fill(`/retention/${destruction}`, `/retention/${destruction}/plan`, {});
  expect((await admin.get(`/retention/${destruction}?done=retention_planned`)).text).toContain(
    '파기를 다시 예정했습니다',
  );
  expect((await admin.get('/retention/none')).status).toBe(404);
  expect((await admin.get(`/retention/${destruction}/report`)).status).toBe(404);
  const { rows } = await store.pool.query(
    "select action from audit_entries where action like 'retention.%' order by id",
  );
  expect(rows.map(({ action }) => action)).toEqual(
    ['held', 'hold_ended', 'held', 'stopped', 'planned'].map((one) => `retention.${one}`),
  );
});

test('what is destroyed says so, and its report and list can be taken along', async () => {
  await begin(store, destruction, new Date());
  await destroyComplaints(store.pool, [old.id], destruction);
  const now = new Date().toISOString();
  await finish(
    store,
    destruction,
    signReport(
      {
        ...{
          format: 'minwon-hub destruction 1',
          id: destruction,
          agency: 'park',
          kinds: ['query'],
          years: 3,
        },
        ...{
          source: '12-1',
          completedBefore: now,
          announcedAt: now,
          begunAt: now,
          endedAt: now,
          complaints: 1,
        },
        ...{
          byKind: { query: 1 },
          receiptNumbers: digestNumbers([old.receiptNumber]),
          removed: { events: 2 },
        },
        left: { all: 1, held: 1, underWay: 0 },
      },
      await openSigner(store, undefined, 'audit'),
    ),
  );
  expect(await listDestroyed(store, destruction)).toEqual([
    { receiptNumber: old.receiptNumber, kind: 'query' },
  ]);
  const auditor = await visitAs('auditor');
  expect((await auditor.get(`/retention/${destruction}`)).text).toContain('남은 민원 1건 (보류 1건)');
  expect(isAsSigned(JSON.parse((await auditor.get(`/retention/${destruction}/report`)).text))).toBe(true);
  expect((await auditor.get(`/retention/${destruction}/csv`)).text).toContain(`${old.receiptNumber},query`);
  const page = await (await visitAs('admin')).get(`/complaints/${old.receiptNumber}`);
  expect(page.status).toBe(200);
  expect(page.text).toContain('파기됨');
  expect(page.text).not.toContain('홍길동');
});
