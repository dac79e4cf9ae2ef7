import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SetBack, setBack } from '../../../../hub/exchange/delivery/set-back.ts';
import { inTransaction } from '../../../../hub/store/database.ts';
import type { BoardConnection } from '../../../../schemas/index.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

const dead = ['dead0', 'dead1', 'dead2', 'dead3', 'dead4', 'dead5', 'dead6', 'dead7', 'dead8', 'dead9'];
const forever = { timeout: 600, pollTimeout: 600, read: true };
const connections: Record<string, Partial<BoardConnection> & { read?: boolean }> = {
  ...Object.fromEntries(dead.map((code) => [code, forever])),
  well: { concurrency: 2, read: true },
  busy: { read: true },
  limited: { rate: { calls: 10, per: 'second' } },
  outage: { concurrency: 8, breaker: { failures: 2, pause: 0.3, longestPause: 0.3 } },
  closed: { read: true },
};

let boards: WireBoards;
let hub: TestHub;
let sender: Sender;

beforeAll(async () => {
  boards = await startWireBoards();
  const agencies = Object.entries(connections).map(([code, connection]) =>
    toWireAgency(boards, code, connection),
  );
  const rules = agencies.map(({ code }) => ({ when: { category: [code] }, to: code }));
  hub = await startTestHub([...agencies, senderAgency], { rules, default: 'well' });
  sender = await openSender(hub);
});
afterAll(async () => {
  await boards.close();
  await hub.stop();
});

