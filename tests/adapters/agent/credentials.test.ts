import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { wordReason } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { openSender, type Sender, senderAgency } from '../../support/sender.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let agent: AgentProcess;
let sender: Sender;

beforeAll(async () => {
  boards = await startWireBoards();
  const far = toWireAgency(boards, 'far', { via: 'agent', read: true, timeout: 2 });
  hub = await startTestHub([far, senderAgency], { rules: [], default: 'far' });
  const { token } = await createAgentToken(hub.store, 'far', 'test');
  agent = await createAgentProcess({ hub: hub.url, token });
  sender = await openSender(hub);
});
afterAll(async () => {
  await agent.remove();
  await hub.stop();
  await boards.close();
});

const query = async (text: string) => (await hub.store.pool.query(text)).rows;
const callsOf = (kind: 'push' | 'pull') => boards.calls.filter((call) => call.kind === kind).length;
const findAlert = async () =>
  (await query(`select items from alerts where condition = 'credentials-refused' and state = 'open'`))[0];

it('refused credentials stop what goes to the board and comes from it, park nothing, and are told', async () => {
  const titles = Array.from({ length: 10 }, (_, n) => `인증이 거절된 민원 ${n}`);
  agent.start();
  // A board without posts is read by one call, and then again: the first look has ended.
  await waitFor('the board to be read', () => callsOf('pull') > 1, 20_000);
  boards.behave = ({ kind }) => (kind === 'find' ? undefined : { status: 401 });
  const pulled = callsOf('pull');
  for (const title of titles) await sender.file(title, 'any');
  await waitFor('a call', () => callsOf('push') > 0);
  const alert = await waitFor('the alert', findAlert, 60_000);
  expect(inWords(alert.items)).toEqual(['delivery', 'poll']);
  const [told] = await query(`select heartbeat from agents where agency = 'far'`);
  expect(told.heartbeat.problemKind).toBe('unauthorised');
  const problem = wordReason(told.heartbeat.problem, 'en');
  expect(problem).toMatch(/reading: .*401/);
  expect(problem).toMatch(/writing: .*401/);
  expect((await agent.command('status')).output).toMatch(/writing: .*401/);
  // A heartbeat later: nothing more for a minute, though the board is to be read five times a second.
  expect(callsOf('push')).toBeLessThanOrEqual(2);
  expect(callsOf('pull') - pulled).toBeLessThanOrEqual(2);
  expect(await query(`select 1 from links where agency = 'far' and (state = 'parked' or held > 0)`)).toEqual(
    [],
  );

  // Whoever has set the credentials right starts the agent again.
  boards.behave = () => undefined;
  expect(await agent.stop()).toBe(0);
  agent.start();
  await waitFor('all of them', () => boards.effects.length === titles.length, 20_000);
  expect(new Set(boards.effects.map(({ title }) => title))).toEqual(new Set(titles));
  await waitFor('the end of the alert', async () => !(await findAlert()), 60_000);
  expect(await query(`select 1 from links where agency = 'far' and state = 'parked'`)).toEqual([]);
}, 150_000);
