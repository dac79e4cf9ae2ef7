import { describe, expect, test } from 'vitest';
import type { Given, PulledPost } from '../../../../adapters/contract.ts';
import { pullPosts } from '../../../../adapters/kit/reading/cursor.ts';
import type { Asks, PageRow } from '../../../../adapters/kit/reading/pull-plan.ts';
import { policy } from '../../../../adapters/relay/policy.ts';

/** How a board differs from one that pages its list by number and gives what changed at or after a time. */
interface Oddity {
  ignoresPage?: boolean;
  ignoresSince?: boolean;
  /** Gives the newest post first. */
  newestFirst?: boolean;
  /** Gives the page size whatever is behind it; absent together with `ignoresPage`: everything at once. */
  cuts?: boolean;
  /** Gives the last page again for every number behind it. */
  clamps?: boolean;
}

interface Held {
  id: string;
  created: number;
  version: number;
}

const start = Date.parse('2025-01-01T00:00:00Z');
const hour = 3600;

/** A board whose posts keep the time of their creation, also when they change. */
function createBoard(pageSize: number, oddity: Oddity) {
  const posts: Held[] = [];
  let calls = 0;
  return {
    posts,
    file: (created: number) => posts.push({ id: `p${posts.length + 1}`, created, version: 1 }),
    calls: () => calls,
    page(since: string | undefined, page: number): PageRow[] {
      calls += 1;
      const from = since === undefined || oddity.ignoresSince ? 0 : Date.parse(since) / 1000;
      // They are filed in the order of their times.
      const list = posts.filter(({ created }) => start / 1000 + created >= from);
      if (oddity.newestFirst) list.reverse();
      const pages = Math.max(1, Math.ceil(list.length / pageSize));
      const at = oddity.ignoresPage ? 1 : oddity.clamps ? Math.min(page, pages) : page;
      const isWhole = oddity.ignoresPage && !oddity.cuts;
      const cut = isWhole ? list : list.slice((at - 1) * pageSize, at * pageSize);
      return cut.map(({ id, created, version }) => ({
        externalId: id,
        updatedAt: new Date(start + created * 1000).toISOString(),
        raw: { id, version },
      }));
    },
  };
}

type Board = ReturnType<typeof createBoard>;

/** Looks at a board as hub and agent do: so many pulls, and the next look goes on. */
function createReader(board: Board, pageSize: number, asks?: Asks) {
  const brought: string[] = [];
  let cursor: string | undefined;
  async function look() {
    const before = board.calls();
    const posts: PulledPost[] = [];
    let notice: Given | undefined;
    let more = true;
    for (let pulls = 0; more && pulls < policy.mostPulls; pulls++) {
      const plan = { cursor, overlapSeconds: 60, pageSize, maxPages: 10, asks };
      const pulled = await pullPosts({
        ...plan,
        fetchPage: async (since, page) => board.page(since, page),
      });
      ({ cursor, more, notice } = pulled);
      posts.push(...pulled.posts);
    }
    brought.push(...posts.map(({ externalId, raw }) => `${externalId} ${(raw as Held).version}`));
    return { calls: board.calls() - before, ids: posts.map(({ externalId }) => externalId), more, notice };
  }
  async function lookToTheEnd() {
    let looks = 1;
    let last = await look();
    while (last.more && looks < 100) {
      last = await look();
      looks += 1;
    }
    return { ...last, looks };
  }
  return { brought, look, lookToTheEnd, cursor: () => cursor };
}

const all = ({ posts }: Board) => posts.map(({ id, version }) => `${id} ${version}`);

/** The most calls of a look: README.md. */
const mostCalls = 200;

const kinds: [string, Oddity][] = [
  ['ignores page numbers', { ignoresPage: true }],
  ['ignores the time', { ignoresSince: true }],
  ['ignores page numbers and the time', { ignoresPage: true, ignoresSince: true }],
  ['ignores the time and gives the newest first', { ignoresSince: true, newestFirst: true }],
  ['ignores the time and repeats its last page', { ignoresSince: true, clamps: true }],
  ['repeats its last page', { clamps: true }],
];

describe.each(kinds)('a board that %s', (_name, oddity) => {
  test.each([
    [7, 2],
    [8, 2],
    [100, 100],
    [1001, 100],
  ])('of %i posts, %i a page, is read whole, once, in few calls', async (count, pageSize) => {
    const board = createBoard(pageSize, oddity);
    for (let n = 0; n < count; n++) board.file(n * hour);
    const reader = createReader(board, pageSize);
    const first = await reader.lookToTheEnd();
    expect(reader.brought.sort()).toEqual(all(board).sort());
    const pages = Math.ceil(count / pageSize);
    // Where the time is heeded, page after page by time; otherwise page after page by number, once more for the end.
    expect(first.calls).toBeLessThanOrEqual(2 * pages + 8);
    const quiet = await reader.look();
    expect(quiet).toMatchObject({ ids: [], more: false });
    expect(quiet.calls).toBeLessThanOrEqual(oddity.ignoresSince ? pages + 4 : 4);
    board.file((count + 1) * hour);
    expect((await reader.lookToTheEnd()).ids).toEqual([`p${count + 1}`]);
    expect((await reader.look()).ids).toEqual([]);
  });
});

