import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginMail, findDueMails } from '../../../../hub/access/accounts/account-mails.ts';
import {
  byIndex,
  listWhoSaw,
  listWhoseSeen,
  whoSawText,
  whoseSeenText,
} from '../../../../hub/personal/log/ask-log.ts';
import { toMonth, toMonthBefore, toSpan } from '../../../../hub/personal/log/months.ts';
import { readLog } from '../../../../hub/personal/log/read-log.ts';
import { sealEntries } from '../../../../hub/personal/log/seal-entries.ts';
import { verifyLog } from '../../../../hub/personal/log/verify-log.ts';
import { makeDueReview } from '../../../../hub/personal/review/keep-reviews.ts';
import { inTransaction, openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { append, sampleEntry } from '../../personal/sample-log.ts';
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
let mine: { id: string; receiptNumber: string };
let other: { id: string; receiptNumber: string };
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  mine = await insertComplaint(store, { phone: '+821011112222', email: 'one@example.kr' });
  other = await insertComplaint(store, { phone: '+821011112222', email: 'two@example.kr' });
  await insertComplaint(store, { phone: '+821099998888', email: 'three@example.kr', name: '남궁다른' });
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const entriesOf = async (actor: string) =>
  (
    await store.pool.query<{
      act: string;
      purpose: string;
      place: string;
      masked: boolean;
      subjects: string[];
    }>('select act, purpose, place, masked, subjects from access_entries where actor = $1 order by id', [
      actor,
    ])
  ).rows;

test('what people open is logged: whose, for what, and whether masked', async () => {
  const road = await visitAs('road');
  const before = (await entriesOf('road')).length;
  await road.get(`/complaints/${mine.receiptNumber}`);
  await road.get(`/complaints/${mine.receiptNumber}/document`);
  const seen = (await entriesOf('road')).slice(before);
  expect(seen).toContainEqual({
    ...{ act: 'read', purpose: 'handling', place: 'GET /complaints/:receiptNumber', masked: false },
    subjects: [mine.id],
  });
  expect(seen).toContainEqual({
    ...{ act: 'print', purpose: 'printing', place: 'GET /complaints/:receiptNumber/document', masked: false },
    subjects: [mine.id],
  });
  const auditor = await visitAs('auditor');
  await auditor.get('/?text=%ED%99%8D%EA%B8%B8%EB%8F%99');
  const [listed] = (await entriesOf('auditor')).slice(-1);
  expect(listed).toMatchObject({ act: 'search', purpose: 'overview', masked: true });
  expect(new Set(listed?.subjects)).toEqual(new Set([mine.id, other.id]));
  // Somebody else's complaint is answered as one that there is not, and nothing is logged.
  const taxes = await visitAs('tax');
  const known = (await entriesOf('tax')).length;
  expect((await taxes.get(`/complaints/${mine.receiptNumber}`)).status).toBe(404);
  expect(await entriesOf('tax')).toHaveLength(known);
});

test('the auditor sees who saw this person, also in the other complaint, and whose data an account saw', async () => {
  const counsellor = await visitAs('counsellor');
  await counsellor.get(`/complaints/${other.receiptNumber}`);
  const auditor = await visitAs('auditor');
  const page = await auditor.get(`/complaints/${mine.receiptNumber}`);
  expect(page.text).toContain(`href="/access-log?number=${mine.receiptNumber}"`);
  const who = await auditor.get(`/access-log?number=${mine.receiptNumber}`);
  expect(who.text).toContain('counsellor');
  expect(who.text).toContain(other.receiptNumber);
  expect(who.text).not.toContain('홍길동');
  const whose = await auditor.get('/access-log?actor=counsellor');
  expect(whose.text).toContain(mine.receiptNumber);
  expect((await auditor.get('/access-log?number=1')).text).toContain('이 번호의 민원이 없습니다');
  expect((await auditor.get('/access-log?actor=road&from=gestern')).text).toContain(
    '2026-11-30처럼 쓰십시오',
  );
  for (const login of ['road', 'counsellor'])
    expect((await (await visitAs(login)).get('/access-log')).status).toBe(403);
});

test('a saved list asks why, and the review shows it', async () => {
  const month = toMonthBefore(toMonth(new Date()));
  const { from } = toSpan(month);
  // The first of the month at three in the morning.
  const night = new Date(from.getTime() + 3 * 60 * 60_000);
  await store.pool.query('select make_access_months($1)', [`${month}-01`]);
  await store.pool.query("update users set email = 'two@example.kr' where login = 'auditor'");
  const many = Array.from({ length: 301 }, () => crypto.randomUUID());
  await append(store, [
    ...Array.from({ length: 20 }, () => sampleEntry({ actor: 'tax', at: night })),
    sampleEntry({ actor: 'road', at: new Date(night.getTime() + 9 * 60 * 60_000), subjects: many }),
    sampleEntry({
      actor: 'counsellor',
      at: night,
      act: 'export',
      reason: '월간 회의 자료',
      subjects: [other.id],
    }),
  ]);
  expect(await makeDueReview(store)).toBe(month);
  expect(await makeDueReview(store)).toBeUndefined();
  const { rows: mails } = await store.pool.query(
    "select kind, address, about from account_mails where kind = 'access_review'",
  );
  expect(mails).toEqual([{ kind: 'access_review', address: 'two@example.kr', about: month }]);
  // It goes out: only news of the API are for engineers alone.
  const [due] = await findDueMails(store, new Date(), [], 9);
  expect(due && (await beginMail(store, due, new Date()))).toMatchObject({ token: null });

  const auditor = await visitAs('auditor');
  const page = await auditor.get(`/access-log/reviews/${month}`);
  expect(page.text).toContain('월간 회의 자료');
  const csv = await auditor.get(`/access-log/reviews/${month}/csv`);
  expect(csv.text.replace('\uFEFF', '').split('\r\n')).toEqual([
    'account,agency,entries,complaints,downloads,out_of_hours,before,colleagues,marks',
    expect.stringMatching(/^road,kotra,1,301,0,[01],0,0,volume$/),
    'tax,kotra,20,20,0,20,0,0,hours',
    'counsellor,kotra,1,1,1,1,0,1,colleagues',
    '',
  ]);
  const confirm = `/access-log/reviews/${month}/confirm`;
  const refused = await auditor.fill(`/access-log/reviews/${month}`, confirm, { note: ' ' });
  expect(refused.status).toBe(422);
  const done = await auditor.fill(`/access-log/reviews/${month}`, confirm, { note: '비상근무로 확인' });
  expect(done.status).toBe(303);
  expect((await auditor.get(`/access-log/reviews/${month}`)).text).toContain('비상근무로 확인');
});

test('all of it is sealed, and verified', async () => {
  while ((await sealEntries(store)) > 0);
  const { problems, entries } = await verifyLog(readLog(store.pool), [], new Date());
  expect(problems).toEqual([]);
  expect(entries).toBeGreaterThan(20);
});

test('both questions are answered by an index, however long the log is', async () => {
  await store.pool.query(`insert into access_entries
      (at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason, digest)
    select now() - n * interval '1 second', 'person' || n % 500, '', 'console', '', 'read', 'handling', 'p',
      array(select gen_random_uuid() from generate_series(1, 3) where n > 0), '{}', false, '', '' from generate_series(1, 60000) n`);
  await store.pool.query('analyze access_entries');
  const plan = (text: string, values: unknown[]) =>
    inTransaction(store.pool, async (client) => {
      await client.query(byIndex);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
  const order = 'order by e.at desc, e.id desc';
  const from = [new Date(8_640_000_000_000), '0'];
  const who = await plan(whoSawText('(e.at, e.id) < ($1, $2)', order), [...from, mine.id]);
  expect(who).toMatch(/Bitmap Index Scan on access_entries_\d{4}_\d{2}_subjects_idx/);
  expect(who).not.toMatch(/Seq Scan on access_entries_\d{4}_\d{2} /);
  const day = 24 * 60 * 60_000;
  const span = { actor: 'person7', from: new Date(Date.now() - day), to: new Date() };
  const whose = await plan(whoseSeenText('(e.at, e.id) < ($1, $2)', order), [
    ...from,
    span.actor,
    span.from,
    span.to,
  ]);
  expect(whose).toMatch(
    /Index Scan.* using access_entries_\d{4}_\d{2}_actor_at_idx|Bitmap Index Scan on access_entries_\d{4}_\d{2}_actor_at_idx/,
  );
  expect(whose).not.toMatch(/Seq Scan on access_entries_\d{4}_\d{2} /);
  const page = await listWhoseSeen(store, span, {});
  expect(page.rows).toHaveLength(20);
  const next = await listWhoseSeen(store, span, { after: page.next as string });
  expect(next.rows[0]!.at.getTime()).toBeLessThan(page.rows.at(-1)!.at.getTime());
  expect((await listWhoSaw(store, mine.id, {})).rows.length).toBeGreaterThan(2);
}, 30_000);
