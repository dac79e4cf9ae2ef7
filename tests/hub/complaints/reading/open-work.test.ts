import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repairOpenWork } from '../../../../hub/complaints/reading/keep-open-work.ts';
import { findLeftBehind } from '../../../../hub/complaints/reading/left-behind.ts';
import { countMyWork, readMyWork, workBands } from '../../../../hub/complaints/reading/my-work.ts';
import { workConditions } from '../../../../hub/complaints/reading/open-work.ts';
import { countWorklist } from '../../../../hub/complaints/reading/read-worklist.ts';
import {
  deadlineConditions,
  deadlines,
  isOwnedBy,
  owners,
  type Worker,
} from '../../../../hub/complaints/reading/work-conditions.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { owingStatuses, statuses } from '../../../../schemas/index.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { insertComplaint } from '../../console/sample-board.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 4);
});
afterAll(() => store.close());

/** The same numbers from 0 to 1 at every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = createRandom(71);
const oneOf = <T>(words: readonly T[]): T => words[Math.floor(random() * words.length)] as T;

const officers = [
  [null, null],
  [{ name: '박도로' }, 'road'],
  [{ name: '박도로', department: '민원과' }, 'road'],
  [{ name: '이전' }, 'gone'],
  [{ department: '민원과' }, null],
  [{ department: '없는과' }, null],
  [{ name: '게시판' }, null],
  [{ name: '게시판', department: '민원과' }, null],
] as const;
const clocks = [null, { phase: 'running' }, { phase: 'stopped' }, { phase: 'ended' }];
/** Hours from now: beyond the deadline, within a day, a week, a month. */
const dues = [null, -400, -1, 1, 6, 30, 80, 200, 700];
const toDue = (hours: number | null) => hours && new Date(Date.now() + hours * 3_600_000);

const ids: string[] = [];
const changes: (() => Promise<unknown>)[] = [
  async () =>
    ids.push(
      (await insertComplaint(store, { assignee: oneOf(['road', 'tax']), status: oneOf(statuses) })).id,
    ),
  () => change({ status: oneOf(statuses) }),
  () => change({ status: oneOf(owingStatuses) }),
  () => change({ assignee: oneOf(['road', 'tax']) }),
  () => {
    const [officer, user] = oneOf(officers);
    return change({ officer: officer && JSON.stringify(officer), officer_user: user });
  },
  () => change({ clock: JSON.stringify(oneOf(clocks)) }),
  () => change({ due_at: toDue(oneOf(dues)) }),
  () => change({ contributions: oneOf([null, JSON.stringify([{ number: 1 }])]) }),
  () =>
    store.pool.query(
      'insert into joins (lead_id, complaint_id, joined_seq, told, due) values ($1, $2, 2, 2, 2)',
      [oneOf(ids), uuid()],
    ),
  () => store.pool.query('delete from joins where lead_id = $1', [oneOf(ids)]),
  async () =>
    random() < 0.3 && (await store.pool.query('delete from complaints where id = $1', [oneOf(ids)])),
];

/** Several columns at once in half of all cases, as the exchange writes them. */
async function change(columns: Record<string, unknown>): Promise<void> {
  const all =
    random() < 0.5 ? columns : { ...columns, due_at: toDue(oneOf(dues)), status: oneOf(owingStatuses) };
  const names = Object.keys(all);
  await store.pool.query(
    `update complaints set ${names.map((name, at) => `${name} = $${at + 2}`).join(', ')} where id = $1`,
    [oneOf(ids), ...Object.values(all)],
  );
}

const worker: Worker = {
  ...{ agency: 'road', login: 'road', covered: ['away'], department: '민원과' },
  ...{ gone: ['gone'], unstaffed: ['없는과'] },
};

