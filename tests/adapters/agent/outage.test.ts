import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { type Line, openLine } from '../../support/line.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { openSender, senderAgency } from '../../support/sender.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let line: Line;
let agent: AgentProcess;

beforeAll(async () => {
  boards = await startWireBoards();
  const far = toWireAgency(boards, 'far', { via: 'agent', read: true, timeout: 2 });
  hub = await startTestHub([far, senderAgency], { rules: [], default: 'far' });
  line = await openLine(hub.url);
  const { token } = await createAgentToken(hub.store, 'far', 'test');
  agent = await createAgentProcess({ hub: line.url, token });
});
afterAll(async () => {
  await agent.remove();
  await line.close();
  await hub.stop();
  await boards.close();
});

const complaints = 334;
const posts = 1000;

/** What waits at the agent, read beside it. */
function spooled(table: 'posts' | 'changes' | 'outcomes'): number {
  const db = new DatabaseSync(join(agent.folder, 'data', 'spool.db'), { readOnly: true, timeout: 5_000 });
  try {
    return Number(db.prepare(`select count(*) as n from ${table}`).get()?.n);
  } finally {
    db.close();
  }
}

async function restart(): Promise<void> {
  await agent.kill();
  agent.start();
}

async function countFiled(): Promise<number> {
  const { rows } = await hub.store.pool.query<{ n: number }>(
    `select count(*)::int as n from complaints where origin = 'far'`,
  );
  return rows[0]?.n ?? 0;
}

it('loses, doubles and turns around nothing: the hub away for 1,000 changes each way, the agent killed again and again', async () => {
  agent.start();
  await waitFor('the configuration', () => boards.calls.some(({ kind }) => kind === 'pull'), 20_000);
  line.cut();

  // A thousand changes at the hub, of which the agent hears nothing; a thousand posts, of which the hub does not.
  const sender = await openSender(hub);
  const titles = Array.from({ length: complaints }, (_, n) => `민원 ${n}`);
  const left = titles.values();
  const filing = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const title of left) {
        const receiptNumber = await sender.file(title, 'any');
        for (const question of ['하나', '둘']) await sender.ask(receiptNumber, `${title} ${question}`);
      }
    }),
  );
  const begin = Date.now() - posts * 10;
  const onBoard = Array.from({ length: posts }, (_, n) => ({
    id: `F-${n}`,
    updatedAt: new Date(begin + n * 10).toISOString(),
    title: `게시글 ${n}`,
  }));
  boards.posts.set('far', []);
  for (let n = 0; n < posts; n += 250) {
    boards.posts.get('far')?.push(...onBoard.slice(n, n + 250));
    const wanted = n + 100;
    await waitFor('some posts in the spool', () => spooled('posts') >= wanted, 30_000);
    await restart();
  }
  await waitFor('all posts in the spool', () => spooled('posts') >= posts, 30_000);
  await filing;
  expect(await countFiled()).toBe(0);

  // Catching up, killed each time that some more has come through; the line fails as well.
  line.mend();
  for (let part = 1; part <= 6; part += 1) {
    const wanted = Math.floor((part / 7) * complaints * 3);
    await waitFor('some changes on the board', () => boards.effects.length >= wanted, 60_000);
    if (part % 2 === 0) line.cut();
    await restart();
    line.mend();
  }
  await waitFor('all changes on the board', () => boards.effects.length >= complaints * 3, 60_000);
  await waitFor('all posts at the hub', async () => (await countFiled()) >= posts, 60_000);
  await waitFor(
    'all links level',
    async () => {
      const { rows } = await hub.store.pool.query(
        "select 1 from links where agency = 'far' and held < due limit 1",
      );
      return rows.length === 0;
    },
    60_000,
  );
  await waitFor(
    'an empty spool',
    () => spooled('posts') + spooled('changes') + spooled('outcomes') === 0,
    20_000,
  );

  const order = new Map<string, number[]>();
  for (const { title, seq } of boards.effects) order.set(title, [...(order.get(title) ?? []), seq]);
  expect(order.size).toBe(complaints);
  for (const [title, seqs] of order) {
    expect(seqs, title).toHaveLength(3);
    expect(seqs, title).toEqual(seqs.toSorted((a, b) => a - b));
    expect(new Set(seqs).size, title).toBe(3);
  }
  const { rows } = await hub.store.pool.query<{ titles: number; all: number }>(
    `select count(distinct content ->> 'title')::int as titles, count(*)::int as all from complaints where origin = 'far'`,
  );
  expect(rows).toEqual([{ titles: posts, all: posts }]);
  expect(await agent.stop()).toBe(0);
}, 300_000);
