import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

let rest: RestBoard;
let soap: SoapBoard;
let hub: TestHub;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.TECHNO_PASSWORD = 'soap-password';
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  soap = await startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
  });
  const agency = readBoardAgency('rest-board', 'sbiz', rest.url);
  // Looked at when the test says so.
  if (agency.board) agency.board.pollEvery = 86_400;
  hub = await startTestHub([agency, readBoardAgency('soap-board', 'techno', soap.url)], {
    rules: [{ when: { category: ['기술'] }, to: 'techno' }],
    default: 'sbiz',
  });
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([rest.close(), soap.close()]);
});

const query = async (text: string) => (await hub.store.pool.query(text)).rows;
/** The second of two looks has begun after this call, whatever was under way. */
async function lookAtRest(): Promise<void> {
  for (let n = 0; n < 2; n += 1) {
    const [{ now }] = await query('select now()');
    await query(
      "insert into boards (agency, poll_at) values ('sbiz', now()) on conflict (agency) do update set poll_at = now()",
    );
    await waitFor('a look at the board', async () => {
      const [board] = await query("select polled_at from boards where agency = 'sbiz'");
      return board?.polled_at > now;
    });
  }
}
const onSoap = (title: string) => soap.posts().find(({ post }) => post.CVPL_SJ === title);
const onRest = (no: number) => rest.posts().find(({ mwNo }) => mwNo === no);

const inHub = (title: string, assignee: string) =>
  waitFor(`${title} at ${assignee}`, async () => {
    const rows = await query(
      `select 1 from complaints where content->>'title' = '${title}' and assignee = '${assignee}'`,
    );
    return rows.length === 1;
  });

const callsTo = async (agency: string, title: string) =>
  (
    await query(
      `select 1 from attempts a join links l on l.id = a.link_id join complaints c on c.id = l.complaint_id
       where l.agency = '${agency}' and c.content->>'title' = '${title}'`,
    )
  ).length;

/** A complaint that was passed on and comes back; the hub's word of it is held back until `release`. */
async function transferBack(subject: string) {
  const no = rest.file({ subject, ctgry: 'FUND' });
  await lookAtRest();
  await inHub(subject, 'sbiz');
  rest.transfer(no, 'techno', '기술 민원입니다.');
  await lookAtRest();
  const there = await waitFor('the complaint on the other board', () => onSoap(subject));
  await query("update links set next_at = now() + interval '1 hour' where agency = 'sbiz'");
  soap.transfer(String(there.post.CVPL_NO), 'sbiz', '소관이 아닙니다.');
  await inHub(subject, 'sbiz');
  return { no, release: () => query("update links set next_at = now() where agency = 'sbiz'") };
}

it('an answer that our older word covered on the board is shown as answered again', async () => {
  const { no, release } = await transferBack('되돌아온 민원');
  rest.answer(no, '바로 답변드립니다.');
  expect(onRest(no)?.state).toBe('DONE');
  await release();
  await waitFor('the older word on the board', () => onRest(no)?.state === 'RCPT');
  await lookAtRest();
  await waitFor('the right status on the board', () => onRest(no)?.state === 'DONE');
  await waitFor('the answer on the other board', () =>
    JSON.stringify(onSoap('되돌아온 민원')).includes('바로 답변드립니다.'),
  );
  expect(onRest(no)?.replies).toHaveLength(1);
  expect(onSoap('되돌아온 민원')?.answers).toHaveLength(1);
  expect(await query("select status from complaints where content->>'title' = '되돌아온 민원'")).toEqual([
    { status: 'answered' },
  ]);
  // What the hub wrote there comes back as an echo and is no news: it says nothing a second time.
  const before = await query('select count(*)::int as n from events');
  await lookAtRest();
  expect(await query('select count(*)::int as n from events')).toEqual(before);
});

it('a word that the board has overtaken is not brought to it', async () => {
  const { no, release } = await transferBack('먼저 답한 민원');
  rest.answer(no, '먼저 답변드립니다.');
  await lookAtRest();
  await waitFor('the answer on the other board', () =>
    JSON.stringify(onSoap('먼저 답한 민원')).includes('먼저 답변드립니다.'),
  );
  await release();
  await waitFor(
    'both boards level',
    async () => (await query('select 1 from links where held < due')).length === 0,
  );
  expect(onRest(no)?.state).toBe('DONE');
  expect(await callsTo('sbiz', '먼저 답한 민원'), 'nothing was written there').toBe(0);
});

it('a board that shows already that a complaint is with it is not told that it came back', async () => {
  const no = rest.file({ subject: '이미 접수로 보이는 민원', ctgry: 'TECH' });
  await lookAtRest();
  const there = await waitFor('the complaint on the other board', () => onSoap('이미 접수로 보이는 민원'));
  soap.transfer(String(there.post.CVPL_NO), 'sbiz', '소관이 아닙니다.');
  await inHub('이미 접수로 보이는 민원', 'sbiz');
  expect(onRest(no)?.state).toBe('RCPT');
  const [link] = await query(
    `select l.held = l.due as level from links l join complaints c on c.id = l.complaint_id
     where l.agency = 'sbiz' and c.content->>'title' = '이미 접수로 보이는 민원'`,
  );
  expect(link.level).toBe(true);
  expect(await callsTo('sbiz', '이미 접수로 보이는 민원')).toBe(0);
});

it('an answer that was read before our older word arrived, and judged after, is shown as answered again', async () => {
  const title = '보완을 낸 민원';
  const id = soap.file({ CVPL_SJ: title });
  await inHub(title, 'sbiz');
  const post = await waitFor('the complaint on the board', () =>
    rest.posts().find(({ subject }) => subject === title),
  );
  rest.setStatus(post.mwNo, 'SUPP');
  await lookAtRest();
  await query("update links set next_at = now() + interval '1 hour' where agency = 'sbiz'");
  soap.followUp(id, '서류를 냅니다.');
  await waitFor('our word', async () => {
    const [{ status }] = await query(`select status from complaints where content->>'title' = '${title}'`);
    return status === 'in_progress';
  });
  rest.answer(post.mwNo, '바로 답변드립니다.');
  const judging = await hub.store.pool.connect();
  try {
    await judging.query('begin');
    await judging.query(`select from complaints where content->>'title' = '${title}' for update`);
    const looked = lookAtRest();
    await waitFor('the answer waits to be judged', async () => {
      const [waiting] = await query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waiting !== undefined;
    });
    await query("update links set next_at = now() where agency = 'sbiz'");
    await waitFor('the older word on the board', () => onRest(post.mwNo)?.state === 'PROC');
    await waitFor('it is known to be there', async () => {
      const [last] = await query(
        `select from links l join events e on e.complaint_id = l.complaint_id and e.seq = l.held join complaints c on c.id = l.complaint_id
         where l.agency = 'sbiz' and c.content->>'title' = '${title}' and e.type = 'status_changed'`,
      );
      return last !== undefined;
    });
    await judging.query('commit');
    await looked;
  } finally {
    judging.release();
  }
  await waitFor('the right status on the board', () => onRest(post.mwNo)?.state === 'DONE');
  await lookAtRest();
  expect(onRest(post.mwNo)?.replies).toHaveLength(1);
  expect(await query(`select status from complaints where content->>'title' = '${title}'`)).toEqual([
    { status: 'answered' },
  ]);
});
