import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgentToken } from '../../../../hub/access/keys/agent-keys.ts';
import { acceptShape, findShape, toChangesMark } from '../../../../hub/exchange/shape/shapes.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { type Reason, wordReason } from '../../../../schemas/reason.ts';
import {
  createDatabase,
  hasMaria,
  readSqlAgency,
  secret,
} from '../../../adapters/conformance/sql-fixture.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { type AgentProcess, createAgentProcess } from '../../../support/processes/agent-process.ts';
import { openSyncDatabase, type SyncDatabase } from '../../../support/servers/sync-database.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** Its configuration there; the hub reaches it through the agent of this test only. */
const distant = 'distant';
const person = ['홍길동', 'hong@company.example', '1234-5678', '한빛상회', '정책자금', '사업자등록증'];
let rest: RestBoard;
let soap: SoapBoard;
let hub: TestHub;
let agent: AgentProcess;
const databases: Record<string, SyncDatabase> = {};

beforeAll(async () => {
  Object.assign(process.env, { SBIZ_API_KEY: 'k', TECHNO_PASSWORD: 'p', TEXTILE_DB_PASSWORD: secret });
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'k' });
  soap = await startSoapBoard({ agencyName: '기술혁신진흥원', user: 'minwon-hub', password: 'p' });
  for (let n = 0; n < 3; n += 1) rest.answer(rest.file({ subject: `정책자금 문의 ${n}` }), '답변입니다.');
  for (let n = 0; n < 3; n += 1) soap.file({ CVPL_SJ: `기술 문의 ${n}` });
  const agencies = [
    readBoardAgency('rest-board', 'sbiz', rest.url),
    readBoardAgency('soap-board', 'techno', soap.url),
    await openTables('postgres'),
    ...(hasMaria() ? [await openTables('mysql')] : []),
    await openBehindAgent(),
  ];
  // The board is looked at in between: with the default of half a minute there is time for it.
  for (const { board } of agencies) if (board) board.pollEvery = 600;
  hub = await startTestHub(agencies, { rules: [], default: 'sbiz' });
  const { token } = await createAgentToken(hub.store, distant, 'test');
  agent = await createAgentProcess({ hub: hub.url, token, environment: { DISTANT_PASSWORD: secret } });
  agent.start();
  for (const { code } of agencies) await waitFor(`a first look at ${code}`, () => isSeen(code), 90_000);
  await waitFor('all posts', async () => (await count('select count(*) as n from complaints')) >= 8);
});
afterAll(async () => {
  await agent?.remove();
  await hub?.stop();
  for (const database of Object.values(databases)) await database.close();
  await Promise.all([rest.close(), soap.close()]);
});

/** The same on PostgreSQL, with a password that the hub does not have. */
async function openBehindAgent(): Promise<Agency> {
  const agency = await openTables('postgres', distant);
  if (!agency.board) throw new Error('the sample agency has no board');
  const settings = { ...agency.board.settings, password: 'env:DISTANT_PASSWORD' };
  return { ...agency, board: { ...agency.board, via: 'agent', settings } };
}

/** The sample board in tables, with a post in it. */
async function openTables(dialect: 'mysql' | 'postgres', code: string = dialect): Promise<Agency> {
  const { port, name, admin } = await createDatabase(dialect);
  const database = openSyncDatabase(dialect, admin);
  databases[code] = database;
  database.query(
    `insert into minwon (subject, contents, writer, phone, created, updated)
     values ('정책자금 문의', '사업자등록증', '홍길동', '010-1234-5678', now(), now())`,
  );
  const agency = await readSqlAgency();
  if (!agency.board) throw new Error('the sample agency has no board');
  const place = { dialect, host: '127.0.0.1', port, database: name, user: name };
  const settings = { ...agency.board.settings, ...place };
  return { ...agency, code, board: { ...agency.board, settings } };
}

const count = async (sql: string) => Number((await hub.store.pool.query(sql)).rows[0]?.n);
/** A look that came before the agent was there is made due again. */
const isSeen = async (agency: string) =>
  (await hub.store.pool.query('update board_shapes set next_at = now() where agency = $1 and seen is null', [
    agency,
  ])) &&
  (await count(`select count(*) as n from board_shapes where agency = '${agency}' and seen is not null`)) ===
    1;
/** Nothing has failed yet. */
const parked = () =>
  count(`select (select count(*) from raw_items where outcome = 'parked')
           + (select count(*) from links where state = 'parked') as n`);

/** What the operator is told of a board; undefined while nothing stands. */
async function findAlert(agency: string): Promise<string[] | undefined> {
  // As if ten seconds had passed since the condition was looked for.
  await hub.store.pool.query("delete from alert_checks where condition = 'board-changed'");
  const { rows } = await hub.store.pool.query<{ items: Reason[] }>(
    "select items from alerts where condition = 'board-changed' and subject = $1 and state = 'open'",
    [agency],
  );
  return rows[0]?.items.map((item) => wordReason(item, 'en'));
}

/** An hour later, as far as this board is concerned. */
const passAnHour = (agency: string) =>
  hub.store.pool.query('update board_shapes set next_at = now() where agency = $1', [agency]);

