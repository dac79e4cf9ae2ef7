import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { count, inStage, readEverything, waitForRows } from './stage-hub.ts';

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
  hub = await startTestHub(
    [
      inStage(readBoardAgency('rest-board', 'sbiz', rest.url), 'rehearsal'),
      readBoardAgency('soap-board', 'techno', soap.url),
    ],
    { rules: [{ when: { category: ['기술'] }, to: 'techno' }], default: 'sbiz' },
  );
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([rest.close(), soap.close()]);
});

it('reads, maps and routes, and writes nothing to any board or to any table of real work', async () => {
  const { store } = hub;
  // The other board is live and was read to its end before.
  await waitForRows(
    store,
    'the live board is read',
    "boards where agency = 'techno' and read_through_at is not null",
  );
  // How often the live board was read, and who is signed in, changes by itself.
  const alive = ['boards', 'alert_checks', 'alerts', 'board_shapes', 'holdings', 'reconciliations'];
  const before = await readEverything(store, alive);
  const postsOfTechno = soap.posts().length;

  const own = rest.file({ subject: '자기 기관의 민원' });
  const foreign = rest.file({ subject: '다른 기관으로 갈 민원', ctgry: 'TECH' });
  rest.file({ subject: '모르는 분류', ctgry: 'NOPE' });
  await waitForRows(store, 'three posts', "rehearsal.raw_items where agency = 'sbiz'", 3);
  rest.answer(own, '답변도 읽습니다.');
  await waitForRows(store, 'the answer', "rehearsal.events where type = 'answered'");

  const { rows } = await store.pool.query(
    `select c.content->>'title' as title, c.assignee, c.status, l.agency, l.role, l.held < l.due as behind
     from rehearsal.complaints c join rehearsal.links l on l.complaint_id = c.id order by 1 desc, l.agency`,
  );
  const origin = { agency: 'sbiz', role: 'origin', behind: false };
  expect(rows).toEqual([
    { title: '자기 기관의 민원', assignee: 'sbiz', status: 'answered', ...origin },
    { title: '다른 기관으로 갈 민원', assignee: 'techno', status: 'assigned', ...origin },
    // It would be brought there.
    {
      title: '다른 기관으로 갈 민원',
      assignee: 'techno',
      status: 'assigned',
      agency: 'techno',
      role: 'assignee',
      behind: true,
    },
  ]);
  expect(await count(store, "rehearsal.raw_items where outcome = 'parked'")).toBe(1);
  // Who would be told is planned, and nobody is.
  expect(await count(store, "rehearsal.notices where state = 'due'")).toBeGreaterThan(0);
  expect(await count(store, 'rehearsal.notices where sent_at is not null')).toBe(0);

  // Two more polls, so that whatever was begun has had its time.
  const { rows: polls } = await store.pool.query("select polled_at from trial.boards where agency = 'sbiz'");
  await waitForRows(
    store,
    'another poll',
    `trial.boards where agency = 'sbiz' and polled_at > '${polls[0].polled_at.toISOString()}'::timestamptz + interval '1 second'`,
  );
  expect(await readEverything(store, alive)).toEqual(before);
  expect(await count(store, "boards where agency = 'sbiz'")).toBe(0);
  expect(soap.posts()).toHaveLength(postsOfTechno);
  const post = rest.posts().find(({ mwNo }) => mwNo === foreign);
  expect([post?.replies, post?.addQs]).toEqual([[], []]);
});
