import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import { createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { createAccept } from '../../../../hub/exchange/intake/accept.ts';
import type { Incoming } from '../../../../hub/exchange/intake/incoming.ts';
import type { ComplaintContent } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import {
  startWireBoards,
  toWireAgency,
  type WireBoards,
  type WirePost,
} from '../../../support/wire-board.ts';

const codes = ['again', 'ties', 'skew', 'late', 'deleted', 'pushed', 'shared', 'back'];
let boards: WireBoards;
let hub: TestHub;
const agencies = () => codes.map((code) => toWireAgency(boards, code, { read: true }));

beforeAll(async () => {
  boards = await startWireBoards();
  for (const code of codes) boards.posts.set(code, []);
  hub = await startTestHub(agencies(), { rules: [], default: 'again' });
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
});

const query = async (text: string, values: unknown[] = []) => (await hub.store.pool.query(text, values)).rows;
const held = async (agency: string) =>
  (
    await query("select content->>'title' as title from complaints where origin = $1 order by 1", [agency])
  ).map(({ title }) => title);
const pullsOf = (agency: string) =>
  boards.calls.filter((call) => call.agency === agency && call.kind === 'pull').length;
/** Two more whole looks at the board. */
async function looks(agency: string): Promise<void> {
  for (let n = 0; n < 2; n += 1) {
    const before = (await query('select polled_at from boards where agency = $1', [agency]))[0]?.polled_at;
    await waitFor(
      `a look at ${agency}`,
      async () =>
        (await query('select polled_at from boards where agency = $1', [agency]))[0]?.polled_at >
        (before ?? 0),
    );
  }
}

const noon = Date.parse('2026-11-20T12:00:00+09:00');
const postAt = (agency: string, n: number, at: number): WirePost => ({
  id: `${agency}-${n}`,
  updatedAt: new Date(at).toISOString(),
  title: `${agency} ${String(n).padStart(3, '0')}`,
});
function add(agency: string, posts: WirePost[]): string[] {
  boards.posts.get(agency)?.push(...posts);
  return posts.map(({ title }) => title);
}
const range = (count: number, from = 0) => Array.from({ length: count }, (_, n) => n + from);
const arrived = (agency: string, count: number) =>
  waitFor(`${count} of ${agency}`, async () => (await held(agency)).length >= count);

it('a board that is read again from the beginning says nothing new', async () => {
  const titles = add(
    'again',
    range(25).map((n) => postAt('again', n, noon + n * 1000)),
  );
  await arrived('again', 25);
  const events = await query('select count(*)::int as n from events');
  const items = await query("select count(*)::int as n from raw_items where agency = 'again'");
  await query("update boards set cursor = null, poll_at = now() where agency = 'again'");
  await looks('again');
  expect(await held('again')).toEqual(titles);
  expect(await query('select count(*)::int as n from events')).toEqual(events);
  expect(await query("select count(*)::int as n from raw_items where agency = 'again'")).toEqual(items);
});

it('posts of one time that come in another order every time are all taken in, once', async () => {
  const titles = add(
    'ties',
    range(34).map((n) => postAt('ties', n, noon)),
  );
  await arrived('ties', 34);
  titles.push(
    ...add(
      'ties',
      range(23, 34).map((n) => postAt('ties', n, noon)),
    ),
  );
  await arrived('ties', 57);
  await looks('ties');
  expect(await held('ties')).toEqual(titles);
});

it('a clock that is hours wrong, and is set right in the middle, skips nothing', async () => {
  const now = Date.now();
  const titles: string[] = [];
  // Nine hours behind, then right, then nine hours ahead.
  for (const [n, hours] of [-9, 0, 9].entries()) {
    titles.push(
      ...add(
        'skew',
        range(12, n * 12).map((one) => postAt('skew', one, now + hours * 3_600_000 + one * 1000)),
      ),
    );
    await arrived('skew', (n + 1) * 12);
  }
  await looks('skew');
  expect(await held('skew')).toEqual(titles);
});

it('a post that was committed late, within the overlap, is taken in', async () => {
  const titles = add(
    'late',
    range(15).map((n) => postAt('late', n, noon + n * 1000)),
  );
  await arrived('late', 15);
  await looks('late');
  titles.push(...add('late', [postAt('late', 15, noon + 11_000)]));
  await arrived('late', 16);
  expect(await held('late')).toEqual(titles);
});

it('a post that is deleted while the board is read makes no other be skipped, and stays with the hub', async () => {
  const titles = range(45).map((n) => postAt('deleted', n, noon + Math.floor(n / 3) * 1000));
  let pages = 0;
  boards.behave = ({ agency, kind }) => {
    if (agency === 'deleted' && kind === 'pull' && (boards.posts.get('deleted')?.length ?? 0) > 0) {
      pages += 1;
      // The first of what was read before: everything behind it moves up by one.
      if (pages > 1 && pages < 5) boards.posts.get('deleted')?.shift();
    }
    return undefined;
  };
  add('deleted', titles);
  await arrived('deleted', 45);
  await looks('deleted');
  expect(await held('deleted')).toEqual(titles.map(({ title }) => title));
  expect(boards.posts.get('deleted')).toHaveLength(42);
});

it('a post that goes back to an earlier version is taken in again, and once', async () => {
  const post = postAt('back', 1, noon);
  const [first, second] = [post.title, '고친 제목'];
  add('back', [post]);
  await arrived('back', 1);
  // Its time stays: the board's mark of a version is then the same as before.
  for (const title of [second, first, second, first]) {
    post.title = title;
    await waitFor(title, async () => (await held('back'))[0] === title);
  }
  const count = () => query("select count(*)::int as n from raw_items where agency = 'back'");
  expect(await count()).toEqual([{ n: 5 }]);
  await query("update boards set cursor = null, poll_at = now() where agency = 'back'");
  await looks('back');
  expect([await held('back'), await count()]).toEqual([[first], [{ n: 5 }]]);
});

it('what the agency pushes and its board shows too is one complaint, also when it is pushed again', async () => {
  const { key } = await createApiKey(hub.store, 'pushed');
  const [post] = [postAt('pushed', 1, noon)];
  const content: ComplaintContent = {
    title: post?.title ?? '',
    body: post?.title ?? '',
    kind: 'query',
    complainant: { name: '홍길동' },
    filedAt: '2026-11-20T12:00:00+09:00',
  };
  const push = async () => {
    const reply = await fetch(`${hub.url}/api/v1/complaints`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ externalId: post?.id, content }),
    });
    return [reply.status, ((await reply.json()) as { outcome?: string }).outcome];
  };
  // In any order, and both at the same moment.
  const pushes = Promise.all([push(), push()]);
  if (post) add('pushed', [post]);
  await pushes;
  await looks('pushed');
  expect(await push()).toEqual([200, 'duplicate']);
  expect(await held('pushed')).toEqual([post?.title]);
  expect(
    await query("select distinct outcome from raw_items where agency = 'pushed' order by 1"),
  ).toContainEqual({
    outcome: 'applied',
  });
});

