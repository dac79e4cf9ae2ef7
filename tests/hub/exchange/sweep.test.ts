import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBoards } from '../../../hub/exchange/boards/boards.ts';
import { createSweep } from '../../../hub/exchange/sweep.ts';
import { startTicker } from '../../../hub/queue/ticker.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import type { Agency } from '../../../schemas/index.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { readBoardAgency } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';

const endpoints = { list: () => [] };

let store: Store;
let stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  store = openStore(await createFreshDatabase(), 4);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await store.close();
});

const example = readBoardAgency('rest-board', 'a', 'http://127.0.0.1:9/');

const directoryOf = (agencies: Agency[]) => ({
  findAgency: (code: string) => agencies.find((agency) => agency.code === code),
  listAgencies: () => agencies,
  routing: () => ({ rules: [], default: 'hub' }),
});

/** A sweep of its own for so many agencies; says which polls it begins, turn by turn. */
function sweep(count: number, pollEvery: number, free: () => number = () => 200) {
  const agencies = Array.from(
    { length: count },
    (_, n) => ({ ...example, code: `a${n}`, board: { ...example.board, pollEvery } }) as Agency,
  );
  const directory = directoryOf(agencies);
  const turns: string[][] = [];
  let begun: string[] = [];
  const poll = {
    // Asked once a turn, before anything is begun.
    free() {
      if (begun.length > 0) turns.push(begun);
      begun = [];
      return free();
    },
  };
  const duties = createSweep({
    endpoints,
    store,
    boards: createBoards(directory, () => ''),
    poll,
    look: () => undefined,
    begin: (topic) => void begun.push(topic.slice('poll:'.length)),
  });
  const { stop } = startTicker(duties, pino({ level: 'silent' }));
  stops.push(stop);
  return turns;
}

test('when all are due at once, their polls are spread: twice the usual number begins in a turn', async () => {
  // 1,000 every 10 seconds: 25 in a quarter of a second.
  const turns = sweep(1000, 10);
  await waitFor('some turns', () => turns.length >= 4);
  expect(turns.slice(0, 4).map(({ length }) => length)).toEqual([50, 50, 50, 50]);
});

test('no more begin than can be carried', async () => {
  const turns = sweep(100, 0.2, () => 3);
  await waitFor('some turns', () => turns.length >= 3);
  expect(turns.slice(0, 3).map(({ length }) => length)).toEqual([3, 3, 3]);
});

test('each board is named once, whoever sweeps, until it is due again', async () => {
  const both = [sweep(60, 60), sweep(60, 60)];
  const named = () => both.flat(2);
  await waitFor('all of them', () => new Set(named()).size === 60);
  expect(named()).toHaveLength(60);
  await store.pool.query(
    `update boards set poll_at = now() + case when agency = 'a1' then interval '0' else interval '1 hour' end`,
  );
  await waitFor('the one that is due again', () => named().length > 60);
  // Either of the two sweeps may have named it.
  expect(named().filter((agency, at, all) => all.indexOf(agency) !== at)).toEqual(['a1']);
});

test('while the database is away, the log says so once', async () => {
  const nowhere = openStore('postgres://hub@127.0.0.1:1/hub', 1);
  let asked = 0;
  const boards = createBoards(directoryOf([]), () => '');
  const lines: { msg: string }[] = [];
  const log = pino({ level: 'info' }, { write: (text: string) => void lines.push(JSON.parse(text)) });
  const poll = {
    free() {
      asked += 1;
      return 1;
    },
  };
  const nobody = () => undefined;
  const { stop } = startTicker(
    createSweep({ store: nowhere, boards, endpoints, poll, look: nobody, begin: nobody }),
    log,
  );
  // Every fourth reads the database.
  await waitFor('some turns', () => asked > 12);
  await stop();
  await nowhere.close();
  expect(lines.map(({ msg }) => msg)).toEqual([expect.stringMatching(/out of reach; it is tried again/)]);
});

test('a board whose poll never says how it ended is named again', async () => {
  const turns = sweep(1, 60);
  await waitFor('the first time', () => turns.length === 1);
  await store.pool.query(`update boards set poll_named_at = now() - interval '6 seconds'`);
  await waitFor('the second time', () => turns.length === 2);
});

test('those that were well go before those that failed', async () => {
  await store.pool.query(
    `insert into boards (agency, poll_at, poll_failures)
     select 'a' || n, now() - n * interval '1 minute', case when n >= 5 then 3 else 0 end from generate_series(0, 9) n`,
  );
  const turns = sweep(10, 60, () => 5);
  await waitFor('two turns', () => turns.length >= 2);
  expect(turns.slice(0, 2).map((turn) => turn.toSorted())).toEqual([
    ['a0', 'a1', 'a2', 'a3', 'a4'],
    ['a5', 'a6', 'a7', 'a8', 'a9'],
  ]);
});
