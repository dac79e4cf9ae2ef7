import { ok, deepStrictEqual as same } from 'node:assert';
import type { BoardAdapter, Outcome } from '../contract.ts';
import type { LineFault } from '../kit/faulty-line.ts';
import type { BoardFixture } from './board-fixture.ts';
import { toWords } from './in-words.ts';
import { drain, failure, fileAt, idsOf, type Law, need, noon, second, times, until, within } from './law.ts';
import { receiptNumber, samples, title, toChange } from './samples.ts';

const registered = toChange(samples.registered);
/** Faults by which only a part of the reply arrives, or noise. */
const spoilt = { cut: 'breaks off', stall: 'stops half-way', drip: 'drips', garbage: 'is noise' } as const;
type Spoilt = keyof typeof spoilt;

/** Milliseconds. This is long enough for a local board and short compared with the time limits of the laws. */
const patience = 500;

/** The laws about replies that are damaged between the board and its adapter. */
export const lineLaws: Law[] = [
  {
    name: 'a reply that comes in crumbs is read whole',
    run: async ({ adapter, board, line, pageSize, readsBack = true }) => {
      need(line, noLine);
      await line.bend('crumbs');
      const filed = fileAt(board, times(pageSize + 1, 20 * second));
      const { posts, cursor } = await drain(adapter);
      same(idsOf(posts), filed);
      for (const [index, { raw }] of posts.entries()) same(await wordsOf(adapter, raw), `민원 ${index + 1}`);
      if (!adapter.push) return;
      same((await push(adapter, 'key-1')).kind, 'done');
      if (!readsBack) return;
      const [echo] = (await drain(adapter, cursor)).posts;
      same(await wordsOf(adapter, echo?.raw), title);
    },
  },
  ...entries(spoilt).map(
    ([fault, how]): Law => ({
      name: `a reply that ${how} is given up in time, and the cursor stays good`,
      run: async ({ adapter, board, line }) => {
        need(line, noLine);
        const { cursor } = await drain(adapter);
        const [filed] = fileAt(board, [noon]);
        await line.bend(fault);
        const error = await within(patience + second, () =>
          failure(async () => adapter.pull?.(cursor, AbortSignal.timeout(patience))),
        );
        ok(['unreachable', 'malformed'].includes(error.kind), `${error.kind}: ${error.message}`);
        await line.bend('none');
        same(idsOf((await drain(adapter, cursor)).posts), [filed]);
      },
    }),
  ),
  ...entries(spoilt).map(
    ([fault, how]): Law => ({
      name: `a write whose reply ${how} is unknown; find tells the truth, and the same key doubles nothing`,
      run: (fixture) => spoilWrite(fixture, fault),
    }),
  ),
  {
    name: 'a write that the board does after its caller has left is unknown and not over; once it is there, find tells it',
    run: async ({ adapter, board, line }) => {
      need(line, noLine);
      await line.bend('late', receiptNumber);
      const outcome = await push(adapter, 'key-1', AbortSignal.timeout(patience));
      ok(outcome.kind === 'unknown' && !outcome.isOver, toWords(outcome));
      const call = () => ({ key: 'key-1', signal: AbortSignal.timeout(5 * second) });
      const isHeld = await adapter.find?.(registered, call());
      await line.bend('none');
      const isDone = await until(() => board.posts().length > 0, 2 * second).then(
        () => true,
        () => false,
      );
      // Some protocols need a reply before they send what is to be written.
      if (!isDone) return;
      ok(isHeld || !adapter.findIsFinal, 'find was no proof, although findIsFinal says so');
      if (adapter.find)
        same((await adapter.find(registered, call()))?.externalId, board.posts()[0]?.externalId);
      same((await push(adapter, 'key-1')).kind, 'done');
      same(board.posts().length, 1);
    },
  },
  {
    name: 'an answer to find that breaks off, or is noise, is no "the board does not hold it"',
    run: async ({ adapter, line }) => {
      need(line, noLine);
      need(adapter.find, 'the board cannot be asked (no find)');
      const ask = async () =>
        adapter.find?.(registered, { key: 'key-1', signal: AbortSignal.timeout(patience) });
      same(await ask(), undefined);
      for (const fault of ['cut', 'garbage', 'stall'] as const) {
        await line.bend(fault);
        const error = await within(patience + second, () => failure(ask));
        ok(['unreachable', 'malformed'].includes(error.kind), `${fault}: ${error.kind}: ${error.message}`);
      }
    },
  },
  {
    name: 'a board that is away is unreachable, and what was to be brought is tried later',
    run: async ({ adapter, board, line }) => {
      need(line, noLine);
      const { cursor } = await drain(adapter);
      await line.bend('away');
      same((await failure(() => drain(adapter, cursor))).kind, 'unreachable');
      same((await adapter.check(AbortSignal.timeout(patience))).ok, false);
      if (!adapter.push) return;
      const outcome = await push(adapter, 'key-1');
      same(outcome.kind, 'retry', toWords(outcome));
      await line.bend('none');
      same((await push(adapter, 'key-1')).kind, 'done');
      same(board.posts().length, 1);
    },
  },
  {
    name: 'letters in another charset than the reply names are put right or told, never taken in damaged',
    run: async ({ adapter, board, line }) => {
      need(line, noLine);
      fileAt(board, times(1, 0));
      same(await wordsOf(adapter, (await drain(adapter)).posts[0]?.raw), '민원 1');
      await line.bend('wrong-charset');
      try {
        for (const { raw } of (await drain(adapter)).posts) {
          const result = await adapter.normalise(raw);
          if (result.ok) same(await wordsOf(adapter, raw), '민원 1', 'damaged text was taken in');
        }
      } catch (error) {
        same((await failure(() => Promise.reject(error))).kind, 'malformed');
      }
    },
  },
];

const noLine = 'the fixture has no line to bend';

async function spoilWrite({ adapter, board, line }: BoardFixture, fault: Spoilt): Promise<void> {
  need(line, noLine);
  // Every board gets the receipt number, in characters that no charset changes.
  await line.bend(fault satisfies LineFault, receiptNumber);
  const outcome = await within(patience + second, () =>
    push(adapter, 'key-1', AbortSignal.timeout(patience)),
  );
  same(outcome.kind, 'unknown', toWords(outcome));
  await line.bend('none');
  if (adapter.find) {
    const found = await adapter.find(registered, { key: 'key-1', signal: AbortSignal.timeout(5 * second) });
    same(found?.externalId, board.posts()[0]?.externalId);
  }
  same((await push(adapter, 'key-1')).kind, 'done');
  same(
    board.posts().map((post) => post.title),
    [title],
  );
}

function push(
  adapter: BoardAdapter,
  key: string,
  signal = AbortSignal.timeout(5 * second),
): Promise<Outcome> {
  need(adapter.push, 'does not write to its board (no push)');
  return adapter.push(registered, { key, signal });
}

/** The words that {@link fileAt} wrote: a title, or an answer on a board that returns only answers. */
async function wordsOf(adapter: BoardAdapter, raw: unknown): Promise<string | undefined> {
  const result = await adapter.normalise(raw);
  ok(result.ok, toWords(result));
  return result.post.content?.title ?? result.post.answers?.[0]?.text;
}

function entries<K extends string, V>(record: Record<K, V>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
