import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoardError } from '../../../../adapters/contract.ts';
import { pullPosts } from '../../../../adapters/kit/reading/cursor.ts';
import { fingerprint } from '../../../../adapters/kit/reading/digest.ts';
import type { Completion, PageRow } from '../../../../adapters/kit/reading/pull-plan.ts';

/**
 * A board in memory whose pages are numbered, so that rows move while they are read. `resolution`: seconds
 * to which it rounds down the time that it is asked for. `isStrict`: it gives what changed after that time, not at it.
 */
function createBoard(pageSize: number, resolution = 0.001, isStrict = false) {
  const posts = new Map<string, { at: number; version: number }>();
  const start = Date.parse('2026-11-20T00:00:00Z');
  let now = 0;
  let version = 0;
  const put = (id: string, at: number) => posts.set(id, { at, version: ++version });
  return {
    posts,
    wait: (seconds: number) => {
      now += seconds;
    },
    file: (late = 0) => put(`p${posts.size + 1}`, now - late),
    touch: (index: number) => posts.size > 0 && put(`p${(index % posts.size) + 1}`, now),
    page: (since: string | undefined, page: number): PageRow[] => {
      const asked = since ? (Date.parse(since) - start) / 1000 : Number.NEGATIVE_INFINITY;
      const from = Math.floor(asked / resolution) * resolution;
      const rows = [...posts].filter(([, post]) => (isStrict ? post.at > from : post.at >= from));
      rows.sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1));
      return rows.slice((page - 1) * pageSize, page * pageSize).map(([externalId, post]) => ({
        externalId,
        updatedAt: new Date(start + post.at * 1000).toISOString(),
        raw: post,
      }));
    },
  };
}

const overlapSeconds = 5;

/** Asks the board about each post. Every so many questions fail, over all looks. */
function createCompletions() {
  let asked = 0;
  return ({ portion, failsAt }: { portion: number; failsAt: number }): Completion => ({
    portion,
    async add({ raw }) {
      asked += 1;
      if (asked % failsAt === 0) throw new BoardError('unreachable', 'away');
      return { version: `completed ${(raw as { version: number }).version}`, raw };
    },
  });
}
const act = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    n: fc.integer({ min: 1, max: 9 }),
    wait: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('late' as const),
    n: fc.integer({ min: 1, max: overlapSeconds }),
    wait: fc.constant(0),
  }),
  fc.record({ kind: fc.constant('touch' as const), n: fc.nat(), wait: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('read' as const), n: fc.constant(0), wait: fc.constant(0) }),
);

test('whatever happens before and while it is read, every version that stays comes once and none twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(0.001, 4),
      fc.boolean(),
      fc.option(
        fc.record({ portion: fc.integer({ min: 1, max: 4 }), failsAt: fc.integer({ min: 2, max: 9 }) }),
      ),
      fc.array(act, { maxLength: 40 }),
      fc.array(act, { maxLength: 30 }),
      async (pageSize, resolution, isStrict, completion, before, during) => {
        const board = createBoard(pageSize, resolution, isStrict);
        const toCompletion = createCompletions();
        const delivered: string[] = [];
        let cursor: string | undefined;
        const pull = async (fetched: () => void) => {
          const fetchPage = async (since: string | undefined, page: number) => {
            const rows = board.page(since, page);
            fetched();
            return rows;
          };
          // Until it is known to be strict, such a board gives nothing at the very edge of the overlap.
          const overlap = isStrict ? overlapSeconds + 0.001 : overlapSeconds;
          const plan = { cursor, overlapSeconds: overlap, pageSize, maxPages: 3 };
          const complete = completion && toCompletion(completion);
          const pulled = await pullPosts({ ...plan, fetchPage, ...(complete && { complete }) }).catch(() => ({
            posts: [],
            cursor,
            more: true,
          }));
          cursor = pulled.cursor;
          delivered.push(
            ...pulled.posts.map(
              ({ externalId, raw }) => `${externalId} ${(raw as { version: number }).version}`,
            ),
          );
          return pulled.more;
        };
        const apply = ({ kind, n, wait }: { kind: string; n: number; wait: number }) => {
          board.wait(wait);
          if (kind === 'file') for (let i = 0; i < n; i++) board.file();
          if (kind === 'late') board.file(n);
          if (kind === 'touch') board.touch(n);
        };
        for (const one of before) {
          apply(one);
          if (one.kind === 'read') await pull(() => undefined);
        }
        const left = [...during];
        const next = () => {
          const one = left.shift();
          if (one) apply(one);
        };
        for (let round = 0; round < 3000 && ((await pull(next)) || left.length > 0); round++);
        // One more look for what became visible late behind the last.
        for (let round = 0; round < 3000 && (await pull(() => undefined)); round++);

        expect(new Set(delivered).size, 'nothing twice').toBe(delivered.length);
        const held = [...board.posts].map(([id, { version }]) => `${id} ${version}`);
        expect(
          held.filter((mark) => !delivered.includes(mark)),
          'nothing skipped',
        ).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a long backlog is read in about one request per page, and the cursor stays small', async () => {
  const board = createBoard(10);
  for (let n = 0; n < 2000; n++) {
    board.wait(0.1);
    board.file();
  }
  let requests = 0;
  let cursor: string | undefined;
  let posts = 0;
  for (let more = true; more; ) {
    const fetchPage = async (since: string | undefined, page: number) => {
      requests++;
      return board.page(since, page);
    };
    const pulled = await pullPosts({ cursor, overlapSeconds: 5, pageSize: 10, maxPages: 10, fetchPage });
    ({ cursor, more } = pulled);
    posts += pulled.posts.length;
    expect(pulled.cursor.length).toBeLessThan(30_000);
  }
  expect(posts).toBe(2000);
  expect(requests).toBeLessThan(200 * 2.5);
});