describe.each(kinds.filter(([, { ignoresSince }]) => ignoresSince))('a board that %s', (_name, oddity) => {
  test('tells of a changed post whose time did not move', async () => {
    const board = createBoard(10, oddity);
    for (let n = 0; n < 95; n++) board.file(n * hour);
    const reader = createReader(board, 10);
    await reader.lookToTheEnd();
    await reader.lookToTheEnd();
    const changed = board.posts[3] as Held;
    for (const version of [2, 3, 1]) {
      changed.version = version;
      expect((await reader.lookToTheEnd()).ids).toEqual([changed.id]);
    }
    expect((await reader.lookToTheEnd()).ids).toEqual([]);
  });

  test('and whose posts are all of the last hour is found out as well', async () => {
    const board = createBoard(10, oddity);
    for (let n = 0; n < 95; n++) board.file(n * 30);
    const reader = createReader(board, 10);
    await reader.lookToTheEnd();
    await reader.lookToTheEnd();
    const brought = reader.brought.length;
    (board.posts[3] as Held).version = 2;
    expect((await reader.lookToTheEnd()).ids).toEqual(['p4']);
    expect(brought).toBe(95);
  });
});

test.each([
  ['everything at once', { ignoresPage: true, ignoresSince: true }, 26],
  ['page by page', { ignoresSince: true }, 3],
])(
  '50,000 posts %s: a look has an end, the next goes on, and little is kept',
  async (_name, oddity, looks) => {
    const board = createBoard(100, oddity);
    for (let n = 0; n < 50_000; n++) board.file(n * 60);
    const reader = createReader(board, 100);
    const first = await reader.look();
    expect(first.calls).toBeLessThanOrEqual(mostCalls);
    const rest = await reader.lookToTheEnd();
    expect(rest.looks).toBeLessThanOrEqual(looks);
    expect(reader.brought.length).toBe(50_000);
    expect(new Set(reader.brought).size).toBe(50_000);
    // 16 characters a post.
    expect(reader.cursor()?.length).toBeLessThan(50_000 * 16 + 500);
    (board.posts[0] as Held).version = 2;
    const next = await reader.lookToTheEnd();
    expect(next.calls).toBeLessThanOrEqual(mostCalls);
    expect(reader.brought.length).toBe(50_001);
    const kept = reader.cursor();
    await reader.lookToTheEnd();
    expect(reader.cursor(), 'what does not change is not written anew').toBe(kept);
  },
  60_000,
);

test('a row that shifts while pages are read is met by the next reading', async () => {
  const board = createBoard(2, { ignoresSince: true });
  for (let n = 0; n < 9; n++) board.file(n * 100 * hour);
  const reader = createReader(board, 2);
  await reader.lookToTheEnd();
  for (let n = 9; n < 15; n++) board.file(n * 100 * hour);
  const page = board.page;
  let calls = 0;
  board.page = (since, number) => {
    // The first post is deleted after the fifth page, so one post goes to a page that was already read.
    if (++calls === 6) board.posts.shift();
    return page(since, number);
  };
  await reader.lookToTheEnd();
  await reader.lookToTheEnd();
  expect(reader.brought.sort()).toEqual(Array.from({ length: 15 }, (_, n) => `p${n + 1} 1`).sort());
});

test('a board that gives so many posts and no page is read on behind them, and a person is told', async () => {
  const board = createBoard(5, { ignoresPage: true, cuts: true });
  for (let n = 0; n < 12; n++) board.file(100);
  for (let n = 0; n < 12; n++) board.file(1000 + n * 100);
  const reader = createReader(board, 5);
  const { notice, calls } = await reader.lookToTheEnd();
  expect(notice).toEqual({ code: 'list_cut', params: { n: 5 } });
  expect(calls).toBeLessThanOrEqual(20);
  expect(reader.brought).toHaveLength(5 + 12);
  expect((await reader.lookToTheEnd()).notice).toBeUndefined();
});

test('a person is told of a list that is given at once, as long as it fills a page', async () => {
  const board = createBoard(10, { ignoresPage: true, ignoresSince: true });
  for (let n = 0; n < 25; n++) board.file(n * 100 * hour);
  const reader = createReader(board, 10);
  const notice = { code: 'list_in_one', params: { n: 25, size: 10 } };
  expect((await reader.lookToTheEnd()).notice).toEqual(notice);
  expect((await reader.lookToTheEnd()).notice).toEqual(notice);
  const patient = createReader(board, 100);
  await patient.lookToTheEnd();
  expect((await patient.lookToTheEnd()).notice).toBeUndefined();
});

test('a board that is not asked by time or page takes one call a look; once it is asked by time, it is read so', async () => {
  const board = createBoard(10, { ignoresPage: true });
  for (let n = 0; n < 25; n++) board.file(n * 100 * hour);
  const asks = { since: false, page: false, mark: 'one' };
  const whole = (since?: string, page?: number) => board.page(since, page ?? 1);
  const brought: string[] = [];
  let cursor: string | undefined;
  const pull = async (given: Asks) => {
    const before = board.calls();
    const pulled = await pullPosts({
      cursor,
      overlapSeconds: 60,
      pageSize: 10,
      maxPages: 10,
      asks: given,
      fetchPage: async (since, page) => whole(since, page),
    });
    cursor = pulled.cursor;
    brought.push(...pulled.posts.map(({ externalId }) => externalId));
    return board.calls() - before;
  };
  expect(await pull(asks)).toBe(1);
  expect(brought).toHaveLength(25);
  (board.posts[0] as Held).version = 2;
  expect(await pull(asks)).toBe(1);
  expect(brought).toHaveLength(26);
  await pull({ since: true, page: true, mark: 'two' });
  expect(JSON.parse(cursor ?? '')).toMatchObject({ since: expect.any(String), seen: expect.any(Object) });
});
