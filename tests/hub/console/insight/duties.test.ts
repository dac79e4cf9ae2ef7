import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { insertComplaint, insertNotice, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;
const numbers: Record<'failed' | 'unreachable' | 'kept' | 'told' | 'old', string> = {
  failed: '',
  unreachable: '',
  kept: '',
  told: '',
  old: '',
};
let failed: string;
const day = 24;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const make = async (name: keyof typeof numbers, registered = 1) => {
    const { id, receiptNumber } = await insertComplaint(store, { assignee: 'road', title: name, registered });
    numbers[name] = receiptNumber;
    return id;
  };
  failed = await insertNotice(store, await make('failed'), 'failed');
  await insertNotice(store, await make('unreachable'), 'unreachable');
  await insertNotice(store, await make('kept'), 'sent', '<p>접수되었습니다.</p>');
  // The text failed, and the mail that was sent in its place told the same.
  const told = await make('told');
  await insertNotice(store, told, 'failed');
  await store.pool.query(
    `insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, state)
     values ($1, $2, 1, 'registered', 'complainant', 'road', '홍길동', 'email', 'hong@example.kr', 'ko', 'sent')`,
    [uuid(), told],
  );
  // 61 days without a word: owed since the 60th day, by the second occasion.
  await make('old', 61 * day);
  await measureCases({ store, directory: sampleDirectory, log: pino({ level: 'silent' }) });
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const listed = (text: string) =>
  Object.values(numbers).filter((number) => text.includes(`/complaints/${number}`));

test('lists what did not arrive, what is owed now, and apart from both what was never sent', async () => {
  const visitor = await visitAs('counsellor');
  const undelivered = (await visitor.get('/duties')).text;
  expect(listed(undelivered).sort()).toEqual([numbers.failed, numbers.unreachable].sort());
  expect(undelivered).toContain('법 제9조');
  expect(undelivered).toContain('전화로 알리십시오: 010-1234-5678');
  const owed = (await visitor.get('/duties?part=owed')).text;
  expect(listed(owed)).toEqual([numbers.old]);
  expect(owed).toContain('시행령 제23조');
  const kept = (await visitor.get('/duties?part=kept')).text;
  expect(listed(kept)).toEqual([numbers.kept]);
  expect(kept).toContain('보관됨 (보내지 않음)');
  expect(kept).not.toContain('발송 완료');
  // In the menu: two that did not arrive, and one that is owed.
  expect(kept).toMatch(/href="\/duties"[^>]*>통지 의무 <span class="menu-count">3<\/span>/);
});

test('an agency sees its own, and an auditor no number', async () => {
  expect(listed((await (await visitAs('tax')).get('/duties?agency=road')).text)).toEqual([]);
  expect((await (await visitAs('tax')).get(`/duties/notices/${failed}`)).status).toBe(404);
  const seen = (await (await visitAs('auditor')).get('/duties')).text;
  expect(seen).not.toContain('010-1234-5678');
  expect(seen).not.toContain('홍길동');
  expect(seen).not.toContain(`/duties/notices/${failed}`);
});

test('what was told by hand is noted with how, is on record, and is owed no more', async () => {
  const officer = await visitAs('road');
  const path = `/duties/notices/${failed}`;
  const note = '가'.repeat(1001);
  const refused = await officer.fill(path, path, { way: '', note });
  expect(refused.status).toBe(422);
  for (const said of ['알린 방법을 고르십시오.', '1,000자까지 적을 수 있습니다.', note])
    expect(refused.text).toContain(said);
  const reply = await officer.fill(path, path, { way: 'letter', note: '등기 1234로 보냄' });
  expect(reply.headers.get('location')).toBe('/duties?done=told_by_hand');
  expect(listed((await officer.get('/duties')).text)).toEqual([numbers.unreachable]);
  expect((await officer.get(path)).status).toBe(404);
  const { rows } = await store.pool.query('select by_hand from notices where id = $1', [failed]);
  expect(rows[0].by_hand).toMatchObject({ way: 'letter', note: '등기 1234로 보냄', by: 'road' });
  const { rows: entries } = await store.pool.query(
    "select actor, subject, agency, detail from audit_entries where action = 'notice.told_by_hand'",
  );
  const detail = { what: 'registered', told: 'letter' };
  expect(entries).toEqual([
    { actor: 'road', subject: `complaint ${numbers.failed}`, agency: 'road', detail },
  ]);
});

test('a duty that was told by hand stays told when the complaint is measured again', async () => {
  const visitor = await visitAs('counsellor');
  const { text } = await visitor.get('/duties?part=owed');
  const [, path = ''] = new RegExp(`href="(/duties/${numbers.old}/progress/[0-9-]+)"`).exec(text) ?? [];
  const reply = await visitor.fill(path, path, { way: 'telephone', note: '본인과 통화' });
  expect(reply.headers.get('location')).toBe('/duties?part=owed&done=told_by_hand');
  await store.pool.query('insert into unmeasured select id from complaints');
  await measureCases({ store, directory: sampleDirectory, log: pino({ level: 'silent' }) });
  expect(listed((await visitor.get('/duties?part=owed')).text)).toEqual([]);
});
