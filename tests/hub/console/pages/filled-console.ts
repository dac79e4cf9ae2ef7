import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { createUser } from '../../../../hub/access/people/users.ts';
import { createCalendar } from '../../../../hub/clock/calendar.ts';
import { measureCases } from '../../../../hub/insight/process/measure-cases.ts';
import type { RequestFacts, RequestKind } from '../../../../hub/personal/requests/request.ts';
import { receiveRequest } from '../../../../hub/personal/requests/requests.ts';
import { decideRequest, identify } from '../../../../hub/personal/requests/take-step.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { said } from '../../../../schemas/reason.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { configure } from '../../../support/test-hub.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  startConsole,
} from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import {
  insertComplaint,
  insertEvent,
  insertNotice,
  insertParkedItem,
  insertUsers,
  samplePassword,
} from '../sample-board.ts';

export interface FilledConsole extends ConsoleServer {
  store: Store;
}

const never = () => ({ outcome: 'refused' as const, problems: [] });
const day = 24;

/** A console over a database in which each list has something to show, as in a hub that has worked for a while. */
export async function startFilledConsole(): Promise<FilledConsole> {
  const store = openStore(await createFreshDatabase());
  await configure(store, sampleDirectory.listAgencies(), sampleDirectory.routing());
  await insertUsers(store);
  const engineer = { login: 'engineer', name: '박연계', role: 'engineer', agency: 'tax' } as const;
  await createUser(store, { ...engineer, password: samplePassword });
  await fillComplaints(store);
  await fillOperations(store);
  await fillConsents(store);
  await fillBreach(store);
  await fillRequests(store);
  await measureCases({ store, directory: sampleDirectory, log: pino({ level: 'silent' }) });
  const { accept } = createRecordedAccept(never);
  return { ...(await startConsole(store, { accept, parked: createRecordedActions(never) })), store };
}

const longTitle =
  '전통시장 앞 도로의 가로등이 여러 날 켜지지 않아 밤길이 위험하니 서둘러 고쳐 주시기 바랍니다';

async function fillComplaints(store: Store): Promise<void> {
  for (const due of [-30, 5, 40, 200])
    await insertComplaint(store, { title: `${longTitle} ${due}`, assignee: 'tax', due });
  const answered = await insertComplaint(store, { assignee: 'tax', status: 'answered', registered: 3 * day });
  const answer = {
    text: '현장을 확인하고 고쳤습니다.',
    officer: { department: '세무과', officer: '이세무' },
  };
  await insertEvent(store, answered.id, 3, 'answered', { answer }, new Date(), 'tax');
  await store.pool.query('update complaints set last_seq = 3 where id = $1', [answered.id]);
  await insertNotice(store, answered.id, 'failed');
  await insertNotice(store, answered.id, 'sent', '<p>접수되었습니다.</p>');
  // Nothing was told for longer than the Decree allows (article 23).
  await insertComplaint(store, { assignee: 'road', registered: 61 * day, title: longTitle, due: -40 * day });
}

/** Of each complaint: a consent in force, by which a copy left, and one that was taken back. */
async function fillConsents(store: Store): Promise<void> {
  for (const [purpose, version, ended] of [
    ['contact', '2026-1', null],
    ['survey', 'S-2', new Date()],
  ])
    await store.pool.query(
      `insert into consents (id, complaint_id, agency, purpose, items, required, text_version, wording, given_at, until, way, recorded_by,
         withdrawn_at, withdrawn_way, withdrawn_by)
       select gen_random_uuid(), id, 'park', $1, '{phone,email}', $1 = 'survey', $2, '동의하십니까?', now() - interval '2 days',
         now() + interval '300 days', 'console', 'counsellor', $3, case when $3::timestamptz is not null then 'console' end,
         case when $3::timestamptz is not null then 'admin' end from complaints`,
      [purpose, version, ended],
    );
  await store.pool.query(
    `insert into provisions (complaint_id, agency, way, recipient, seq, items, withheld, purpose, basis, certain, source)
     select id, 'park', 'board', '', 1, '{masked_name,phone,email,text}', '{name}', 'sharing', 'configured', true, id from complaints`,
  );
}

