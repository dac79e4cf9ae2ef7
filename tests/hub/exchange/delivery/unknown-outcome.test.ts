import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeBack } from '../../../../hub/store/states/link-state.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let office: OfficeActions;
let sender: Sender;

beforeAll(async () => {
  boards = await startWireBoards();
  const breaker = { failures: 1000 };
  const agencies = [
    toWireAgency(boards, 'asked', { timeout: 0.3, breaker }),
    toWireAgency(boards, 'resends', { askable: false, onUnknown: 'resend', timeout: 0.3, breaker }),
    toWireAgency(boards, 'slow', { timeout: 1, settling: 8, breaker }),
    toWireAgency(boards, 'parks', { askable: false, timeout: 0.3, settling: 3, breaker }),
    senderAgency,
  ];
  const rules = ['asked', 'resends', 'slow', 'parks'].map((to) => ({ when: { category: [to] }, to }));
  hub = await startTestHub(agencies, { rules, default: 'asked' });
  office = openOffice(hub, agencies);
  sender = await openSender(hub);
});
afterAll(async () => {
  await office.close();
  await hub.stop();
  await boards.close();
});

const effectsOf = (title: string) => boards.effects.filter((effect) => effect.title === title);
const callsOf = (title: string) => boards.calls.filter((call) => call.title === title);

async function linkOf(title: string) {
  const { rows } = await hub.store.pool.query(
    `select l.id, l.state, l.held, l.due, l.tries, l.attempting, l.attempting_since, l.owner from links l join complaints c on c.id = l.complaint_id
     where c.content->>'title' = $1 and l.agency <> 'src'`,
    [title],
  );
  return rows[0];
}
const level = (title: string) => waitFor(`${title} level`, async () => (await linkOf(title))?.held >= 1);

/** The board does the work of the first call and its reply is lost. */
function loseFirstReply(title: string, how: 'vanish' | 'hang') {
  let lost = false;
  boards.behave = (call) => {
    if (call.title !== title || lost) return undefined;
    lost = true;
    return how;
  };
}

it('the attempt is durable before the call, with a key that begins with the receipt number', async () => {
  let marked: Awaited<ReturnType<typeof linkOf>>;
  boards.behave = async (call) => {
    if (call.kind === 'push') marked = await linkOf('먼저 적힌 민원');
    return undefined;
  };
  const receiptNumber = await sender.file('먼저 적힌 민원', 'asked');
  await level('먼저 적힌 민원');
  expect(marked).toMatchObject({ attempting: 1, attempting_since: expect.any(Date) });
  expect(effectsOf('먼저 적힌 민원')).toMatchObject([{ key: `${receiptNumber}/1` }]);
  expect(await linkOf('먼저 적힌 민원')).toMatchObject({ attempting: null, attempting_since: null });
});

it('a board that did it before the connection was reset is asked, and nothing is sent again', async () => {
  loseFirstReply('끊긴 민원', 'vanish');
  await sender.file('끊긴 민원', 'asked');
  await level('끊긴 민원');
  expect(effectsOf('끊긴 민원')).toHaveLength(1);
  expect(callsOf('끊긴 민원')).toHaveLength(1);
  expect(boards.calls.some(({ agency, kind }) => agency === 'asked' && kind === 'find')).toBe(true);
});

it('a board that did not do it before the time-out is asked, and then sent the same key', async () => {
  loseFirstReply('늦은 민원', 'hang');
  const before = boards.calls.length;
  const receiptNumber = await sender.file('늦은 민원', 'asked');
  await level('늦은 민원');
  const kinds = boards.calls.slice(before).map(({ kind }) => kind);
  expect(kinds.slice(0, 3)).toEqual(['push', 'find', 'push']);
  expect(effectsOf('늦은 민원')).toMatchObject([{ key: `${receiptNumber}/1` }]);
});

it('a board that does it after its caller has left is asked until it holds it, and nothing is sent again', async () => {
  let isFirst = true;
  boards.behave = ({ kind, title }) => {
    if (kind !== 'push' || title !== '뒤늦은 민원' || !isFirst) return undefined;
    isFirst = false;
    return { lateBy: 3000 };
  };
  const before = boards.calls.length;
  await sender.file('뒤늦은 민원', 'slow');
  await level('뒤늦은 민원');
  const kinds = boards.calls.slice(before).flatMap(({ agency, kind }) => (agency === 'slow' ? kind : []));
  expect(kinds.filter((kind) => kind === 'push')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'find').length, 'asked more than once').toBeGreaterThan(1);
  expect(effectsOf('뒤늦은 민원')).toHaveLength(1);
  const { rows } = await hub.store.pool.query("select failures from boards where agency = 'slow'");
  expect(rows[0]?.failures, 'to be asked to wait is no failure').toBe(0);
});