it('two processes that take in the same posts at the same moment apply each once', async () => {
  const directory = {
    findAgency: (code: string) => agencies().find((agency) => agency.code === code),
    listAgencies: agencies,
    routing: () => ({ rules: [], default: 'again' }),
  };
  const open = () =>
    createAccept({
      store: hub.store,
      directory,
      boards: createBoards(directory, () => ''),
      log: pino({ level: 'silent' }),
      gather: 0,
      clock: () => createClockRules(),
      committed: () => undefined,
    });
  const accepts = [open(), open(), open()];
  const incoming = await Promise.all(
    range(40).map(async (n): Promise<Incoming> => {
      const post = postAt('shared', n, noon);
      const adapter = createBoards(directory, () => '').find('shared')?.adapter;
      const normalised = (await adapter?.normalise(post)) ?? { ok: false, problems: [] };
      return { agency: 'shared', source: 'poll', externalId: post.id, version: '1', raw: post, normalised };
    }),
  );
  const outcomes = await Promise.all(accepts.map((accept) => Promise.all(incoming.map(accept))));
  for (const [n] of incoming.entries())
    expect(outcomes.map((one) => one[n]?.outcome).toSorted()).toEqual(['applied', 'duplicate', 'duplicate']);
  expect(await held('shared')).toHaveLength(40);
  // And as whole hubs that look at one board.
  const another = await hub.startAnother();
  add(
    'shared',
    range(20, 100).map((n) => postAt('shared', n, noon + n * 1000)),
  );
  await arrived('shared', 60);
  await looks('shared');
  await another.stop();
  expect(await held('shared')).toHaveLength(60);
  expect(pullsOf('shared')).toBeGreaterThan(0);
});
