import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { listReplays } from '../../../../hub/exchange/replay/read-replays.ts';
import { createReplayActions, type ReplayActions } from '../../../../hub/exchange/replay/replays.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

let from: RestBoard;
let to: RestBoard;
let hub: TestHub;
let replays: ReplayActions;
const count = 6;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
  to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
  const agencies: Agency[] = [
    readBoardAgency('rest-board', 'sbiz', from.url),
    readBoardAgency('rest-board', 'other', to.url),
  ];
  hub = await startTestHub(agencies, { rules: [], default: 'other' });
  const directory = {
    findAgency: (code: string) => agencies.find((agency) => agency.code === code),
    listAgencies: () => agencies,
    routing: () => ({ rules: [], default: 'other' }),
  };
  const boards = createBoards(directory, () => 'rest-key');
  replays = createReplayActions(hub.store, boards, () => undefined);
  for (let n = 0; n < count; n++) from.followUp(from.file({ subject: `민원 ${n}` }), `질의 ${n}`);
  await waitFor(
    'all of them',
    () => to.posts().length === count && to.posts().every(({ addQs }) => addQs.length === 1),
  );
  await waitFor('all links level', async () => {
    const { rows } = await hub.store.pool.query(
      'select exists (select from links where held < due) as behind',
    );
    return !rows[0].behind;
  });
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([from.close(), to.close()]);
});

const find = async (id: string) => (await listReplays(hub.store)).rows.find((replay) => replay.id === id);
const finished = (id: string) =>
  waitFor('the replay', async () => {
    const replay = await find(id);
    return replay?.state === 'done' && replay;
  });
const attempts = async () =>
  (
    await hub.store.pool.query(
      `select c.receipt_number as number, a.seq from attempts a join links l on l.id = a.link_id
       join complaints c on c.id = l.complaint_id where l.agency = 'other' order by a.id`,
    )
  ).rows;

describe('a preview', () => {
  it('counts and lists what would be sent where, and sends nothing', async () => {
    const before = await attempts();
    const all = await replays.preview({});
    // To `other` go the complaint and the question; `sbiz` told both itself.
    expect(all).toMatchObject({ links: count, events: 2 * count });
    expect(all.agencies).toEqual([{ agency: 'other', links: count, events: 2 * count, mayDouble: false }]);
    expect(all.page.rows[0]?.events.map(({ type }) => type)).toEqual(['registered', 'followed_up']);
    expect(await replays.preview({ types: ['followed_up'] })).toMatchObject({ links: count, events: count });
    expect(await replays.preview({ agency: 'sbiz' })).toMatchObject({ links: 0 });
    expect(await replays.preview({ parked: true })).toMatchObject({ links: 0 });
    expect(await replays.preview({ to: '2026-01-01T00:00:00Z' })).toMatchObject({ links: 0 });
    expect(await attempts()).toEqual(before);
  });

  it('refuses to start what selects nothing', async () => {
    const order = { filter: { agency: 'sbiz' }, perMinute: 600, by: 'admin' };
    await expect(replays.start(order)).rejects.toMatchObject({ kind: 'empty' });
  });
});

describe('a replay', () => {
  it('doubles nothing on a board that holds all', async () => {
    const held = to.posts();
    const id = await replays.start({ filter: {}, perMinute: 6000, by: 'admin' });
    expect(await finished(id)).toMatchObject({ links: count, begun: count, level: count, parked: 0 });
    expect(to.posts()).toEqual(held);
  });

  it('passes by a link that waits for a person, since nobody knows whether its board holds it', async () => {
    const first = "(select id from links where agency = 'other' order by id limit 1)";
    await hub.store.pool.query(
      `update links set state = 'parked', attempting = held + 1, owner = '담당자' where id = ${first}`,
    );
    const id = await replays.start({ filter: { agency: 'other' }, perMinute: 60, by: 'admin' });
    await waitFor('the others', async () => (await find(id))?.begun === count - 1, 20_000);
    expect((await find(id))?.state).toBe('running');
    await hub.store.pool.query(`update links set state = 'open', attempting = null where id = ${first}`);
    await finished(id);
  });

  it('of one complaint brings what the board has lost, in order', async () => {
    const number = String(to.posts().at(-1)?.hubNo);
    // A board that knows nothing any more: another one under the same address.
    const port = Number(new URL(to.url).port);
    await to.close();
    to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key', port });
    const id = await replays.start({ filter: { receiptNumber: number }, perMinute: 60, by: 'admin' });
    await finished(id);
    expect(to.posts().map(({ hubNo, addQs }) => [hubNo, addQs.length])).toEqual([[number, 1]]);
    const events = (await attempts()).filter((one) => one.number === number).map(({ seq }) => seq);
    expect(events.slice(-2)).toEqual([1, 3]);
    const { rows } = await hub.store.pool.query(
      "select c.receipt_number from links l join complaints c on c.id = l.complaint_id where l.agency = 'other' and l.external_id = '1'",
    );
    expect(rows).toEqual([{ receipt_number: number }]);
  });

  it('is paused, survives another process, is resumed and cancelled, and keeps its pace', async () => {
    const id = await replays.start({ filter: { agency: 'other' }, perMinute: 60, by: 'admin' });
    await waitFor('the first', async () => ((await find(id))?.begun ?? 0) > 0);
    await replays.pause(id, 'auditor');
    const paused = await find(id);
    expect(paused?.state).toBe('paused');
    // One a second: the pace kept the others waiting.
    expect(paused?.begun).toBeLessThan(count);
    const other = await hub.startAnother();
    await expect(replays.pause(id, 'admin')).rejects.toMatchObject({ kind: 'state' });
    expect((await find(id))?.begun).toBe(paused?.begun);
    await replays.resume(id, 'admin');
    await waitFor('one more', async () => ((await find(id))?.begun ?? 0) > (paused?.begun ?? 0));
    await replays.cancel(id, 'admin');
    await other.stop();
    const cancelled = await find(id);
    expect(cancelled).toMatchObject({ state: 'cancelled', links: count });
    await expect(replays.resume(id, 'admin')).rejects.toMatchObject({ kind: 'state' });
    const { rows } = await hub.store.pool.query(
      'select action, decided_by from repair_decisions where subject_id = $1 order by id',
      [id],
    );
    expect(rows.map(({ action, decided_by }) => `${action} ${decided_by}`)).toEqual([
      'start admin',
      'pause auditor',
      'resume admin',
      'cancel admin',
    ]);
  });
});
