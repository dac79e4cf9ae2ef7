import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { openSender, type Sender, senderAgency } from '../../support/sender.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let sender: Sender;
const agents: AgentProcess[] = [];

beforeAll(async () => {
  boards = await startWireBoards();
  const agencies = [
    toWireAgency(boards, 'asked', { via: 'agent', timeout: 60, settling: 60 }),
    toWireAgency(boards, 'mute', { via: 'agent', timeout: 60, askable: false }),
  ];
  const rules = [{ when: { category: ['mute'] }, to: 'mute' }];
  hub = await startTestHub([...agencies, senderAgency], { rules, default: 'asked' });
  sender = await openSender(hub);
});
afterAll(async () => {
  for (const agent of agents) await agent.remove();
  await hub.stop();
  await boards.close();
});

/**
 * Files a complaint for this agency. Its agent is killed with its disk while the board works on it, and another takes
 * its place. `release` lets the board end its work.
 */
async function replaceAgent(title: string, agency: string): Promise<{ release(): void }> {
  const held = Promise.withResolvers<undefined>();
  let isFirst = true;
  boards.behave = ({ kind }) => {
    if (kind !== 'push' || !isFirst) return undefined;
    isFirst = false;
    return held.promise;
  };
  const { token } = await createAgentToken(hub.store, agency, 'test');
  const agent = await createAgentProcess({ hub: hub.url, token });
  agents.push(agent);
  agent.start();
  await sender.file(title, agency);
  await waitFor('the first call', () => pushes(title) === 1, 30_000);
  await agent.kill();
  rmSync(join(agent.folder, 'data'), { recursive: true });
  writeFileSync(join(agent.folder, 'token'), (await createAgentToken(hub.store, agency, 'test')).token);
  agent.start();
  return { release: () => held.resolve(undefined) };
}

const pushes = (title: string) =>
  boards.calls.filter((call) => call.kind === 'push' && call.title === title).length;
const questions = () =>
  boards.calls.filter(({ url }) => url.startsWith('/asked/by-key/') && url.endsWith('%2F1')).length;

async function linkOf(title: string) {
  const { rows } = await hub.store.pool.query(
    `select l.state, l.held, l.attempting from links l join complaints c on c.id = l.complaint_id
     where c.content->>'title' = $1 and l.agency <> 'src'`,
    [title],
  );
  return rows[0];
}

it('an agent that takes the place of another waits for what the other sent', {
  timeout: 90_000,
}, async () => {
  const { release } = await replaceAgent('앞 대리인이 보낸 민원', 'asked');
  await waitFor('a second question', () => questions() >= 2, 30_000);
  release();
  await waitFor('the outcome', async () => (await linkOf('앞 대리인이 보낸 민원')).held >= 1, 30_000);
  expect(pushes('앞 대리인이 보낸 민원')).toBe(1);
});

it('and leaves it to a person where the board cannot be asked', { timeout: 90_000 }, async () => {
  const { release } = await replaceAgent('물을 수 없는 민원', 'mute');
  await waitFor('the outcome', async () => (await linkOf('물을 수 없는 민원')).state === 'parked', 30_000);
  expect(await linkOf('물을 수 없는 민원')).toMatchObject({ held: 0, attempting: 1 });
  expect(pushes('물을 수 없는 민원')).toBe(1);
  release();
});
