import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteSilence } from '../../../../hub/exchange/agents/heartbeat.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { enrol, say, type TestAgent } from '../../doors/agent/agent-client.ts';
import { createVisitor } from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';

let boards: WireBoards;
let hub: TestHub;
let agent: TestAgent;
let admin: ReturnType<typeof createVisitor>;
beforeAll(async () => {
  boards = await startWireBoards();
  const screen = { code: 'park', name: { ko: '공원녹지과' }, officers: [{ name: '최공원' }] };
  const agencies: Agency[] = [toWireAgency(boards, 'road', { via: 'agent' }), screen];
  hub = await startTestHub(agencies, { rules: [], default: 'road' });
  await insertUsers(hub.store);
  admin = createVisitor(hub.url);
  await admin.signIn('admin');
  agent = await enrol(hub, 'road');
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
});

const boardOf = async () => {
  const { rows } = await hub.store.pool.query(
    `select polled_at, delivered_at, failures, poll_error, poll_error_kind, agents.skew from boards join agents using (agency) where agency = 'road'`,
  );
  return inWords(rows[0]) as (typeof rows)[0];
};
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

it("shows how the agent is, in the hub's own time whatever its clock says", async () => {
  expect((await admin.get('/agencies/road')).text).toContain('등록됨, 첫 보고 대기');
  // An hour ahead: what it says happened in 50 minutes was ten minutes ago.
  const { body } = await agent.beat({
    at: minutesAgo(-60),
    agent: '2.3.4',
    configuration: 1,
    readAt: minutesAgo(-50),
    memoryMb: 87,
    backlog: { posts: 3, changes: 4, outcomes: 5, oldest: minutesAgo(-58) },
    certificateExpiresAt: minutesAgo(-24 * 60),
  });
  expect(body).toMatchObject({ configuration: 1 });
  expect(Math.abs(Date.parse(body.at) - Date.now())).toBeLessThan(10_000);
  const board = await boardOf();
  expect(board.skew / 60_000).toBeCloseTo(60, 0);
  expect((Date.now() - board.polled_at.getTime()) / 60_000).toBeCloseTo(10, 0);
  const page = (await admin.get('/agencies/road')).text;
  for (const part of ['2.3.4', '87 MB', '허브로 보낼 글 3', '게시판에 전할 것 4', '보고할 결과 5'])
    expect(page).toContain(part);
  expect(page).toMatch(/class="trouble">3600 초/);
});

it('has a board that its agent finds in trouble, or that nobody hears of, in trouble', async () => {
  await agent.beat({ problem: 'unreachable: 연결 거부' });
  expect(await boardOf()).toMatchObject({ failures: 1, poll_error: 'unreachable: 연결 거부' });
  await agent.beat();
  expect(await boardOf()).toMatchObject({ failures: 0, poll_error: null });
  await hub.store.pool.query("update agents set heartbeat_at = now() - interval '151 seconds'");
  await noteSilence(hub.store, ['road']);
  expect(await boardOf()).toMatchObject({
    poll_error: 'its agent is silent',
    poll_error_kind: 'unreachable',
  });
  expect((await admin.get('/agencies/road')).text).toContain('응답 없음');
  await waitFor(
    'the alert',
    async () => (await admin.get('/alerts')).text.includes('설치형 모듈이 응답하지 않음'),
    30_000,
  );
  await agent.beat();
  expect(await boardOf()).toMatchObject({ failures: 0, poll_error: null });
});

it('shows a configuration that was rolled back with its reason', async () => {
  await agent.say('POST', '/configuration/7', { outcome: 'rolled-back', reason: '게시판이 암호를 거절함' });
  const page = (await admin.get('/agencies/road')).text;
  expect(page).toContain('게시판이 암호를 거절함');
});

it('makes a token in the one command that uses it, for administrators and boards behind agents alone', async () => {
  const sheet = await admin.fill('/agencies/road', '/agencies/road/agent-token', {});
  const [token = ''] = /mwe_[\w-]{43}/.exec(sheet.text) ?? [];
  expect(sheet.text).toContain(`${hub.url}/agent/v1/package`);
  const enrolled = await say(hub, undefined, 'POST', '/enrolment', {
    token,
    agent: '1.0.0',
    at: minutesAgo(0),
  });
  expect(enrolled).toMatchObject({ status: 200, body: { agency: 'road' } });
  const park = (await admin.get('/agencies/park')).text;
  expect(park).not.toContain('agent-token');
  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(park) ?? [];
  expect((await admin.post('/agencies/park/agent-token', { formToken })).status).toBe(404);
  const auditor = createVisitor(hub.url);
  await auditor.signIn('auditor');
  expect((await auditor.get('/agencies/road')).text).not.toContain('agent-token');
  expect((await auditor.get('/agent-package')).status).toBe(403);
});

it('adds an agency whose board an agent reaches, and says what is wrong with its board', async () => {
  const typed = { code: 'pond', name: '저수지관리소', officer: '한저수', exchange: 'agent' };
  const wrong = await admin.fill('/agencies/new', '/agencies/new', {
    ...typed,
    board: 'adapter: nothing\nsettings: {}',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('<code>/board/adapter</code> &#34;nothing&#34; 연계 모듈이 없습니다');
  const { board } = toWireAgency(boards, 'pond');
  const added = await admin.fill('/agencies/new', '/agencies/new', {
    ...typed,
    board: JSON.stringify(board),
  });
  expect(added.text).toContain('/agent/v1/package');
  const { rows } = await hub.store.pool.query("select body from configurations where name = 'pond'");
  expect(rows[0].body.board.via).toBe('agent');
});

it.each([
  ['code', 'origin', 'origin은 배정 규칙에서 쓰는 말입니다'],
  ['code', 'No Code', '기관 코드로 쓸 수 없습니다'],
  ['code', 'road', '이미 있는 기관 코드입니다'],
  ['email', 'nobody', '전자우편 주소여야 합니다'],
])('says at the field what is wrong with a new agency: %s %s', async (field, value, words) => {
  const typed = { code: 'brook', name: '개울', officer: '한개울', email: '', exchange: 'screen' };
  const wrong = await admin.fill('/agencies/new', '/agencies/new', { ...typed, [field]: value });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain(`id="agency-${field}-problem"><span>${words}`);
});
