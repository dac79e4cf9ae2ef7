import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMyWork } from '../../../hub/complaints/reading/my-work.ts';
import { listComplaints } from '../../../hub/complaints/reading/search.ts';
import { remindOfDuties } from '../../../hub/notify/remind.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { migrate } from '../../../hub/store/migrate.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { sampleDirectory } from '../console/sample-agencies.ts';

const folder = new URL('../../../hub/store/migrations/', import.meta.url);
const id = '00000000-0000-7000-8000-000000000001';
const log = pino({ level: 'silent' });
let store: Store;

/** A database from before the hub watched what is owed, with a complaint that is open for 40 days. */
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 2);
  await store.pool.query('drop schema public cascade; create schema public');
  await store.pool.query(
    'create table migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  );
  for (const name of (await readdir(folder)).sort()) {
    if (name >= '0046') break;
    const text = await readFile(new URL(name, folder), 'utf8');
    await store.pool.query(text);
    const checksum = createHash('sha256').update(text).digest('hex');
    await store.pool.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
  }
  const content = { kind: 'query', title: '오래된 민원', body: '본문', filedAt: '2026-01-02T00:00:00Z' };
  await store.pool.query(
    `insert into complaints (id, receipt_number, origin, assignee, status, kind, content, routing, registered_at, taken_in_at,
       last_seq, updated_at)
     values ($1, '26-0000-0001-9', 'road', 'road', 'in_progress', 'query', $2, '{}', now() - interval '40 days',
       now() - interval '40 days', 2, now())`,
    [id, { ...content, complainant: { name: '김민원' } }],
  );
  await store.pool.query(
    `insert into events (complaint_id, seq, type, at, actor, data) values ($1, 2, 'step_taken', now() - interval '39 days',
       '{"agency": "road", "via": "rest"}', '{"step": {"kind": "classified", "as": "grievance"}}')`,
    [id],
  );
  await migrate(store.pool);
});
afterAll(() => store.close());

const countTold = async (): Promise<number> => {
  const { rows } = await store.pool.query("select count(*)::int as n from notices where template = 'owed'");
  return rows[0].n;
};
const isPlanned = async (): Promise<boolean> => {
  const { rows } = await store.pool.query('select owed_at > now() as planned from complaints where id = $1', [
    id,
  ]);
  return rows[0].planned;
};

it('what was owed before the upgrade is told to nobody, and its next occasion is', async () => {
  expect(await remindOfDuties(store, sampleDirectory, log)).toBe(1);
  expect(await countTold()).toBe(0);
  expect(await isPlanned()).toBe(true);

  // Ten days after the upgrade the complaint has waited for 60 days.
  await store.pool.query("update migrations set applied_at = now() - interval '10 days 1 hour'");
  await store.pool.query(
    `update complaints set registered_at = now() - interval '60 days 1 hour', taken_in_at = now() - interval '60 days 1 hour',
       owed_at = now() where id = $1`,
    [id],
  );
  expect(await remindOfDuties(store, sampleDirectory, log)).toBe(1);
  expect(await countTold()).toBe(1);
});

it('a list by kind has what an agency classified as that', async () => {
  const listed = async (kind: 'query' | 'grievance') =>
    (await listComplaints(store, { kind })).rows.map((row) => [row.id, row.kind]);
  expect(await listed('grievance')).toEqual([[id, 'grievance']]);
  expect(await listed('query')).toEqual([]);
});

it('what was open before stands in the work of its agency', async () => {
  const { counts, rows } = await readMyWork(store, { agency: 'road', login: 'road' });
  expect(rows.later.map((row) => row.id)).toEqual([id]);
  expect(counts.nobody).toMatchObject({ later: 1, fresh: 0, overdue: 0 });
});