test('the version is the board’s own where it has one, else a hash of the content', async () => {
  const row = { externalId: '1', updatedAt: '2026-11-20T00:00:00Z', raw: { b: 1, a: [1, 2] } };
  const pull = (rows: PageRow[]) =>
    pullPosts({
      cursor: undefined,
      overlapSeconds: 5,
      pageSize: 10,
      maxPages: 1,
      fetchPage: async () => rows,
    });
  expect((await pull([{ ...row, version: '7' }])).posts[0]?.version).toBe('7');
  expect((await pull([row])).posts[0]?.version).toBe(fingerprint({ a: [1, 2], b: 1 }));
  expect(fingerprint({ a: [2, 1], b: 1 })).not.toBe(fingerprint({ a: [1, 2], b: 1 }));
});

test('a cursor of something else is refused', async () => {
  const plan = { overlapSeconds: 5, pageSize: 10, maxPages: 1, fetchPage: async () => [] };
  for (const cursor of ['', '7', 'null', '{"page":"x"}']) {
    await expect(pullPosts({ ...plan, cursor })).rejects.toThrow('not written by this adapter');
  }
});

async function readAll(fetchPage: (since: string | undefined, page: number) => PageRow[], from?: string) {
  const ids: string[] = [];
  let cursor = from;
  for (let round = 0; round < 50; round++) {
    const plan = { cursor, overlapSeconds: 5, pageSize: 10, maxPages: 10 };
    const pulled = await pullPosts({ ...plan, fetchPage: async (since, page) => fetchPage(since, page) });
    ids.push(...pulled.posts.map(({ externalId }) => externalId));
    cursor = pulled.cursor;
    if (!pulled.more) return { ids, cursor };
  }
  throw new Error('the board has more and more');
}

test('a board that gives what changed after a time, and not at it, hides nothing that shares a time', async () => {
  for (const shared of [25, 150]) {
    const board = createBoard(10, 1, true);
    for (let n = 0; n < shared; n++) board.file();
    board.wait(60);
    board.file();
    const { ids } = await readAll(board.page);
    expect([...ids].sort()).toEqual([...board.posts.keys()].sort());
  }
});

test('a post from a far future hides no other, and comes once', async () => {
  const board = createBoard(10);
  board.file();
  board.file(-3_000 * 365 * 86_400);
  const first = await readAll(board.page);
  expect(first.ids).toEqual(['p1', 'p2']);
  board.wait(3600);
  board.file();
  const next = await readAll(board.page, first.cursor);
  expect(next.ids).toEqual(['p3']);
  expect((await readAll(board.page, next.cursor)).ids).toEqual([]);
});
