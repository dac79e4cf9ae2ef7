import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
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
  const far = toWireAgency(boards, 'far', { via: 'agent', read: true, askable: true });
  boards.posts.set('far', [{ id: 'F-1', updatedAt: '2026-11-20T03:00:00.000Z', title: '게시판 민원' }]);
  hub = await startTestHub([far, senderAgency], { rules: [], default: 'far' });
  sender = await openSender(hub);
  const { token } = await createAgentToken(hub.store, 'far', 'test');
  agent = await createAgentProcess({ hub: hub.url, token });
  agent.start();
});
afterAll(async () => {
  await agent.remove();
  await hub.stop();
  await boards.close();
});

const query = async (text: string, values: unknown[] = []) => (await hub.store.pool.query(text, values)).rows;
const pushed = (title: string) => boards.effects.filter((effect) => effect.title === title).length;
const isLevel = (receiptNumber: string) =>
  waitFor(`the link of ${receiptNumber}`, async () => {
    const [link] = await query(
      `select l.held >= l.due as level from links l join complaints c on c.id = l.complaint_id
       where l.agency = 'far' and c.receipt_number = $1`,
      [receiptNumber],
    );
    return link.level;
  });
const isFiled = () =>
  waitFor(
    'the post of the board',
    async () => (await query("select from complaints where origin = 'far'")).length === 1,
  );

it('an agent whose hub was restored from an older copy says so, brings what is new, and doubles nothing', async () => {
  await isLevel(await sender.file('복원 전 민원'));
  await isLevel(await sender.file('복사본에 없는 전달'));
  await isFiled();

  // As a copy shows it that was made before the second was brought and before the board's post came in.
  await query("delete from feed_changes where agency = 'far'");
  await query("update feeds set position = 1, read_to = 1 where agency = 'far'");
  await query(
    `update links set held = 0, given = null, external_id = null, parts = '{}' where agency = 'far' and complaint_id =
       (select id from complaints where content->>'title' = '복사본에 없는 전달')`,
  );
  for (const table of ['events', 'links', 'complaint_terms'])
    await query(
      `delete from ${table} where complaint_id in (select id from complaints where origin = 'far')`,
    );
  await query("delete from complaints where origin = 'far'");
  await query("delete from raw_items where agency = 'far'");

  const found = boards.calls.filter(({ kind }) => kind === 'find').length;
  const numbers = await query(
    `select receipt_number from complaints where content->>'title' = '복사본에 없는 전달'`,
  );
  await isLevel(await sender.file('복원 후 민원'));
  await isLevel(numbers[0].receipt_number);
  await isFiled();
  expect([pushed('복원 전 민원'), pushed('복사본에 없는 전달'), pushed('복원 후 민원')]).toEqual([1, 1, 1]);
  expect(boards.calls.filter(({ kind }) => kind === 'find').length).toBeGreaterThan(found);
  expect(agent.log()).toContain('the hub was restored from an older copy');
});
