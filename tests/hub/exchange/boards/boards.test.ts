import { afterEach, beforeEach, expect, test } from 'vitest';
import { adapterKinds } from '../../../../adapters/registry.ts';
import { createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { listTelling } from '../../../../hub/exchange/boards/listen.ts';
import { type Agency, eventTypes } from '../../../../schemas/index.ts';
import { readBoardAgency } from '../../../support/test-hub.ts';

const { rest } = adapterKinds;
let made = 0;
let closed = 0;
beforeEach(() => {
  [made, closed] = [0, 0];
  if (!rest) throw new Error('there is no adapter "rest"');
  adapterKinds.counted = {
    ...rest,
    name: 'counted',
    create(settings, context) {
      made += 1;
      const adapter = rest.create(settings, context);
      return {
        ...adapter,
        async close() {
          closed += 1;
          await adapter.close();
        },
      };
    },
  };
});
afterEach(() => {
  delete adapterKinds.counted;
});

const example = readBoardAgency('rest-board', 'a', 'http://127.0.0.1:9/');
const toAgency = (code: string, board: object = {}): Agency =>
  ({ ...example, code, board: { ...example.board, adapter: 'counted', ...board } }) as Agency;

function open(agencies: Agency[], secret: () => string = () => 'key') {
  const directory = {
    findAgency: (code: string) => agencies.find((agency) => agency.code === code),
    listAgencies: () => agencies,
    routing: () => ({ rules: [], default: 'hub' }),
  };
  return createBoards(directory, secret);
}

test('what is asked of all agencies is read off their settings; an adapter is made for the one that is worked with', () => {
  const boards = open(Array.from({ length: 300 }, (_, n) => toAgency(`a${n}`)));
  for (const { code } of boards.list()) {
    expect(boards.can(code, 'pull')).toBe(true);
    expect(boards.can(code, 'fingerprints')).toBe(true);
    expect(boards.carries(code)).toContain('answered');
  }
  expect(listTelling(boards)).toEqual([]);
  expect(made).toBe(0);
  expect(boards.find('a7')?.adapter.pull).toBeDefined();
  expect(made).toBe(1);
});

test('however many are worked with, 200 stay open', async () => {
  const boards = open(Array.from({ length: 300 }, (_, n) => toAgency(`a${n}`)));
  const used = boards.list().map(({ code }) => boards.find(code));
  expect([made, closed]).toEqual([300, 100]);
  expect(boards.find('a0')).toBe(used[0]);
  await used[0]?.adapter.normalise({});
  expect([made, closed]).toEqual([301, 101]);
  await boards.close();
  expect(closed).toBe(301);
});

test('a kind that cannot tell by the settings is asked by an adapter', () => {
  adapterKinds.counted = { ...adapterKinds.counted!, abilities: undefined as never };
  const boards = open([toAgency('a')]);
  expect(boards.can('a', 'pull')).toBe(true);
  expect(boards.can('a', 'changes')).toBe(false);
  expect(made).toBe(1);
});

test('a board behind an agent is not read by the hub; it says what it holds all the same', () => {
  const boards = open([toAgency('a', { via: 'agent' })]);
  expect([boards.can('a', 'pull'), boards.can('a', 'fingerprints')]).toEqual([false, true]);
});

test('without its secret a board ought to be read; of a kind that is not there, everything waits', () => {
  const boards = open(
    [toAgency('a'), toAgency('b', { adapter: 'gone' }), { ...toAgency('c'), board: undefined } as never],
    () => {
      throw new Error('SBIZ_API_KEY is not set');
    },
  );
  expect([boards.can('a', 'pull'), boards.can('b', 'pull'), boards.can('c', 'pull')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(boards.can('b', 'changes')).toBe(false);
  expect(boards.carries('b')).toEqual(new Set(eventTypes));
  expect(boards.carries('c')).toBeUndefined();
});
