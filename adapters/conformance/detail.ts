import { ok, deepStrictEqual as same } from 'node:assert';
import type { BoardAdapter, Pulled } from '../contract.ts';
import type { BoardFixture } from './board-fixture.ts';
import { toWords } from './in-words.ts';
import { drain, failure, fileAt, idsOf, type Law, need, noon, second, times, within } from './law.ts';

/**
 * The laws of a board whose list does not show all of a post. Each new or changed post is completed by further calls.
 */
export const detailLaws: Law[] = [
  {
    name: 'each new or changed post is asked for once, and no other',
    run: async (fixture) => {
      const { adapter, board, pageSize } = fixture;
      const detail = needDetail(fixture);
      const filed = fileAt(board, times(pageSize * 2 + 1, 20 * second));
      const first = await drain(adapter);
      same(idsOf(first.posts), filed);
      const perPost = detail.calls() / filed.length;
      ok(Number.isInteger(perPost) && perPost > 0, `${detail.calls()} calls for ${filed.length} posts`);
      same((await drain(adapter, first.cursor)).posts, []);
      same(detail.calls(), filed.length * perPost, 'unchanged posts are left alone');
      board.setClock(new Date(noon + 3600 * second));
      board.edit(filed[1] ?? '', '고친 제목');
      const next = await drain(adapter, first.cursor);
      same(idsOf(next.posts), [filed[1]]);
      same(detail.calls(), (filed.length + 1) * perPost);
    },
  },
  {
    name: 'a call about a post that fails ends the look: what came before is kept, and nothing is skipped',
    run: async (fixture) => {
      const { adapter, board } = fixture;
      const detail = needDetail(fixture);
      const filed = fileAt(board, times(3, 20 * second));
      for (const [fault, kind] of [
        ['error-500', 'unreachable'],
        ['busy', 'busy'],
        ['html', 'malformed'],
      ] as const) {
        detail.fault(fault);
        const error = await failure(() => drain(adapter));
        same(error.kind, kind, error.message);
        if (kind === 'busy') ok(error.after, 'a busy board says when to come back');
        detail.fault(fault, 1);
        const part = await pullOnce(adapter);
        same(idsOf(part.posts), filed.slice(0, 1));
        same(part.failed?.kind, kind);
        detail.fault('none');
        const rest = await drain(adapter, part.cursor);
        same(idsOf(rest.posts), filed.slice(1));
      }
    },
  },
  {
    name: 'a look that is given up while it asks about posts keeps those that it has',
    run: async (fixture) => {
      const { adapter, board } = fixture;
      const detail = needDetail(fixture);
      const filed = fileAt(board, times(3, 20 * second));
      detail.fault('hang', 2);
      const part = await within(second + 700, () => pullOnce(adapter, AbortSignal.timeout(700)));
      same([idsOf(part.posts), part.more, part.failed], [filed.slice(0, 2), true, undefined]);
      detail.fault('none');
      same(idsOf((await drain(adapter, part.cursor)).posts), filed.slice(2));
    },
  },
  {
    name: 'a post that is gone when it is asked for is no post; one that stays hidden is parked alone',
    run: async (fixture) => {
      const { adapter, board } = fixture;
      const detail = needDetail(fixture);
      const [good, gone, hidden] = fileAt(board, times(3, 20 * second)) as [string, string, string];
      detail.vanish(gone);
      detail.hide(hidden);
      const first = await drain(adapter);
      same(idsOf(first.posts), [good, hidden]);
      const [taken, parked] = await Promise.all(first.posts.map(({ raw }) => adapter.normalise(raw)));
      ok(taken?.ok, toWords(taken));
      ok(parked && !parked.ok && parked.problems.length > 0, 'it is parked with its reason');
      same((await drain(adapter, first.cursor)).posts, [], 'it does not come again');
    },
  },
  {
    name: 'the rate limiter is asked before every call but the first',
    run: async (fixture) => {
      const { adapter, board } = fixture;
      needDetail(fixture);
      fileAt(board, times(2, 20 * second));
      let asked = 0;
      const before = board.requests();
      const pace = async () => ++asked > 0;
      need(adapter.pull, noPull);
      await adapter.pull(undefined, AbortSignal.timeout(5 * second), pace);
      same(asked, board.requests() - before - 1);
      const error = await failure(async () =>
        adapter.pull?.(undefined, AbortSignal.timeout(5 * second), async () => false),
      );
      same(error.kind, 'unreachable', error.message);
    },
  },
  {
    name: 'fingerprints ask about no single post',
    run: async (fixture) => {
      const { adapter, board, pageSize } = fixture;
      const detail = needDetail(fixture);
      need(adapter.fingerprints, 'does not tell what its board holds (no fingerprints)');
      const filed = fileAt(board, times(pageSize + 1, 20 * second));
      const held: string[] = [];
      for await (const { externalId } of adapter.fingerprints(undefined, AbortSignal.timeout(5 * second)))
        held.push(externalId);
      same([...new Set(held)].sort(), filed.sort());
      same(detail.calls(), 0);
    },
  },
];

const noPull = 'does not read its board (no pull)';

function needDetail({ detail }: BoardFixture): NonNullable<BoardFixture['detail']> {
  need(detail, 'the list of the board shows all of a post');
  return detail;
}

async function pullOnce(adapter: BoardAdapter, signal = AbortSignal.timeout(5 * second)): Promise<Pulled> {
  need(adapter.pull, noPull);
  return adapter.pull(undefined, signal);
}
