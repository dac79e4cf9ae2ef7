import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let agent: AgentProcess;

beforeAll(async () => {
  boards = await startWireBoards();
  const far = toWireAgency(boards, 'far', { via: 'agent', read: true });
  const { pull } = (far.board?.settings ?? {}) as { pull: { query: string } };
  pull.query = '{ "page": 1, "size": size }';
  hub = await startTestHub([far], { rules: [], default: 'far' });
  const { token } = await createAgentToken(hub.store, 'far', 'test');
  agent = await createAgentProcess({ hub: hub.url, token });
});
afterAll(async () => {
  await agent.remove();
  await hub.stop();
  await boards.close();
});

const query = async (text: string) => (await hub.store.pool.query(text)).rows;
/** What the alert `board-paging` is made of. */
const findNotice = async () =>
  (
    await query(`select poll_notice as notice from boards where agency = 'far' and poll_notice is not null`)
  )[0];
const toPosts = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `${n}`,
    updatedAt: `2026-11-20T09:${String(n).padStart(2, '0')}:00+09:00`,
    title: `민원 ${n}`,
  }));
/** An agent says all that it knows when it starts. */
async function restart(): Promise<void> {
  expect(await agent.stop()).toBe(0);
  agent.start();
}

it('a board behind an agent that gives one page alone is told of, until it gives all', async () => {
  boards.posts.set('far', toPosts(10));
  agent.start();
  await waitFor(
    'the first heartbeat',
    async () => (await query('select 1 from agents where heartbeat is not null'))[0],
    30_000,
  );
  await waitFor('a warning of the agent', () => agent.log().includes('the board was read'), 30_000);
  await restart();
  const { notice } = await waitFor('the notice', findNotice, 60_000);
  expect(notice).toEqual({ code: 'list_cut', params: { n: 10 } });

  boards.posts.set('far', toPosts(3));
  const before = boards.calls.length;
  await waitFor('the board to be read twice', () => boards.calls.length > before + 2, 20_000);
  await restart();
  await waitFor('the end of the notice', async () => !(await findNotice()), 60_000);
}, 200_000);
