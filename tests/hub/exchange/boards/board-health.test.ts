import { afterAll, beforeAll, expect, it } from 'vitest';
import { pauseAfter } from '../../../../adapters/relay/policy.ts';
import { type BoardHealth, createBoardHealth } from '../../../../hub/exchange/boards/board-health.ts';
import type { Board } from '../../../../hub/exchange/boards/boards.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { said } from '../../../../schemas/reason.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { waitFor } from '../../../support/wait-for.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

const breaker = { failures: 3, pause: 0.1, longestPause: 0.5 };
const boardOf = (code: string, settings = breaker) =>
  ({
    agency: { code },
    connection: { adapter: 'rest', settings: {}, breaker: settings },
  }) as unknown as Board;

async function failTimes(health: BoardHealth, board: Board, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await health.failed(board, said('away'));
}
const open = (health: BoardHealth, code: string) => waitFor('the pause to end', () => !health.isClosed(code));

async function readPause(code: string): Promise<number> {
  const { rows } = await store.pool.query(
    'select extract(epoch from closed_until - last_error_at) * 1000 as pause from boards where agency = $1',
    [code],
  );
  return Number(rows[0].pause);
}

it('closes after some failures in a row, tries one call, and pauses twice as long each time', async () => {
  const board = boardOf('a');
  const health = createBoardHealth(store);
  await failTimes(health, board, 2);
  expect(health.isClosed('a')).toBe(false);
  expect(health.allowed('a', 8)).toBe(8);
  const pauses = [];
  await failTimes(health, board, 1);
  for (let n = 0; n < 4; n += 1) {
    expect(health.isClosed('a')).toBe(true);
    pauses.push(await readPause('a'));
    await open(health, 'a');
    expect(health.allowed('a', 8), 'half open').toBe(1);
    await failTimes(health, board, 1);
  }
  // A tenth of jitter either way, and some time between the two clocks.
  for (const [n, wanted] of [100, 200, 400, 500].entries()) {
    expect(pauses[n]).toBeGreaterThan(wanted * 0.9 - 30);
    expect(pauses[n]).toBeLessThan(wanted * 1.1 + 30);
  }
});

it('calls that fail together close it once: the pause does not grow with their number', async () => {
  const health = createBoardHealth(store);
  await Promise.all(Array.from({ length: 16 }, () => health.failed(boardOf('b'), said('away'))));
  expect(await readPause('b')).toBeLessThan(150);
});

it('is one breaker for all processes', async () => {
  const [one, other] = [createBoardHealth(store), createBoardHealth(store)];
  await failTimes(one, boardOf('c', { ...breaker, pause: 60, longestPause: 60 }), 3);
  expect(other.isClosed('c')).toBe(false);
  await other.load('c');
  expect(other.isClosed('c')).toBe(true);
  // The pause is over: the other process has the half-open call, and its success opens it for the first.
  await store.pool.query("update boards set closed_until = now() where agency = 'c'");
  await other.load('c');
  expect([other.isClosed('c'), other.allowed('c', 8)]).toEqual([false, 1]);
  await other.succeeded('c', 8);
  await one.load('c');
  expect(one.isClosed('c')).toBe(false);
  expect(one.allowed('c', 8), 'still recovering').toBe(1);
});

it('allows 1, 2, 4, 8 at once after an outage, as rounds succeed', async () => {
  const health = createBoardHealth(store);
  await failTimes(health, boardOf('d'), 3);
  await open(health, 'd');
  const allowed = [];
  for (let round = 0; round < 4; round += 1) {
    const now = health.allowed('d', 8);
    allowed.push(now);
    for (let n = 0; n < now; n += 1) await health.succeeded('d', 8);
  }
  expect(allowed).toEqual([1, 2, 4, 8]);
  const { rows } = await store.pool.query("select failures, closed_until from boards where agency = 'd'");
  expect(rows).toEqual([{ failures: 0, closed_until: null }]);
});

it('leaves a board alone until the time that it named, and believes no time beyond a day', async () => {
  const health = createBoardHealth(store);
  await health.failed(boardOf('e'), said('busy'), { after: new Date(Date.now() + 60_000) });
  expect(health.isClosed('e')).toBe(true);
  await health.failed(boardOf('f'), said('busy'), { after: new Date(Date.now() + 365 * 86_400_000) });
  const { rows } = await store.pool.query(
    `select agency, round(extract(epoch from busy_until - now()) / 60)::int as minutes, busy_until = closed_until as same
     from boards where agency in ('e', 'f') order by agency`,
  );
  expect(rows).toEqual([
    { agency: 'e', minutes: 1, same: true },
    { agency: 'f', minutes: 1440, same: true },
  ]);
});

it('jitter spreads pauses by a tenth either way and never passes the longest by more', () => {
  const pauses = { firstPause: 1000, growth: 2, longestPause: 8000 };
  expect([0, 0.5, 1].map((random) => pauseAfter(1, pauses, () => random))).toEqual([900, 1000, 1100]);
  expect([1, 2, 3, 4, 5, 99].map((tries) => pauseAfter(tries, pauses, () => 0.5))).toEqual([
    1000, 2000, 4000, 8000, 8000, 8000,
  ]);
});
