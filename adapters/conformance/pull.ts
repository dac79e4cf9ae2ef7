import { ok, deepStrictEqual as same } from 'node:assert';
import { fromGivenProblem, toPlainProblem } from '../../schemas/reason.ts';
import type { PulledPost } from '../contract.ts';
import { toWords } from './in-words.ts';
import { drain, failure, fileAt, idsOf, type Law, need, noon, second, times, within } from './law.ts';

/** Two readings of one page, counted twice, and a question whether the board heeds the time. */
const fewCalls = 20;

/** The laws of `pull`. */
export const pullLaws: Law[] = [
  {
    name: 'pull gives every post once, oldest change first, over several pages',
    run: async ({ adapter, board, pageSize }) => {
      const filed = fileAt(board, times(pageSize * 3 + 1, 20 * second));
      const first = await drain(adapter);
      same(idsOf(first.posts), filed);
      same((await drain(adapter, first.cursor)).posts, []);
    },
  },
  {
    name: 'pull skips and repeats nothing when posts share a time stamp over page boundaries',
    run: async ({ adapter, board, pageSize }) => {
      const filed = fileAt(board, times(pageSize * 4 + 2, 0));
      const first = await drain(adapter);
      same(idsOf(first.posts).sort(), filed.sort());
      const more = fileAt(board, times(pageSize + 1, 0));
      const next = await drain(adapter, first.cursor);
      same(idsOf(next.posts).sort(), more.sort());
    },
  },
  {
    name: 'pull finds a post that became visible late, within the overlap',
    run: async ({ adapter, board, overlapSeconds, pageSize }) => {
      fileAt(board, times(pageSize * 2, second));
      const first = await drain(adapter);
      const [late] = fileAt(board, [noon - (overlapSeconds - 2 * pageSize) * second]);
      same(idsOf((await drain(adapter, first.cursor)).posts), [late]);
    },
  },
  {
    name: 'pull works however wrong the clock of the board is',
    run: async ({ adapter, board }) => {
      for (const error of [-9 * 3600, 0, 9 * 3600]) {
        const start = Date.now() + error * second;
        const [filed] = fileAt(board, [start]);
        const first = await drain(adapter);
        ok(idsOf(first.posts).includes(String(filed)));
        const next = fileAt(board, [start + 100, start + 60 * second]);
        same(idsOf((await drain(adapter, first.cursor)).posts), next);
      }
    },
  },
  {
    name: 'a changed post comes again once, with another version',
    run: async ({ adapter, board }) => {
      const [a, b] = fileAt(board, times(2, second)) as [string, string];
      const first = await drain(adapter);
      board.setClock(new Date(noon + 5 * second));
      board.edit(a, '제목을 고쳤습니다');
      const next = await drain(adapter, first.cursor);
      same(idsOf(next.posts), [a]);
      ok(next.posts[0]?.version !== first.posts.find((post) => post.externalId === a)?.version);
      same((await drain(adapter, next.cursor)).posts, []);
      const again = await drain(adapter);
      same(versionOf(again.posts, b), versionOf(first.posts, b), 'equal content has an equal version');
    },
  },
  {
    name: 'one bad record parks alone, with its reason, and comes in when the board corrects it',
    run: async ({ adapter, board }) => {
      need(board.spoil, 'the fixture spoils no record');
      const [before, bad, after] = fileAt(board, times(3, 20 * second)) as [string, string, string];
      board.spoil(bad, true);
      const first = await drain(adapter);
      const good = idsOf(first.posts).filter((id) => id === before || id === after);
      same(good.sort(), [before, after].sort(), 'the others come in');
      same(first.posts.length, 3, 'it comes once');
      for (const { externalId, raw } of first.posts) {
        const result = await adapter.normalise(raw);
        const isGood = externalId === before || externalId === after;
        same(result.ok, isGood, toWords(result));
        if (!result.ok)
          ok(result.problems.map(fromGivenProblem).map(toPlainProblem)[0]?.message, 'why it is parked');
      }
      same((await drain(adapter, first.cursor)).posts, [], 'it does not come again');
      board.setClock(new Date(noon + 300 * second));
      const filed = board.file('뒤에 온 민원');
      const next = await drain(adapter, first.cursor);
      same(idsOf(next.posts), [filed], 'the cursor moves on past it');
      if (adapter.fingerprints) {
        const held: string[] = [];
        for await (const one of adapter.fingerprints(undefined, AbortSignal.timeout(5 * second)))
          held.push(one.externalId);
        const named = held.filter((id) => id !== bad);
        same([...new Set(named)].sort(), [before, after, filed].sort(), 'it hides no other from comparing');
      }
      board.setClock(new Date(noon + 600 * second));
      board.spoil(bad, false);
      board.edit(bad, '바로잡은 민원');
      const mended = await drain(adapter, next.cursor);
      same(idsOf(mended.posts), [bad]);
      ok((await adapter.normalise(mended.posts[0]?.raw)).ok, 'the corrected record is taken');
    },
  },
  ...[true, false].map(
    (since): Law => ({
      name: `a board that ignores page numbers${since ? '' : ' and the time'} is read whole, once, in few calls`,
      run: async ({ adapter, board, pageSize, detail }) => {
        need(adapter.pull, 'does not read its board (no pull)');
        need(board.givesAll, 'the fixture always pages');
        board.givesAll({ since });
        // At one time, so that only page numbers could tell them apart.
        const filed = fileAt(board, times(pageSize * 3 + 1, 0));
        // Calls about single posts are not calls for a list.
        const lists = () => board.requests() - (detail?.calls() ?? 0);
        let before = lists();
        const first = await drain(adapter);
        same(idsOf(first.posts).sort(), filed.sort());
        const look = async (cursor: string, expected: string[]) => {
          const pulled = await drain(adapter, cursor);
          same(idsOf(pulled.posts), expected);
          const calls = lists() - before;
          ok(calls <= fewCalls, `${calls} calls for one look`);
          before = lists();
          return pulled.cursor;
        };
        let cursor = await look(first.cursor, []);
        const [later] = fileAt(board, [noon + 3600 * second]) as [string];
        cursor = await look(cursor, [later]);
        board.setClock(new Date(noon + 7200 * second));
        board.edit(filed[0] ?? '', '나중에 고친 제목');
        cursor = await look(cursor, [filed[0] ?? '']);
        await look(cursor, []);
      },
    }),
  ),
  {
    name: 'pull tells by BoardError why a board cannot be read, and its cursor stays good',
    run: async ({ adapter, board, secret }) => {
      fileAt(board, times(1, 0));
      const { cursor } = await drain(adapter);
      const [filed] = fileAt(board, [noon + second]);
      const kinds = {
        'error-500': 'unreachable',
        busy: 'busy',
        malformed: 'malformed',
        html: 'malformed',
      } as const;
      for (const [fault, kind] of [...Object.entries(kinds), ['unauthorised', 'unauthorised'] as const]) {
        board.fault(fault as keyof typeof kinds);
        const error = await failure(() => drain(adapter, cursor));
        same(error.kind, kind, `${fault}: ${error.message}`);
        ok(!error.message.includes(secret), 'a secret is in the message');
        if (kind === 'busy') ok(error.after, 'a busy board says when to come back');
      }
      board.fault('none');
      same(idsOf((await drain(adapter, cursor)).posts), [filed]);
    },
  },
  {
    name: 'a pull that is given up ends within a second',
    run: async ({ adapter, board }) => {
      need(adapter.pull, 'does not read its board (no pull)');
      board.fault('hang');
      const error = await within(second + 200, () =>
        failure(async () => adapter.pull?.(undefined, AbortSignal.timeout(200))),
      );
      same(error.kind, 'unreachable', error.message);
    },
  },
];

function versionOf(posts: PulledPost[], id: string): string | undefined {
  return posts.find((post) => post.externalId === id)?.version;
}