async function getAlert(agency: string): Promise<string[]> {
  await passAnHour(agency);
  return waitFor(`an alert about ${agency}`, () => findAlert(agency), 40_000);
}

async function seeItEnd(agency: string): Promise<void> {
  await passAnHour(agency);
  await waitFor(`the end of the alert about ${agency}`, async () => !(await findAlert(agency)), 40_000);
}

it('boards that stay as they are raise nothing, and nothing personal lies in what is kept', async () => {
  expect(await count('select coalesce(sum(jsonb_array_length(changes)), 0) as n from board_shapes')).toBe(0);
  const { rows } = await hub.store.pool.query<{ shape: string }>(
    'select board_shapes::text as shape from board_shapes',
  );
  for (const { shape } of rows) for (const word of person) expect(shape).not.toContain(word);
});

it('a field that a JSON board renames, then a code that no table knows, are told with the mapping', async () => {
  rest.faults.renamed = { subject: 'mwTitle' };
  expect(await getAlert('sbiz')).toEqual(['post.subject: gone → /board/settings/normalise']);
  expect(await parked()).toBe(0);
  delete rest.faults.renamed;
  await seeItEnd('sbiz');

  const no = rest.posts()[0]!.mwNo;
  rest.edit(no, { state: 'HOLD' });
  expect(await getAlert('sbiz')).toEqual([
    'post.state: codes that no table knows (HOLD) → /board/settings/normalise',
  ]);
  rest.edit(no, { state: 'RCPT' });
  await seeItEnd('sbiz');
}, 90_000);

it('a WSDL whose operation and element have gone is told with the operations that use them', async () => {
  soap.faults.publish = (wsdl) =>
    wsdl
      .replace(/<wsdl:operation name="insertAnswer">.*?<\/wsdl:operation>/gs, '')
      .replace('name="FROM_PNTTM" type="xsd:string"', 'name="SINCE" type="xsd:string"')
      .replace('name="CVPL_CN" type="xsd:string"', 'name="CVPL_CN" type="xsd:base64Binary"');
  const items = await getAlert('techno');
  expect(items).toEqual(
    expect.arrayContaining([
      'insertAnswer: gone → /board/settings/push/answered/operation, /board/settings/push/interim_answered/operation',
      'selectCvplList.input.FROM_PNTTM: gone → /board/settings/pull/request',
      'selectCvplList.output.cvplList[].CVPL_CN: another type (string → base64Binary) → /board/settings/normalise',
    ]),
  );
  expect(
    items.filter((item) => item.startsWith('insertAnswer.')),
    'told once',
  ).toEqual([]);
  expect(await parked()).toBe(0);
  delete soap.faults.publish;
  await seeItEnd('techno');
}, 90_000);

it('tables behind an agent are told as well, with where the configuration uses them', async () => {
  databases[distant]?.query('alter table minwon drop column region');
  const settings = '/board/settings';
  expect(await getAlert(distant)).toEqual([
    `minwon.region: gone → ${settings}/normalise, ${settings}/pull, ${settings}/push/registered`,
  ]);
  databases[distant]?.query('alter table minwon add column region varchar(40)');
  await seeItEnd(distant);
}, 90_000);

describe.each(['postgres', 'mysql'] as const)('tables on %s', (dialect) => {
  const alter = (sql: string) => databases[dialect]?.query(sql);
  const type = dialect === 'mysql' ? 'modify' : 'alter column';

  it.runIf(dialect === 'postgres' || hasMaria())(
    'are told column by column until it is taken as normal',
    async () => {
      alter('alter table minwon drop column region');
      alter(`alter table minwon ${type} category ${dialect === 'mysql' ? '' : 'type '}varchar(10)`);
      alter(
        `alter table minwon_reply ${type} contact ${dialect === 'mysql' ? 'int' : 'type int using null'}`,
      );
      alter('alter table minwon add column note varchar(9)');
      const wide = dialect === 'mysql' ? 'varchar' : 'character varying';
      const int = dialect === 'mysql' ? 'int' : 'integer';
      const items = await getAlert(dialect);
      const settings = '/board/settings';
      expect([...items].sort()).toEqual([
        `minwon.category: shorter (40 → 10) → ${settings}/normalise, ${settings}/pull, ${settings}/push/registered`,
        `minwon.region: gone → ${settings}/normalise, ${settings}/pull, ${settings}/push/registered`,
        `minwon_reply.contact: another type (${wide} → ${int}) → ${settings}/normalise, ${settings}/pull, ${settings}/push/answered, ${settings}/push/interim_answered`,
      ]);
      expect(await parked()).toBe(0);
      const state = await findShape(hub.store, dialect);
      const changes = state?.changes ?? [];
      expect(changes).toContainEqual(
        expect.objectContaining({ place: 'minwon.note', kind: 'new', uses: [] }),
      );
      expect(await acceptShape(hub.store, dialect, 'admin', '3~another look'), 'not what was seen').toBe(
        false,
      );
      expect(await acceptShape(hub.store, dialect, 'admin', toChangesMark(changes))).toBe(true);
      await seeItEnd(dialect);
      const decided = `select count(*) as n from board_shape_decisions where agency = '${dialect}'
        and decided_by = 'admin' and jsonb_array_length(changes) = 4`;
      expect(await count(decided)).toBe(1);
    },
    90_000,
  );
});
