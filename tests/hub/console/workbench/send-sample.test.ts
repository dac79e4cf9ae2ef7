import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listAudit } from '../../../../hub/access/audit/audit.ts';
import { isTestNumber } from '../../../../hub/complaints/receipt-number.ts';
import { readDocument } from '../../../../hub/configuration/read-document.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import type { Agency } from '../../../../schemas/index.ts';
import {
  createDatabase,
  readSqlAgency,
  secret as sqlSecret,
} from '../../../adapters/conformance/sql-fixture.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { openSyncDatabase, type SyncDatabase } from '../../../support/servers/sync-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';
import { benchSource } from './bench-stage.ts';

const apiKey = 'rest-board-secret';
let store: Store;
let server: ConsoleServer;
let live: RestBoard;
let test: RestBoard;
let liveRows: SyncDatabase;
let testRows: SyncDatabase;
const visitors = createVisitors(() => server.url);

const titlesOf = (rows: SyncDatabase) => rows.query('select subject, writer, phone, hub_key from minwon');

/** Puts a document in force: JSON is YAML too. */
async function putInForce(agency: Agency) {
  const source = JSON.stringify(agency);
  await store.pool.query(
    `insert into configurations (kind, name, version, body, source, author)
     select 'agency', $1, coalesce(max(version), 0) + 1, $2, $3, 'test' from configurations where name = $1`,
    [agency.code, source, source],
  );
}

function readRest(target?: object): Agency {
  const agency = parse(benchSource) as Agency;
  const settings = { ...agency.board!.settings, endpoint: live.url };
  return {
    ...agency,
    board: { ...agency.board!, settings },
    ...(target && { rehearsal: { target } as never }),
  };
}

async function readSql(databases: {
  live: { name: string; port: number };
  test: { name: string };
}): Promise<Agency> {
  const agency = await readSqlAgency();
  const { name, port } = databases.live;
  const place = { dialect: 'postgres', host: '127.0.0.1', port, database: name, user: name };
  const settings = { ...agency.board!.settings, ...place };
  const target = { database: databases.test.name, user: databases.test.name };
  return { ...agency, board: { ...agency.board!, settings }, rehearsal: { target } };
}

const pathOf = (code: string) => `/agencies/${code}/workbench/outgoing`;

async function open(code: string, event: string): Promise<string> {
  return (await (await visitors.as('admin')).get(`${pathOf(code)}?event=${event}`)).text;
}

async function send(code: string, event: string, changed: Record<string, string> = {}): Promise<string> {
  const page = await open(code, event);
  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(page) ?? [];
  const fields = { formToken, event, expression: expressionOf(page) };
  const admin = await visitors.as('admin');
  return (await admin.post(pathOf(code), { ...fields, ...changed, do: 'send' })).text;
}

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  [live, test] = (await Promise.all(
    ['실제', '연습'].map((agencyName) => startRestBoard({ agencyName, apiKey })),
  )) as [RestBoard, RestBoard];
  const [liveBase, testBase] = [await createDatabase('postgres'), await createDatabase('postgres')];
  liveRows = openSyncDatabase('postgres', liveBase.admin);
  testRows = openSyncDatabase('postgres', testBase.admin);
  await putInForce(await readSql({ live: liveBase, test: testBase }));
  server = await startConsole(store, {
    accept: createRecordedAccept(() => ({
      outcome: 'duplicate',
      complaintId: 'x',
      receiptNumber: 'x',
      lastSeq: 1,
    })).accept,
    parked: createRecordedActions(() => ({
      outcome: 'duplicate',
      complaintId: 'x',
      receiptNumber: 'x',
      lastSeq: 1,
    })),
    secret: (reference) => (reference === 'env:SBIZ_API_KEY' ? apiKey : sqlSecret),
  });
});
afterAll(async () => {
  await server?.app.close();
  await store?.close();
  await Promise.all([live?.close(), test?.close(), liveRows?.close(), testRows?.close()]);
});

