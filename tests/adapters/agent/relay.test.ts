import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { keyScopes } from '../../../hub/access/keys/scopes.ts';
import { createFeedSignal, type FeedSignal } from '../../../hub/store/signals/feed-signal.ts';
import { wordReason } from '../../../schemas/reason.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { call } from '../../hub/doors/call.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { pdf, sha256 } from '../../support/sample-files.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Two agencies: one is reached by the hub, the other only by the agent beside its board. */
let near: RestBoard;
let far: RestBoard;
let hub: TestHub;
let agent: AgentProcess;
let feedSignal: FeedSignal;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'near-key';
  near = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'near-key' });
  far = await startRestBoard({ agencyName: '기술혁신진흥원', apiKey: 'far-key' });
  const behind = readBoardAgency('rest-board', 'techno', far.url);
  if (behind.board) behind.board.via = 'agent';
  hub = await startTestHub([readBoardAgency('rest-board', 'sbiz', near.url), behind], {
    rules: [{ when: { category: ['기술'] }, to: 'techno' }],
    default: 'sbiz',
  });
  feedSignal = createFeedSignal(hub.store, pino({ level: 'silent' }));
  const { token } = await createAgentToken(hub.store, 'techno', 'test');
  // The hub's own key of that name is another: only the agent's opens this board.
  agent = await createAgentProcess({ hub: hub.url, token, environment: { SBIZ_API_KEY: 'far-key' } });
  agent.start();
});
afterAll(async () => {
  await agent.remove();
  await feedSignal.stop();
  await hub.stop();
  await Promise.all([near.close(), far.close()]);
});

const find = (board: RestBoard, subject: string) =>
  waitFor(`"${subject}"`, () => board.posts().find((post) => post.subject === subject), 20_000);

/** Asked as the hub asks; every page of the answer. */
async function ask(what: string, rest: object = {}): Promise<Record<string, unknown>[]> {
  const id = randomUUID();
  await hub.store.pool.query(
    `insert into agent_asks (id, agency, ask, expires_at) values ($1, 'techno', $2, now() + interval '1 minute')`,
    [id, JSON.stringify({ what, ...rest })],
  );
  feedSignal.changed('techno');
  return waitFor(
    `an answer to ${what}`,
    async () => {
      const { rows } = await hub.store.pool.query<{ body: Record<string, unknown> }>(
        'select body from agent_answers where ask_id = $1 order by page',
        [id],
      );
      return rows.at(-1)?.body.last === true && rows.map(({ body }) => body);
    },
    30_000,
  );
}

it('takes a complaint from the hub to the board, and its answer back', async () => {
  const no = near.file({ subject: '기술개발 과제 문의', ctgry: 'TECH' });
  const there = await find(far, '기술개발 과제 문의').catch((error) => {
    throw new Error(agent.log(), { cause: error });
  });
  far.answer(there.mwNo, '다음 달에 공고합니다.');
  const answered = await waitFor('the answer on the first board', () => {
    const post = near.posts().find(({ mwNo }) => mwNo === no);
    return post?.replies.length ? post : undefined;
  });
  expect(answered.replies.map(({ cn }) => cn)).toEqual([expect.stringContaining('다음 달에 공고합니다.')]);
  near.followUp(no, '공고문은 어디에 올라옵니까?');
  await waitFor(
    'the question',
    () => far.posts().find(({ mwNo }) => mwNo === there.mwNo)?.addQs.length === 1,
  );
  expect(far.posts().filter(({ subject }) => subject === '기술개발 과제 문의')).toHaveLength(1);
});

it('takes files both ways', async () => {
  const content = pdf();
  near.file({ subject: '파일 있는 민원', ctgry: 'TECH' }, [{ name: '신청서.pdf', content }]);
  const there = await find(far, '파일 있는 민원');
  await waitFor('the file', () => far.files(there.mwNo).length === 1, 20_000);
  expect(far.files(there.mwNo)).toEqual([{ of: 'post', name: '신청서.pdf', sha256: sha256(content) }]);

  const answer = pdf();
  const replyNo = far.answer(there.mwNo, '붙임을 보십시오.');
  far.attach(there.mwNo, { name: '붙임.pdf', content: answer }, { replyNo });
  const no = near.posts().find(({ subject }) => subject === '파일 있는 민원')?.mwNo ?? 0;
  await waitFor('the file of the answer', () => near.files(no).some(({ of }) => of === 'reply'), 20_000);
  expect(near.files(no).find(({ of }) => of === 'reply')?.sha256).toBe(sha256(answer));
});