const query = async (text: string, values: unknown[] = []) => (await hub.store.pool.query(text, values)).rows;
const fileAll = (titles: string[], to: string) => Promise.all(titles.map((title) => sender.file(title, to)));
const titlesFor = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix} ${String(n).padStart(2, '0')}`);
const effectsAt = (agency: string) => boards.effects.filter((effect) => effect.agency === agency);
const callsTo = (agency: string) => boards.calls.filter((call) => call.agency === agency);
const arrived = (agency: string, count: number) =>
  waitFor(`${count} at ${agency}`, () => effectsAt(agency).length >= count, 20_000);

it('ten agencies that never reply, to deliveries and to polls, cost the others nothing', async () => {
  boards.behave = async ({ agency, kind }) => {
    // The first call to the living one waits for company: both of its slots are free.
    if (agency === 'well' && kind === 'push') await waitFor('company', () => boards.atOnce('well') === 2);
    return agency.startsWith('dead') ? 'hang' : undefined;
  };
  for (const code of dead) await fileAll(titlesFor(code, 20), code);
  const isHanging = (kind: string) =>
    dead.every(
      (code) => callsTo(code).filter((call) => call.kind === kind).length >= (kind === 'push' ? 4 : 1),
    );
  await waitFor('every slot of the dead to hang', () => isHanging('push') && isHanging('pull'), 20_000);
  // Four deliveries, a poll, and the look at the board's shape, which may be due at the same moment.
  expect(dead.map((code) => boards.atOnce(code))).toEqual(dead.map(() => expect.toSatisfy((n) => n <= 6)));

  const sessions = await query(
    `select application_name as name, state, count(*)::int as n from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() group by 1, 2`,
  );
  const count = (name: string, ...states: string[]) =>
    sessions
      .filter((one) => one.name === name && states.includes(one.state))
      .reduce((sum, { n }) => sum + n, 0);
  expect(count('minwon-hub', 'idle in transaction', 'idle in transaction (aborted)')).toBe(0);
  expect(count('minwon-hub locks', 'idle', 'active'), 'one connection for all locks').toBe(1);

  const before = callsTo('well').filter(({ kind }) => kind === 'pull').length;
  await fileAll(titlesFor('살아 있는 기관', 30), 'well');
  await arrived('well', 30);
  expect(boards.atOnce('well'), 'its own slots').toBe(2);
  await waitFor(
    'polls of the others',
    () => callsTo('well').filter(({ kind }) => kind === 'pull').length > before + 2,
  );
  for (const code of dead) expect(effectsAt(code)).toEqual([]);
});

it('Retry-After of one reply holds all calls to the agency, polls too, and no longer', async () => {
  let until = 0;
  boards.behave = ({ agency, kind }) => {
    if (agency !== 'busy' || kind !== 'push' || until > 0)
      return agency.startsWith('dead') ? 'hang' : undefined;
    until = Date.now() + 2000;
    return { status: 429, headers: { 'retry-after': '2' } };
  };
  await sender.file('바쁜 기관 1', 'busy');
  await waitFor('the refusal', () => until > 0);
  await waitFor(
    'the pause in the table',
    async () => (await query("select 1 from boards where agency = 'busy' and busy_until > now()")).length > 0,
  );
  const mark = Date.now();
  await sender.file('바쁜 기관 2', 'busy');
  await arrived('busy', 2);
  const calls = callsTo('busy').filter(({ at }) => at > mark + 100);
  for (const { at } of calls) expect(at).toBeGreaterThan(until - 50);
  expect(effectsAt('busy')[0]?.at).toBeLessThan(until + 8000);
});

it('a rate is kept over deliveries', async () => {
  const begun = Date.now();
  await fileAll(titlesFor('느린 기관', 12), 'limited');
  await arrived('limited', 12);
  // Ten a second, evenly spaced: the n-th cannot be there before n tenths of a second have passed.
  for (const [n, { at }] of callsTo('limited').entries()) expect(at - begun).toBeGreaterThan(n * 100 - 20);
});

it('a rate is kept where a board is brought up again, over the questions too', async () => {
  const before = callsTo('limited').length;
  const begun = Date.now();
  for (const { id: linkId } of await query("select id from links where agency = 'limited'")) {
    const order: SetBack = { linkId, events: [1], lost: 'parts', by: 'admin' };
    expect(await inTransaction(hub.store.pool, (client) => setBack(client, order))).toBe('done');
  }
  await arrived('limited', 24);
  const calls = callsTo('limited').slice(before);
  expect(calls.filter(({ kind }) => kind === 'find')).toHaveLength(12);
  for (const [n, { at }] of calls.entries()) expect(at - begun).toBeGreaterThan(n * 100 - 20);
});

it('after an outage the backlog comes in order, first one at a time, then more and more', async () => {
  let isAway = true;
  boards.behave = ({ agency }) => (agency === 'outage' && isAway ? { status: 503 } : undefined);
  for (const title of titlesFor('밀린 민원', 40)) await sender.file(title, 'outage');
  await waitFor(
    'the breaker',
    async () =>
      (await query("select 1 from boards where agency = 'outage' and failures >= 2 and closed_until > now()"))
        .length > 0,
  );
  const tried = callsTo('outage').length;
  const starts: { atOnce: number }[] = [];
  let underWay = 0;
  boards.behave = async ({ agency }) => {
    if (agency !== 'outage') return undefined;
    underWay += 1;
    starts.push({ atOnce: underWay });
    const place = starts.length;
    // Each call ends when those that may run beside it have begun, or nothing more begins for a while.
    for (let n = 0; n < 8 && starts.length < place + 8; n += 1) await new Promise(setImmediate);
    underWay -= 1;
    return undefined;
  };
  isAway = false;
  await arrived('outage', 40);
  expect(tried, 'only what opened it and what probed').toBeLessThan(40);
  expect(starts[0]?.atOnce, 'half open').toBe(1);
  for (const [n, { atOnce }] of starts.entries()) expect(atOnce).toBeLessThanOrEqual(n + 1);
  // By the hub's own book: on a busy machine a call that began first may reach the board last.
  let order: { title: string }[] = [];
  await waitFor('all of it in the book', async () => {
    order = await query(
      `select c.content->>'title' as title from attempts a join links l on l.id = a.link_id
       join complaints c on c.id = l.complaint_id
       where l.agency = 'outage' and a.outcome = 'done' order by a.started_at, a.id`,
    );
    return order.length === 40;
  });
  // The one that probed comes first: the oldest that had not been tried. All others keep their places.
  const others = order.slice(1).map(({ title }) => title);
  // Neighbours that are under way together may change places.
  for (const [n, title] of [...others].sort().entries())
    expect(Math.abs(n - others.indexOf(title)), `${title} at ${others.indexOf(title)}`).toBeLessThanOrEqual(
      8,
    );
});

it('maintenance holds deliveries and polls; afterwards they go on in order', async () => {
  const setMaintenance = async (maintenance: BoardConnection['maintenance']) => {
    const agency = toWireAgency(boards, 'closed', {
      ...connections.closed,
      ...(maintenance && { maintenance }),
    });
    await query(
      `insert into configurations (kind, name, version, body, author)
       select 'agency', 'closed', max(version) + 1, $1, 'test' from configurations where name = 'closed'`,
      [JSON.stringify(agency)],
    );
    await query("select pg_notify('hub_configuration', '')");
  };
  await setMaintenance([{ days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] }]);
  // A poll that was under way may end; then silence.
  const calls = () => callsTo('closed').length;
  let last = -1;
  let since = Date.now();
  await waitFor('silence for a second', () => {
    if (calls() !== last) {
      last = calls();
      since = Date.now();
    }
    return Date.now() - since > 1000;
  });
  const titles = titlesFor('점검 중 민원', 10);
  for (const title of titles) await sender.file(title, 'closed');
  await sender.file('그동안 다른 기관', 'well');
  await waitFor('the other agency', () =>
    effectsAt('well').some(({ title }) => title === '그동안 다른 기관'),
  );
  expect(calls()).toBe(last);
  await setMaintenance([]);
  await arrived('closed', 10);
  await waitFor('polls too', () =>
    callsTo('closed').some(({ kind, at }) => kind === 'pull' && at > since + 1000),
  );
  expect(new Set(effectsAt('closed').map(({ title }) => title))).toEqual(new Set(titles));
});