/** A leak at the agency that got these copies. */
async function fillBreach(store: Store): Promise<void> {
  await store.pool.query(
    `insert into provisions (at, complaint_id, agency, way, recipient, seq, items, purpose, basis, certain, source)
     select now() - interval '1 hour', id, 'tax', 'board', '', 1, '{name,phone,email,text}', 'handling', 'act_16', true, id from complaints`,
  );
  const hour = 3_600_000;
  const toTime = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
  const facts = {
    ...{ title: '세무 게시판 자료 유출', knownAt: toTime(-80), from: toTime(-100), to: toTime(1) },
    ...{ actors: ['tax'], addresses: ['203.0.113.9'], agencies: ['tax'], intrusion: true, sensitive: false },
    ...{
      happened: '외부에서 게시판의 취약점으로 들어왔습니다.',
      advice: '수상한 전화와 문자를 조심하십시오.',
    },
    ...{ measures: '접속을 막고 취약점을 고쳤습니다.', contact: '정보보호과 051-000-0000' },
  };
  const record = [{ act: 'told', at: toTime(-2), by: 'admin', note: '문자 1건 발송' }];
  await store.pool.query('insert into breaches (facts, made_by, record) values ($1, $2, $3)', [
    JSON.stringify(facts),
    'admin',
    JSON.stringify(record),
  ]);
}

/** Requests of persons in each state that looks different. */
async function fillRequests(store: Store): Promise<void> {
  const calendar = createCalendar();
  const facts = {
    name: '홍길동',
    phone: '+821012345678',
    email: 'hong@example.kr',
    wants: '저에 관한 것을 보고 싶습니다.',
  };
  const common = { way: 'letter', facts, by: 'counsellor' } as const;
  const receive = (kind: RequestKind, days: number, more: Partial<RequestFacts> = {}) =>
    receiveRequest(
      store,
      { ...common, kind, receivedAt: new Date(Date.now() - days * 86_400_000), facts: { ...facts, ...more } },
      calendar,
    );
  const representative = {
    name: '김대리',
    contact: '02-000-0000',
    mandate: 'power_of_attorney',
    shown: '위임장',
  } as const;
  await receive('access', 30, { representative });
  const corrected = await receive('correct', 1, { correction: { name: '홍길순', phone: '+821087654321' } });
  await identify(store, corrected, { identity: 'id_document', note: '신분증을 봄', by: 'counsellor' });
  const decision = {
    outcome: 'granted',
    grounds: [],
    reason: '바로잡았습니다.',
    contact: '정보보호과 051-000-0000',
  } as const;
  await decideRequest(store, corrected, { decision: { ...decision, grounds: [] }, by: 'counsellor' });
  await store.pool.query(
    `insert into subject_corrections (request_id, complaint_id, seq, made_by) select $1, id, last_seq, 'counsellor' from complaints limit 2`,
    [corrected.id],
  );
}

async function fillOperations(store: Store): Promise<void> {
  for (const agency of ['tax', 'road']) await insertParkedItem(store, agency);
  const { rows } = await store.pool.query(`select id, receipt_number from complaints limit 1`);
  const reason = JSON.stringify(said('the code 99 has no mapping'));
  await store.pool.query(
    `update links set state = 'parked', held = 1, last_error = $1, owner = '이세무' where agency = 'tax' and complaint_id = $2`,
    [reason, rows[0].id],
  );
  for (const [condition, subject] of [
    ['breaker_open', 'tax'],
    ['parked', 'tax'],
    ['reminder', rows[0].receipt_number],
  ])
    await store.pool.query(
      `insert into alerts (id, condition, subject, state, since, seen_at, opened_at, count, items, told)
       values ($1, $2, $3, 'open', now(), now(), now(), 3, '["unreachable"]', '{}')`,
      [uuid(), condition, subject],
    );
}