it('while the board does not say whether it holds it, nothing is sent', async () => {
  let isSilent = true;
  let isFirst = true;
  boards.behave = ({ kind, title }) => {
    if (kind === 'push' && title === '물어볼 민원' && isFirst) {
      isFirst = false;
      return 'vanish';
    }
    return kind === 'find' && isSilent ? { status: 500 } : undefined;
  };
  const asked = () => boards.calls.filter(({ kind }) => kind === 'find').length;
  const before = asked();
  await sender.file('물어볼 민원', 'asked');
  await waitFor('two questions', () => asked() >= before + 2, 15_000);
  expect(callsOf('물어볼 민원')).toHaveLength(1);
  isSilent = false;
  await level('물어볼 민원');
  expect(effectsOf('물어볼 민원')).toHaveLength(1);
});

it('what an agent was given before the hub took over is asked for, each event, and waited for', async () => {
  const title = '넘겨받은 민원';
  boards.behave = ({ kind }) => (kind === 'push' ? { status: 503 } : undefined);
  const receiptNumber = await sender.file(title, 'slow');
  await sender.ask(receiptNumber, title);
  await waitFor('both events and a refusal', async () => {
    const { due, tries } = (await linkOf(title)) ?? {};
    return due === 3 && tries > 0;
  });
  const { id } = await linkOf(title);
  // The second event is routing. As if the others were out with an agent. It has brought the first, and the board is at work on the other.
  await hub.store.pool.query('update links set given = 3, attempting = null where id = $1', [id]);
  await hub.store.pool.query(
    `insert into feed_changes (agency, position, link_id, complaint_id, seq)
     select agency, n, id, complaint_id, n from links, unnest(array[1, 3]) n where id = $1`,
    [id],
  );
  boards.behave = () => undefined;
  const effect = { agency: 'slow', title, at: Date.now() };
  boards.effects.push({ ...effect, seq: 1, key: `${receiptNumber}/1` });
  const before = boards.calls.length;
  await takeBack(hub.store, ['slow']);
  const calls = () => boards.calls.slice(before).filter(({ agency }) => agency === 'slow');
  await waitFor('questions about the other', () => calls().length >= 3);
  boards.effects.push({ ...effect, seq: 3, key: `${receiptNumber}/3` });
  await waitFor('the other', async () => (await linkOf(title))?.held === 3, 15_000);
  expect(calls().filter(({ kind }) => kind === 'push')).toEqual([]);
  expect(await linkOf(title)).toMatchObject({ attempting: null, attempting_since: null });
});

it('an agency that chose resend gets it again, at most once for each unknown outcome', async () => {
  loseFirstReply('다시 보낸 민원', 'vanish');
  await sender.file('다시 보낸 민원', 'resends');
  await level('다시 보낸 민원');
  const keys = effectsOf('다시 보낸 민원').map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size, 'the same key, by which a person sees the double').toBe(1);
});

it('an agency that chose park gets an owner for it, and a person who looked has it sent or passed over', async () => {
  for (const title of ['사람이 볼 민원', '이미 있는 민원']) {
    loseFirstReply(title, 'vanish');
    await sender.file(title, 'parks');
    await waitFor('the parked link', async () => (await linkOf(title))?.state === 'parked');
    await expect(
      office.parked.retryLink((await linkOf(title)).id, 'admin'),
      'the board may still be working on it',
    ).rejects.toMatchObject({ kind: 'settling' });
    expect(effectsOf(title)).toHaveLength(1);
    expect(await linkOf(title)).toMatchObject({ held: 0, attempting: 1, owner: '담당자' });
  }
  await waitFor('the settling time', async () => {
    const { id } = await linkOf('사람이 볼 민원');
    return office.parked.retryLink(id, 'admin').then(
      () => true,
      () => false,
    );
  });
  await level('사람이 볼 민원');
  expect(effectsOf('사람이 볼 민원')).toHaveLength(2);
  await office.parked.skipEvent((await linkOf('이미 있는 민원')).id, 'admin', '게시판에 있음');
  await level('이미 있는 민원');
  expect(effectsOf('이미 있는 민원')).toHaveLength(1);
});
