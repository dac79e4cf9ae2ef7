import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { switchStage } from '../../../../hub/configuration/stages/switch-stage.ts';
import { listLeftPosts, listTests } from '../../../../hub/exchange/rehearsal/read-tests.ts';
import { toMarkText } from '../../../../hub/exchange/rehearsal/test-register.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { type OpenRehearsals, openRehearsals } from './open-rehearsals.ts';
import { count, inStage, readEverything, waitForRows } from './stage-hub.ts';
import { type TrialBoard, trialBoards } from './trial-boards.ts';

const by = { actor: 'admin', way: 'console' } as const;
const maker = { address: 'admin@hub.example', language: 'ko' as const };
const words = { title: '연계 시험', body: '이 민원은 시험입니다. 답변을 달아 주십시오.' };

describe.each(Object.entries(trialBoards))('a trial with the %s board', (_name, open) => {
  let board: TrialBoard;
  let hub: TestHub;
  let office: OpenRehearsals;
  let code: string;
  let before: Record<string, string>;
  /** What tells of tests, and what lives by itself. */
  const alive = [
    ...['test_complaints', 'stage_evidence', 'alert_checks', 'boards', 'audit_entries'],
    // An agent keeps one cursor for what is real and for tests, and calls a door.
    ...['agents', 'agent_asks', 'agent_answers', 'feeds', 'api_keys', 'signing_keys'],
    ...['door_calls', 'door_days', 'door_logs', 'door_slots', 'door_windows'],
  ];

  beforeAll(async () => {
    board = await open();
    code = board.agency.code;
    hub = await startTestHub([inStage(board.agency, 'trial')], { rules: [], default: code });
    office = await openRehearsals(hub.store);
    await board.connect?.(hub);
    before = await readEverything(hub.store, alive);
  });
  afterAll(async () => {
    await office?.close();
    await hub?.stop();
    await board?.close();
  });

  it('takes a test complaint to the board, and its answer back', async () => {
    const made = await office.makeTest(
      { ...maker, ...words, agency: code, direction: 'to_board', withFile: true },
      by,
    );
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    const { mark } = made.test;
    const [post = ''] = await waitFor('the test on the board', () => {
      const found = board.find(mark);
      return found.length > 0 && found;
    });
    board.answer(post, '시험 답변입니다.');
    await waitForRows(
      hub.store,
      'the answer from the board',
      `trial.events e join trial.links l on l.id = e.link_id where e.type = 'answered' and l.external_id = '${post}'`,
    );
    expect(board.find(mark)).toEqual([post]);
    await waitForRows(
      hub.store,
      'the notice of the answer',
      "trial.notices where template = 'answered' and state = 'sent'",
    );
    const { rows } = await hub.store.pool.query('select distinct address from trial.outbox');
    expect(rows).toEqual([{ address: 'admin@hub.example' }]);
  });

  it('takes in a test that the engineer filed on the board, and brings the answer there', async () => {
    const made = await office.makeTest({ ...maker, ...words, agency: code, direction: 'from_board' }, by);
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    const { mark } = made.test;
    const post = board.file(`${toMarkText(mark)} 게시판에서 쓴 시험`);
    const found = await waitFor('the test in the hub', async () =>
      (await listTests(hub.store, code)).find((one) => one.mark === mark && one.complaintId !== null),
    );
    const { rows } = await hub.store.pool.query(
      'select assignee, last_seq from trial.complaints where id = $1',
      [found.complaintId],
    );
    expect(rows[0].assignee).toBe('trial-desk');
    await office.answerTest(
      { ...found, lastSeq: rows[0].last_seq },
      { text: '허브에서 답합니다.', key: 'k1', name: '관리자' },
      by,
    );
    await waitFor('the answer on the board', () => board.answersOf(post).includes('허브에서 답합니다.'));
  });

  it('rehearses what is real meanwhile, and leaves every table of real work alone', async () => {
    const posts = board.posts();
    board.file('진짜 민원');
    await waitForRows(
      hub.store,
      'the real one',
      "rehearsal.complaints where content->>'title' = '진짜 민원'",
    );
    expect(board.posts()).toBe(posts + 1);
    expect(await count(hub.store, "rehearsal.complaints where content->>'title' like '%시험%'")).toBe(0);
    expect(await readEverything(hub.store, alive)).toEqual(before);
  });

  it('shows what is proved', async () => {
    const agency = await office.agency(code);
    await office.prove(agency, 'admin');
    const { steps } = await waitFor('everything proved', async () => {
      const list = await office.checklist(agency);
      return list.steps.every(({ state }) => state === 'passed') && list;
    });
    expect(steps.find(({ step }) => step === 'round_trip')?.evidence).toMatchObject({ by: 'admin' });
    expect(steps.find(({ step }) => step === 'reach')?.evidence).toMatchObject({ by: 'admin', passed: true });
  });

  it('removes all tests as a whole, says what stays on the board, and never takes that for real', async () => {
    const agency = await office.agency(code);
    const left = (await listTests(hub.store, code)).map(({ link }) => link?.externalId);
    expect(await office.removeTests(agency, by)).toBe(2);
    for (const table of [
      'complaints',
      'events',
      'links',
      'notices',
      'outbox',
      'attempts',
      'raw_items',
      'attachments',
    ])
      expect([table, await count(hub.store, `trial.${table}`)]).toEqual([table, 0]);
    expect((await listLeftPosts(hub.store, code)).map(({ post }) => post)).toEqual(left);
    // What was proved stays proved.
    expect((await office.checklist(agency)).isReady).toBe(true);
    const noted = await hub.store.pool.query<{ action: string }>(
      "select action from audit_entries where agency = $1 and (action like 'test.%' or action like 'stage.%') order by id",
      [code],
    );
    expect(noted.rows.map(({ action }) => action)).toEqual([
      'test.made',
      'test.made',
      'test.answered',
      'test.removed',
    ]);

    await switchStage(
      hub.store,
      { fourEyes: false },
      { agency: code, stage: 'live', readFrom: 'beginning' },
      { author: 'admin', way: 'console', note: '시험을 마쳤습니다' },
    );
    const switched = await hub.store.pool.query(
      "select actor, way, detail from audit_entries where action = 'stage.switched'",
    );
    expect(switched.rows).toMatchObject([
      { actor: 'admin', way: 'console', detail: { before: 'trial', after: 'live', readFrom: 'beginning' } },
    ]);
    await waitForRows(
      hub.store,
      'the real one, for real',
      "complaints where content->>'title' = '진짜 민원'",
    );
    // An agent is asked to begin anew until it has done so.
    if (board.connect)
      await waitFor('the answer of the agent', async () => (await count(hub.store, 'agent_asks')) === 0);
    else
      await waitForRows(
        hub.store,
        'the board read to its end',
        `boards where agency = '${code}' and read_through_at is not null`,
      );
    expect(await count(hub.store, 'complaints')).toBe(1);
    expect(await count(hub.store, 'raw_items')).toBe(1);
    expect((await office.checklist(agency)).switches).toMatchObject([
      { before: 'trial', after: 'live', author: 'admin', note: '시험을 마쳤습니다', readFrom: 'beginning' },
    ]);
  });
});
