import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { enrol, now, type TestAgent } from './agent-client.ts';

let boards: WireBoards;
let hub: TestHub;
let sender: Sender;
let agent: TestAgent;
beforeAll(async () => {
  boards = await startWireBoards();
  const behind = toWireAgency(boards, 'near', { via: 'agent', read: true });
  hub = await startTestHub([behind, senderAgency], { rules: [], default: 'near' });
  sender = await openSender(hub);
  agent = await enrol(hub, 'near');
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
});

describe('posts of an agent', () => {
  const post = (id: string, title: string, version = '1') => ({
    externalId: id,
    version,
    readAt: now(),
    raw: { id, title, updatedAt: '2026-11-20T09:30:00+09:00' },
  });
  const rows = async (id: string) =>
    (
      await hub.store.pool.query(
        "select outcome, source from raw_items where agency = 'near' and external_id = $1 order by id",
        [id],
      )
    ).rows;

  it('are taken in once, and parked when they cannot be mapped', async () => {
    const posts = [post('P-1', '기관 민원'), { ...post('P-2', ''), raw: { id: 'P-2' } }];
    const send = () => agent.say('POST', '/posts', { at: now(), posts });
    expect(await send()).toMatchObject({ status: 200, body: { outcomes: ['applied', 'parked'] } });
    expect(await send()).toMatchObject({ status: 200, body: { outcomes: ['duplicate', 'parked'] } });
    expect(await rows('P-1')).toEqual([{ outcome: 'applied', source: 'poll' }]);
    expect(await rows('P-2')).toEqual([{ outcome: 'parked', source: 'poll' }]);
  });

  it('that go back to an earlier version are taken in, and what is sent once more is not', async () => {
    const title = async () => {
      const text =
        "select content->>'title' as title from complaints where origin = 'near' and content->>'title' like 'B-1 %'";
      return (await hub.store.pool.query(text)).rows[0]?.title;
    };
    const read = (seconds: number, ...[version, title]: [string, string]) => ({
      ...post('B-1', `B-1 ${title}`, version),
      readAt: new Date(Date.now() - 60_000 + seconds * 1000).toISOString(),
    });
    const posts = [read(0, 'a', '가'), read(10, 'b', '나')];
    const send = (said: typeof posts) => agent.say('POST', '/posts', { at: now(), posts: said });
    expect((await send(posts)).body).toEqual({ outcomes: ['applied', 'applied'] });
    // Its reply was lost.
    expect((await send(posts)).body).toEqual({ outcomes: ['duplicate', 'duplicate'] });
    expect(await title()).toBe('B-1 나');
    expect((await send([read(20, 'a', '가')])).body).toEqual({ outcomes: ['applied'] });
    expect(await title()).toBe('B-1 가');
    expect((await send(posts)).body).toEqual({ outcomes: ['duplicate', 'duplicate'] });
  });

  it('are known as our own writing when they come before the outcome of bringing them', async () => {
    const number = await sender.file('메아리 민원');
    const change = (await agent.fetch()).changes.find((one) => one.complaint.receiptNumber === number);
    const echo = post('E-1', '메아리 민원');
    expect((await agent.say('POST', '/posts', { at: now(), posts: [echo] })).body).toEqual({
      outcomes: ['applied'],
    });
    await agent.done(change!, 'E-1');
    const { rows: links } = await hub.store.pool.query(
      `select l.external_id, l.held from links l join complaints c on c.id = l.complaint_id
       where l.agency = 'near' and c.receipt_number = $1`,
      [number],
    );
    expect(links).toEqual([{ external_id: 'E-1', held: 2 }]);
    const { rows: found } = await hub.store.pool.query(
      "select count(*)::int as n from complaints where content ->> 'title' = '메아리 민원'",
    );
    expect(found[0].n).toBe(1);
  });

  it('that no schema describes are refused with the place', async () => {
    const reply = await agent.say('POST', '/posts', { at: now(), posts: [{ externalId: '' }] });
    expect(reply.status).toBe(422);
    expect(JSON.stringify(reply.body)).toContain('/posts/0');
  });
});
