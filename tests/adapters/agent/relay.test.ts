import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/agent-keys.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { type AgentProcess, createAgentProcess } from '../../support/agent-process.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Two agencies: one is reached by the hub, the other only by the agent beside its board. */
let near: RestBoard;
let far: RestBoard;
let hub: TestHub;
let agent: AgentProcess;

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
  const { token } = await createAgentToken(hub.store, 'techno', 'test');
  // The hub's own key of that name is another: only the agent's opens this board.
  agent = await createAgentProcess({ hub: hub.url, token, environment: { SBIZ_API_KEY: 'far-key' } });
  agent.start();
});
afterAll(async () => {
  await agent.remove();
  await hub.stop();
  await Promise.all([near.close(), far.close()]);
});

const find = (board: RestBoard, subject: string) =>
  waitFor(`"${subject}"`, () => board.posts().find((post) => post.subject === subject), 20_000);

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