/** What the conditions of lists say, which read the complaints themselves. */
async function countFromScratch() {
  const counts = owners.map(async (owner) => {
    const bands = workBands.map(async (band) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from complaints
        where ${isOwnedBy({ ...worker, owner }, band)}`.execute(store.db);
      return [band, rows[0]?.n];
    });
    return [owner, Object.fromEntries(await Promise.all(bands))];
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** Owners and bands of which something was found. Nobody is called away; what is due this week depends on the day. */
const seen = new Set<string>();
const wanted = [...owners, ...workBands].filter((one) => !['covered', 'today', 'week'].includes(one));

async function expectSame(): Promise<void> {
  const { counts } = await countMyWork(store, worker);
  expect(counts).toEqual(await countFromScratch());
  for (const owner of owners)
    for (const band of workBands) if (counts[owner][band] > 0) seen.add(owner).add(band);
  for (const deadline of deadlines) {
    const [listed, kept] = await Promise.all([
      sql<{
        id: string;
      }>`select id from complaints where ${deadlineConditions[deadline]} order by id`.execute(store.db),
      sql<{
        id: string;
      }>`select complaint_id as id from open_work w where ${workConditions[deadline]} order by id`.execute(
        store.db,
      ),
    ]);
    expect(kept.rows, deadline).toEqual(listed.rows);
  }
}

test('after any steps the numbers are those of a count from scratch', async () => {
  for (let n = 0; n < 150; n += 1) await changes[0]?.();
  for (let n = 0; n < 600; n += 1) {
    await oneOf(changes)();
    if (n % 15 === 0) await expectSame();
  }
  await expectSame();
  expect(
    wanted.filter((one) => !seen.has(one)),
    'else the comparison says nothing',
  ).toEqual([]);
  expect(await repairOpenWork(store), 'nothing differs').toBe(0);
}, 60_000);

test('what was changed without the triggers is put right', async () => {
  const fresh = async () => (await countWorklist(store)).fresh;
  const before = await fresh();
  const { id } = await insertComplaint(store, { status: 'assigned' });
  const { id: other } = await insertComplaint(store, { status: 'closed' });
  const { id: third } = await insertComplaint(store, { status: 'assigned', due: 5 });
  const client = await store.pool.connect();
  await client.query('set session_replication_role = replica');
  await client.query("update complaints set status = 'closed' where id = $1", [id]);
  await client.query("update complaints set status = 'assigned' where id = $1", [other]);
  await client.query("update complaints set officer_user = 'road', officer = '{}' where id = $1", [third]);
  await client.query('insert into open_work values ($1, $2, $3, $4)', [uuid(), 'road', 'nobody', 'fresh']);
  await client.query('reset all');
  client.release();
  expect(await repairOpenWork(store)).toBe(4);
  expect(await fresh()).toBe(before + 2);
  await expectSame();
});

test('a complaint stands once, in its most urgent part, and the first of each part are shown in order', async () => {
  await store.pool.query('delete from complaints');
  const ids = [];
  for (let n = 12; n > 0; n -= 1) ids.push((await insertComplaint(store, { assignee: 'tax', due: -n })).id);
  const later = await insertComplaint(store, { assignee: 'tax', due: 2000 });
  const { rows, counts } = await readMyWork(store, { agency: 'tax', login: 'tax' });
  expect(rows.overdue.map(({ id }) => id)).toEqual(ids.slice(0, 5));
  expect(counts.nobody).toMatchObject({ overdue: 12, fresh: 13 });
  // Of what nobody has taken, five are shown; the first five that nobody has begun stand above already.
  expect(rows.fresh).toEqual([]);
  await store.pool.query("update complaints set officer_user = 'tax', officer = '{}' where assignee = 'tax'");
  const own = await readMyWork(store, { agency: 'tax', login: 'tax' });
  expect(own.rows.overdue.map(({ id }) => id)).toEqual(ids.slice(0, 10));
  await store.pool.query("update complaints set officer_user = null, officer = null where assignee = 'tax'");
  await store.pool.query("update complaints set status = 'in_progress' where id = $1", [later.id]);
  const again = await readMyWork(store, { agency: 'tax', login: 'tax' });
  expect(again.rows.later.map(({ id, owner }) => [id, owner])).toEqual([[later.id, 'nobody']]);
});

test('finds the names of people and departments that are gone, whatever else is open', async () => {
  await store.pool.query('delete from complaints');
  for (const [officer, user] of officers) {
    const { id } = await insertComplaint(store, { assignee: 'road' });
    await store.pool.query('update complaints set officer = $2, officer_user = $3 where id = $1', [
      id,
      officer,
      user,
    ]);
  }
  expect(await findLeftBehind(store, 'road')).toEqual({
    gone: ['gone', 'road'],
    unstaffed: ['민원과', '없는과'],
  });
  expect(await findLeftBehind(store, 'tax')).toEqual({ gone: [], unstaffed: [] });
});
