import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../../../hub/access/people/users.ts';
import { measureCases } from '../../../../hub/insight/process/measure-cases.ts';
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
import { insertComplaint, insertParkedItem, insertUsers, samplePassword } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;
const day = 24;
let overdue: { id: string; receiptNumber: string };
let fresh: { id: string; receiptNumber: string };
/** The month in Korea. */
const month = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);

const keepUp = () => measureCases({ store, directory: sampleDirectory, log: pino({ level: 'silent' }) });

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  // 7 days of office passed long ago: no month has 20 days without 7 of work.
  overdue = await insertComplaint(store, { assignee: 'road', registered: 20 * day, due: -5 * day });
  fresh = await insertComplaint(store, { assignee: 'road', registered: 1, due: 9 * day });
  await keepUp();
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const path = `/process/inspections?agency=road&month=${month}`;
const readLetters = async () => {
  const { rows } = await store.pool.query<{ rule: string; notices: { state: string; recipient: string }[] }>(
    `select rule, (select jsonb_agg(jsonb_build_object('state', state, 'recipient', recipient)) from notices n
       where n.complaint_id = r.complaint_id and template = 'reminder' and about = r.rule) as notices
     from reminder_letters r order by rule`,
  );
  return rows;
};
const letter = (rule: string) => ({ rule, notices: [{ state: 'due', recipient: '박도로' }] });

test('lists what is overdue, and not what is in time', async () => {
  const { text } = await (await visitAs('admin')).get(path);
  expect(text).toContain(overdue.receiptNumber);
  expect(text).not.toContain(fresh.receiptNumber);
  expect(text).toContain('시행령 제22조');
});

test('makes a letter once for a complaint and a rule, and one more after 30 days', async () => {
  const officer = await visitAs('road');
  const first = await officer.fill(path, '/process/inspections/letters', {});
  expect(first.headers.get('location')).toContain('done=letters_made');
  expect(await readLetters()).toEqual([letter('overdue')]);
  const again = await officer.fill(path, '/process/inspections/letters', {});
  expect(again.headers.get('location')).toContain('done=letters_none');
  await store.pool.query("update complaints set due_at = now() - interval '31 days' where id = $1", [
    overdue.id,
  ]);
  await officer.fill(path, '/process/inspections/letters', {});
  expect(await readLetters()).toEqual([letter('overdue'), letter('overdue_30')]);
  const { rows } = await store.pool.query(
    "select actor, agency, detail ->> 'letters' as letters from audit_entries where action = 'inspection.reminded'",
  );
  expect(rows).toEqual(Array(2).fill({ actor: 'road', agency: 'road', letters: '1' }));
  const { text } = await officer.get(path);
  expect(text).toMatch(/기한 지남 · .*?기한 뒤 30일 지남 · .*?발송 대기/s);
});

test('is confirmed with a note, by those who may, and keeps what it showed', async () => {
  const officer = await visitAs('road');
  const empty = await officer.fill(path, '/process/inspections/confirm', { note: '' });
  expect([empty.status, empty.text.includes('점검 의견을 적으십시오.')]).toEqual([422, true]);
  await officer.fill(path, '/process/inspections/confirm', { note: '담당자와 면담함' });
  await store.pool.query("update complaints set status = 'withdrawn', last_seq = 3 where id = $1", [
    overdue.id,
  ]);
  await keepUp();
  const { text } = await (await visitAs('auditor')).get(path);
  expect(text).toContain('담당자와 면담함');
  expect(text).toContain('확인할 때: 기한 지남 1건, 지연 답변 0건, 오래 걸림 0건');
  expect(text).not.toContain(overdue.receiptNumber);
  expect(text).not.toContain('/process/inspections/confirm');
});

test('another agency is neither seen nor confirmed', async () => {
  const officer = await visitAs('tax');
  const { text } = await officer.get(path);
  expect(text).not.toContain('담당자와 면담함');
  const reply = await officer.fill(path, '/process/inspections/confirm', { agency: 'road', note: '남의 것' });
  expect(reply.status).toBe(404);
  expect((await officer.get('/process/inspections?month=2026-13')).status).toBe(422);
});

test('my work shows what nobody was given in time, and what waits to be registered', async () => {
  const person = { login: 'park', name: '최공원', role: 'officer', agency: 'park' } as const;
  await createUser(store, { ...person, password: samplePassword });
  const { receiptNumber } = await insertComplaint(store, { assignee: 'park', registered: 30 * day });
  await insertParkedItem(store, 'park');
  await keepUp();
  const { text } = await (await visitAs('park')).get('/');
  expect(text).toContain('담당자를 정하지 않은 민원이 1건 있습니다');
  const [, row = ''] = text.split(`/complaints/${receiptNumber}`);
  expect(row.split('</th>')[0]).toMatch(/담당 부서 배정 시한 .*\(지남\).*다른 기관 이송 시한 .*\(지남\)/s);
  expect(text).toContain('아직 접수하지 못한 민원이 1건 있습니다. 8근무시간이 지난 것: 0건');
  expect((await (await visitAs('road')).get('/')).text).not.toContain('담당자를 정하지 않은 민원');
});
