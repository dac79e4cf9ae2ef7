import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { openSender, type Sender, senderAgency } from '../../support/sender.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { configure } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';
import { type Running, startHubProcess } from '../command-line/run-hub.ts';

interface HubProcess extends Running {
  url: string;
}

let boards: WireBoards;
let store: Store;
let running: HubProcess[] = [];

beforeAll(async () => {
  boards = await startWireBoards();
});
beforeEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  running = [];
  await store?.close();
  store = openStore(await createFreshDatabase(), 4);
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await boards.close();
  await store.close();
});

async function startHub(): Promise<HubProcess> {
  const process = startHubProcess(['serve', '--port', '0'], {
    env: { DATABASE_URL: store.url, LOG_LEVEL: 'error' },
  });
  const url = await waitFor(
    'the hub to listen',
    () => /listening on (\S+) /.exec(process.said())?.[1],
    40_000,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; it said ${process.said()}`);
  });
  const started = { ...process, url };
  running.push(started);
  return started;
}

async function end(hub: HubProcess, signal: 'SIGKILL' | 'SIGTERM') {
  running = running.filter((one) => one !== hub);
  hub.child.kill(signal);
  return hub.ended;
}

const query = async (text: string) => (await store.pool.query(text)).rows;
const effectsOf = (title: string) =>
  boards.effects.filter((one) => one.title === title).map(({ seq }) => seq);

/** Milliseconds: far more than a busy machine needs to start a hub. */
const longestInsistence = 120_000;

/** A person whose program tries again, at whichever process answers, until it is told that it was taken. */
async function insist<T>(act: (sender: Sender) => Promise<T>, key: string): Promise<T> {
  const until = Date.now() + longestInsistence;
  let failure: unknown;
  for (let n = 0; Date.now() < until; n += 1) {
    const hub = running[n % Math.max(1, running.length)];
    if (hub) {
      try {
        return await act(await openSender({ store, url: hub.url }, key));
      } catch (error) {
        // Killed, or not there yet: the same words once more.
        failure = error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no hub took it', { cause: failure });
}

it('killed at random and restarted in turn under load, two processes lose and double nothing', async () => {
  const agencies = ['b0', 'b1', 'b2'].map((code) => toWireAgency(boards, code, { timeout: 2 }));
  const rules = agencies.map(({ code }) => ({ when: { category: [code] }, to: code }));
  await configure(store, [...agencies, senderAgency], { rules, default: 'b0' });
  boards.behave = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 40));
    return undefined;
  };
  await Promise.all([startHub(), startHub()]);
  // An agency has two keys at the most, and hubs come and go.
  const { key } = await createApiKey(store, senderAgency.code);
  const titles = Array.from({ length: 90 }, (_, n) => `민원 ${n}`);
  let filed = 0;
  const left = titles.entries();
  const load = Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const [n, title] of left) {
        const receiptNumber = await insist((sender) => sender.file(title, `b${n % 3}`), key);
        for (const question of ['하나', '둘'])
          await insist((sender) => sender.ask(receiptNumber, `${title} ${question}`), key);
        filed += 1;
      }
    }),
  );
  for (const [after, signal] of [
    [10, 'SIGKILL'],
    [30, 'SIGKILL'],
    [50, 'SIGTERM'],
    [70, 'SIGTERM'],
  ] as const) {
    await waitFor(`${after} filed`, () => filed >= after, 60_000);
    const [oldest] = running;
    if (!oldest) throw new Error('no hub is running');
    const ended = await end(oldest, signal);
    if (signal === 'SIGTERM') expect(ended.code, ended.stderr).toBe(0);
    await startHub();
  }
  await load;
  await waitFor(
    'all links level',
    async () => (await query("select 1 from links where state <> 'screen' and held < due")).length === 0,
    60_000,
  );
  for (const title of titles) expect(effectsOf(title), title).toEqual([1, 3, 4]);
  expect(await query("select 1 from links where attempting is not null or state = 'parked'")).toEqual([]);
  expect(await query('select count(*)::int as n from complaints')).toEqual([{ n: titles.length }]);
}, 400_000);

it('a hub that is told to stop does not wait for a board that hangs; the next one asks the board first', async () => {
  await configure(store, [toWireAgency(boards, 'slow', { timeout: 600 }), senderAgency], {
    rules: [],
    default: 'slow',
  });
  const before = boards.effects.length;
  boards.behave = () => 'hang';
  const first = await startHub();
  await (await openSender({ store, url: first.url })).file('매달린 민원');
  const calls = () => boards.calls.filter(({ agency }) => agency === 'slow');
  await waitFor('the call', () => calls().length === 1, 20_000);
  const begun = Date.now();
  expect((await end(first, 'SIGTERM')).code).toBe(0);
  expect(Date.now() - begun, 'milliseconds').toBeLessThan(20_000);
  boards.behave = () => undefined;
  await startHub();
  await waitFor('the delivery', () => boards.effects.length > before, 20_000);
  expect(calls().map(({ kind }) => kind)).toEqual(['push', 'find', 'push']);
}, 120_000);
