import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { BoardAdapter } from '../../../../adapters/contract.ts';
import { createOpenAdapters } from '../../../../hub/exchange/boards/open-adapters.ts';
import { inWords } from '../../../support/in-words.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** Adapters that count how often they are made and closed, and whose `find` waits until it is told. */
function createCounted() {
  const counts = { made: 0, closed: 0 };
  const waiting: (() => void)[] = [];
  const make = (): BoardAdapter => {
    counts.made += 1;
    return {
      carries: new Set(['registered']),
      repeatsAreHarmless: true,
      findIsFinal: true,
      normalise: async (raw) => ({ ok: true, post: raw as never }),
      find: () => new Promise((resolve) => waiting.push(() => resolve({ externalId: 'x' }))),
      async *fingerprints() {
        yield { externalId: '1' };
        yield { externalId: '2' };
      },
      fetchAttachment: async () => ({
        content: (async function* () {
          yield new Uint8Array([1]);
          yield new Uint8Array([2]);
        })(),
      }),
      push: async () => ({ kind: 'done', ref: { externalId: 'x' } }),
      usesOf: (place) => [place],
      check: async () => ({ ok: true, lines: [] }),
      close: async () => {
        counts.closed += 1;
      },
    };
  };
  return { counts, make, answerAll: () => waiting.splice(0).forEach((answer) => void answer()) };
}

const never = new AbortController().signal;
const call = { key: 'k', signal: never };

test('a few stay open; one that was closed for others is made again with the next call', async () => {
  const { counts, make } = createCounted();
  const open = createOpenAdapters(2);
  const [first, second] = [open.lend(make), open.lend(make), open.lend(make)];
  expect(counts).toEqual({ made: 3, closed: 1 });
  await second?.normalise({});
  expect(counts.made).toBe(3);
  expect(await first?.normalise({ a: 1 })).toEqual({ ok: true, post: { a: 1 } });
  expect(counts).toEqual({ made: 4, closed: 2 });
  await open.close();
  expect(counts).toEqual({ made: 4, closed: 4 });
});

test('what is at work stays open, be it a call, a list or a file', async () => {
  const { counts, make, answerAll } = createCounted();
  const open = createOpenAdapters(1);
  const busy = open.lend(make);
  const finding = busy.find?.({} as never, call);
  const list = busy.fingerprints?.(undefined, never)[Symbol.asyncIterator]();
  await list?.next();
  const file = (await busy.fetchAttachment?.({} as never, never))?.content[Symbol.asyncIterator]();
  await file?.next();
  const others = [open.lend(make), open.lend(make)];
  for (const other of others) await other.normalise({});
  await busy.normalise({});
  // Of the others, only the newest may stay beside it; the busy one was never made again.
  const madeByOthers = counts.made - 1;
  expect(counts.closed).toBe(madeByOthers);
  answerAll();
  expect(await finding).toEqual({ externalId: 'x' });
  await list?.return?.();
  expect(counts.closed).toBe(madeByOthers);
  await file?.return?.();
  for (const other of others) await other.normalise({});
  expect(counts.closed).toBeGreaterThan(madeByOthers);
});

test('a file that nobody reads holds nothing once its call is over', async () => {
  const { counts, make } = createCounted();
  const open = createOpenAdapters(1);
  const stop = new AbortController();
  await open.lend(make).fetchAttachment?.({} as never, stop.signal);
  open.lend(make);
  expect(counts.closed).toBe(1);
  stop.abort();
  await open.lend(make).normalise({});
  expect(counts.closed).toBe(2);
});

test('it has the members of what it stands for, and no others', () => {
  const { make } = createCounted();
  const light = createOpenAdapters(1).lend(make);
  const closes = { check: expect.anything(), close: expect.anything() };
  expect(Object.keys(light).sort()).toEqual(Object.keys({ ...make(), ...closes }).sort());
  expect(light.usesOf?.('a.b')).toEqual(['a.b']);
  expect([...light.carries]).toEqual(['registered']);
});

test('a push answers even where the adapter cannot be made again; a push never throws', async () => {
  const { make } = createCounted();
  const open = createOpenAdapters(1);
  let isMissing = false;
  const light = open.lend(() => {
    if (isMissing) throw new Error('env:KEY is not set');
    return make();
  });
  open.lend(make);
  isMissing = true;
  expect(inWords(await light.push?.({} as never, call))).toEqual({
    kind: 'retry',
    reason: 'env:KEY is not set',
  });
  await expect(light.normalise({})).rejects.toThrow('env:KEY is not set');
});

test('nothing of a closed adapter stays in memory', async () => {
  const { make } = createCounted();
  const open = createOpenAdapters(1);
  const closed: WeakRef<BoardAdapter>[] = [];
  const light = Array.from({ length: 20 }, () =>
    open.lend(() => {
      const adapter = make();
      closed.push(new WeakRef(adapter));
      return adapter;
    }),
  );
  await Promise.all(light.slice(0, 10).map((one) => one.normalise({})));
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await waitFor('all but the open one to go', () => {
    collect();
    return closed.filter((one) => one.deref()).length <= 1;
  });
  expect(light).toHaveLength(20);
});

test('closed for good, it is open for a late call alone', async () => {
  const { counts, make } = createCounted();
  const light = createOpenAdapters(5).lend(make);
  await light.close();
  expect(counts).toEqual({ made: 1, closed: 1 });
  await light.normalise({});
  expect(counts).toEqual({ made: 2, closed: 2 });
});
