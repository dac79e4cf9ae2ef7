import { ok, deepStrictEqual as same } from 'node:assert';
import { BoardError, type PulledPost } from '../contract.ts';
import { drain, failure, fileAt, idsOf, type Law, need, second, times, within } from './law.ts';
import { samples, toChange } from './samples.ts';

const pages = 40;
/** In Hangul this is twelve megabytes of UTF-8. */
const hugeBody = 4_000_000;

/** The laws about the limits of a call: its time, and its number of posts. */
export const boundLaws: Law[] = [
  {
    name: 'a large board comes in portions that do not grow with it',
    run: async ({ adapter, board, pageSize }) => {
      need(adapter.pull, 'does not read its board (no pull)');
      const filed = fileAt(board, times(pageSize * pages, second));
      const { posts, more } = await adapter.pull(undefined, AbortSignal.timeout(5 * second));
      ok(more && posts.length <= filed.length / 2, `${posts.length} of ${filed.length} posts in one pull`);
      same(idsOf((await drain(adapter)).posts), filed);
    },
  },
  {
    name: 'a post of four million letters is read or told as malformed, in time, and hides no other for ever',
    run: async ({ adapter, board }) => {
      need(board.swell, 'the fixture makes no post so long');
      const [huge, other] = fileAt(board, times(2, second)) as [string, string];
      board.swell(huge, hugeBody);
      const posts = await within(10 * second, () => drainOrNothing(() => drain(adapter)));
      for (const { raw } of posts) await within(5 * second, () => adapter.normalise(raw));
      board.swell(huge, 10);
      ok(idsOf((await drain(adapter)).posts).includes(other));
    },
  },
  {
    name: 'whatever is given up ends within a second, also before it began',
    run: async ({ adapter, board }) => {
      const [id] = fileAt(board, times(1, 0)) as [string];
      const change = toChange(samples.registered);
      const calls: Record<string, ((signal: AbortSignal) => Promise<unknown>) | undefined> = {
        pull: adapter.pull && ((signal) => Promise.resolve(adapter.pull?.(undefined, signal))),
        find: adapter.find && ((signal) => Promise.resolve(adapter.find?.(change, { key: 'key-1', signal }))),
        read: adapter.read && ((signal) => Promise.resolve(adapter.read?.(id, signal))),
      };
      for (const signalOf of [() => AbortSignal.timeout(200), () => AbortSignal.abort()]) {
        board.fault('hang');
        for (const [name, call] of Object.entries(calls)) {
          if (!call) continue;
          const error = await within(1200, () => failure(() => call(signalOf())));
          same(error.kind, 'unreachable', `${name}: ${error.message}`);
        }
        const report = await within(1200, () => adapter.check(signalOf()));
        same(report.ok, false);
      }
    },
  },
];

async function drainOrNothing(read: () => Promise<{ posts: PulledPost[] }>): Promise<PulledPost[]> {
  try {
    return (await read()).posts;
  } catch (error) {
    ok(error instanceof BoardError && error.kind === 'malformed', String(error));
    return [];
  }
}