it('answers what only the board can tell', async () => {
  expect(await ask('check')).toMatchObject([{ page: 1, last: true, report: { ok: true } }]);
  const [sampled] = await ask('sample', { limit: 1 });
  expect(sampled?.posts).toHaveLength(1);
  const [post] = far.posts();
  const externalId = String(post?.mwNo);
  expect(await ask('read', { externalId })).toMatchObject([{ posts: [{ externalId }] }]);
  expect(await ask('read', { externalId: '99999' })).toMatchObject([{ posts: [] }]);
  const prints = (await ask('fingerprints')).flatMap(
    ({ fingerprints }) => fingerprints as { externalId: string }[],
  );
  expect(prints.map((print) => print.externalId).toSorted()).toEqual(
    far
      .posts()
      .map(({ mwNo }) => String(mwNo))
      .toSorted(),
  );
  expect(await ask('poll', { anew: true })).toEqual([{ page: 1, last: true }]);
  far.faults.mode = 'error500';
  expect(await ask('read', { externalId })).toMatchObject([{ error: { kind: 'unreachable' } }]);
  far.faults.mode = 'none';
});

it('goes back to the last good configuration by itself, keeps it over a restart, and takes a better one', async () => {
  const configure = async (version: number, endpoint: string) => {
    const agency = readBoardAgency('rest-board', 'techno', endpoint);
    if (agency.board) agency.board.via = 'agent';
    await hub.store.pool.query(
      `insert into configurations (kind, name, version, body, author) values ('agency', 'techno', $1, $2, 'test')`,
      [version, JSON.stringify(agency)],
    );
  };
  const reported = (version: number, outcome: string) =>
    waitFor(
      `version ${version}: ${outcome}`,
      async () => {
        const { rows } = await hub.store.pool.query(
          'select 1 from agents where configuration = $1 and configuration_outcome = $2',
          [version, outcome],
        );
        return rows.length === 1;
      },
      60_000,
    );
  await configure(2, 'http://127.0.0.1:9/');
  // The long poll that is open says what held when it began.
  near.file({ subject: '설정을 알린다', ctgry: 'TECH' });
  await reported(2, 'rolled-back');
  const { rows } = await hub.store.pool.query('select configuration_reason as reason from agents');
  expect(wordReason(rows[0].reason, 'ko')).toMatch(/^게시판 읽기: 연결할 수 없습니다/);
  near.file({ subject: '옛 설정으로', ctgry: 'TECH' });
  await find(far, '옛 설정으로');
  expect(await agent.stop()).toBe(0);
  agent.start();
  near.file({ subject: '다시 시작하고', ctgry: 'TECH' });
  await find(far, '다시 시작하고');
  await configure(3, far.url);
  near.file({ subject: '새 설정을 알린다', ctgry: 'TECH' });
  await reported(3, 'applied');
}, 120_000);

it('says how it is, also while it runs, and lets no second one at its folder', async () => {
  const { code, output } = await agent.command('status');
  expect(output).toContain('version 3');
  expect(code).toBe(0);
  expect((await agent.command('check')).output).toMatch(/^ok\s+hub/m);
  const second = await agent.command();
  expect(second).toMatchObject({ code: 1, output: expect.stringContaining('another agent') });
  expect((await agent.command('--help')).output).toContain('Exit codes');
  expect(await agent.command('nonsense')).toMatchObject({ code: 2 });
});

it('sends its log when the hub asks, also where it was away meanwhile, and once', async () => {
  interface Logs {
    state: string;
    asked: { at: string } | null;
    sentAt: string | null;
    lines: { at: string; level: string; message: string }[];
  }
  const { key } = await createApiKey(hub.store, 'techno', null, keyScopes);
  const ask = (body: object) => call<Logs>(hub, key, 'POST', '/self/agent/logs', body);
  const read = async () => (await call<Logs>(hub, key, 'GET', '/self/agent/logs')).body;
  const sent = () =>
    waitFor(
      'the log',
      async () => {
        const logs = await read();
        return logs.state === 'sent' && logs;
      },
      60_000,
    );
  await waitFor('an agent that sends logs', async () => (await read()).state === 'none', 60_000);
  expect((await ask({})).status).toBe(202);
  const first = await sent();
  expect(first.lines[0]).toMatchObject({ level: 'info', message: 'the agent starts' });
  expect(JSON.stringify(first)).not.toMatch(/far-key|mwe_|옛 설정/);

  await agent.stop();
  const waits = await ask({ level: 'info', lines: 1 });
  expect(waits.body).toMatchObject({ state: 'asked', sentAt: first.sentAt });
  expect((await ask({ level: 'info', lines: 1 })).body.asked).toEqual(waits.body.asked);
  agent.start();
  const second = await sent();
  expect(second.lines).toHaveLength(1);
  expect(second.sentAt).not.toBe(first.sentAt);
  expect(Date.parse(second.lines[0]?.at ?? '')).toBeGreaterThan(Date.parse(waits.body.asked?.at ?? ''));
  const { rows } = await hub.store.pool.query('select ask_id from agent_logs');
  expect(rows).toEqual([{ ask_id: null }]);
}, 120_000);

it('logs no text, no name and no secret', () => {
  const log = agent.log();
  expect(log).toContain('"msg":"the agent starts"');
  for (const word of ['기술개발', '다음 달에', 'far-key', 'mwe_', '옛 설정']) expect(log).not.toContain(word);
});