describe('a sample of the workbench', () => {
  it('goes nowhere while no target is in force, and the page says what to write and where', async () => {
    await putInForce(readRest());
    const page = await open('sbiz', 'answered');
    expect(page).toContain('예행연습 대상(rehearsal.target)이 없습니다');
    expect(page).toContain('rehearsal:\n  target:\n    endpoint: ');
    expect(await send('sbiz', 'answered')).toContain('보내지 않았습니다');
    expect(test.posts()).toEqual([]);
  });

  it('goes to the target alone, marked as a test and without a person, and its outcome is told', async () => {
    await putInForce(readRest({ endpoint: test.url }));
    const page = await send('sbiz', 'answered');
    const [post, ...more] = test.posts();
    expect(more).toEqual([]);
    expect(live.posts()).toEqual([]);
    const mark = /^\[시험 ([A-Z0-9]{8})\] /.exec(post!.subject)?.[1];
    expect(page).toContain(`시험 표시 ${mark}`);
    expect(page).toContain(`대상의 번호 ${post!.mwNo}`);
    expect(JSON.stringify(post)).not.toMatch(/이한빛|lee@|1234-?5678/);
    const [, number = ''] = /접수번호 ([\d-]+)/.exec(page) ?? [];
    expect(isTestNumber(number)).toBe(true);
    const [entry] = await listAudit(store, { agency: 'sbiz' });
    expect(entry).toMatchObject({
      ...{ actor: 'admin', way: 'console', action: 'rehearsal.sample_sent', subject: 'agency sbiz' },
      detail: { event: 'answered', outcome: 'done', mark },
    });
  });

  it('is refused by the target in its own words', async () => {
    const page = await send('sbiz', 'registered', { expression: '{ "subject": "", "contents": "x" }' });
    expect(page).toMatch(/E_[A-Z]+/);
    expect(live.posts()).toEqual([]);
  });

  it('is written into the tables of the target, and not into those of the board', async () => {
    const page = await send('textile', 'answered');
    expect(page).toContain('대상의 번호 1');
    expect(titlesOf(liveRows)).toEqual([]);
    expect(titlesOf(testRows)).toEqual([
      {
        subject: expect.stringMatching(/^\[시험 [A-Z0-9]{8}\] /),
        writer: '시험',
        phone: '010-0000-0001',
        hub_key: expect.stringMatching(/^\d\d-99\d\d-\d{4}-\d\/1$/),
      },
    ]);
    expect(testRows.query('select kind from minwon_reply')).toEqual([{ kind: 'FINAL' }]);
  });

  it.each([
    ['the board itself, in other letters', () => ({ endpoint: live.url.replace('127.0.0.1', 'LOCALHOST') })],
    ['the board itself, with another time limit only', () => ({ headers: { 'x-test': '1' } })],
  ])('is not sent where the target is %s', async (_what, target) => {
    await putInForce(readRest(target()));
    const before = live.faults.requests;
    const page = await send('sbiz', 'registered');
    expect(page).toContain('실제 게시판과 같은 곳');
    expect([live.posts(), live.faults.requests]).toEqual([[], before]);
    const { problems } = readDocument({ kind: 'agency', name: 'sbiz' }, JSON.stringify(readRest(target())));
    expect(problems.map(({ pointer, reason }) => [pointer, reason.code])).toEqual([
      ['/rehearsal/target', 'rehearsal_target_is_live'],
    ]);
  });

  it('is not sent by the hub for a board behind an agent', async () => {
    const agency = readRest({ endpoint: test.url });
    await putInForce({ ...agency, board: { ...agency.board!, via: 'agent' } });
    const page = await send('sbiz', 'registered');
    expect(page).toContain('설치형 모듈 뒤의 게시판');
  });

  it('is sent by those who configure alone, with the token of the form', async () => {
    await putInForce(readRest({ endpoint: test.url }));
    const count = test.posts().length;
    const fields = { event: 'registered', expression: '', do: 'send' };
    for (const login of ['counsellor', 'auditor'])
      expect((await (await visitors.as(login)).post(pathOf('sbiz'), fields)).status).toBe(403);
    expect((await (await visitors.as('admin')).post(pathOf('sbiz'), fields)).status).toBe(403);
    expect(test.posts()).toHaveLength(count);
  });

  it.each([
    ['/rehearsal/target/endpoint', { endpoint: 'not an address' }],
    ['/rehearsal/target/auth/secret', { auth: { secret: 'plain-text-secret' } }],
    ['/rehearsal/target/nothing', { nothing: 1 }],
  ])('a target is checked by the schema of its adapter: %s', (pointer, target) => {
    const { problems } = readDocument({ kind: 'agency', name: 'sbiz' }, JSON.stringify(readRest(target)));
    expect(problems.map((problem) => problem.pointer)).toContain(pointer);
  });
});

/** What stands in the field of the expression. */
const expressionOf = (html: string): string =>
  (/<textarea[^>]*name="expression"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(html)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
