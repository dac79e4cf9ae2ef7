import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recountAll } from '../../../../hub/insight/process/keep-process.ts';
import { listCases } from '../../../../hub/insight/process/list-cases.ts';
import { measureCases } from '../../../../hub/insight/process/measure-cases.ts';
import {
  listAgencyRows,
  listRows,
  readLines,
  readTotal,
} from '../../../../hub/insight/process/read-process.ts';
import { sumUp } from '../../../../hub/insight/process/sum-up.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { sampleDirectory } from '../../console/sample-agencies.ts';
import { insertComplaint, insertEvent } from '../../console/sample-board.ts';

let store: Store;
const log = pino({ level: 'silent' });
const deps = () => ({ store, directory: sampleDirectory, log });
const answer = { text: '답변입니다.' };
const year = { from: '2025-01', to: '2030-12' };

beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 4);
});
afterAll(() => store.close());

async function keepUp(now = new Date()): Promise<void> {
  while (await measureCases(deps(), now));
  while (await sumUp(store));
}

/** What an event changes, as the exchange writes it. */
async function say(id: string, type: string, data: object, status: string, assignee = 'road') {
  const { rows } = await store.pool.query<{ last_seq: number }>(
    'update complaints set last_seq = last_seq + 1, status = $2, assignee = $3 where id = $1 returning last_seq',
    [id, status, assignee],
  );
  await insertEvent(store, id, rows[0]?.last_seq ?? 0, type, data, new Date(), assignee);
}

const readKept = async () => {
  const cases = await store.pool.query('select * from process_cases order by complaint_id');
  const sums = await store.pool.query('select * from process_sums order by agency, kind, month');
  return { cases: cases.rows, sums: sums.rows };
};

test('what is kept follows the events, and counting from scratch gives the same', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1) ids.push((await insertComplaint(store, { assignee: 'road' })).id);
  await keepUp();
  expect((await readTotal(store, year)).counts).toMatchObject({ cases: 6, open: 6 });

  const [first = '', second = '', third = ''] = ids;
  await say(second, 'transferred', { from: 'road', to: 'tax', reason: '소관' }, 'assigned', 'tax');
  await keepUp();
  expect((await readTotal(store, { ...year, agency: 'road' })).counts.cases).toBe(5);
  await say(first, 'answered', { answer }, 'answered');
  await say(third, 'withdrawn', {}, 'withdrawn');
  await keepUp();
  expect((await readTotal(store, { ...year, agency: 'road' })).counts).toMatchObject({
    cases: 5,
    in_time: 1,
    dropped: 1,
    open: 3,
    transferred: 0,
  });
  expect((await readTotal(store, { ...year, agency: 'tax' })).counts).toMatchObject({
    cases: 1,
    transferred: 1,
  });
  const byAgency = await listAgencyRows(store, year, {});
  expect(byAgency.rows.map(({ name, figures }) => [name, figures.counts.cases])).toEqual([
    ['road', 5],
    ['tax', 1],
  ]);
  expect(await listRows(store, year, 'kind')).toHaveLength(1);
  let lines = 0;
  for await (const { figures } of readLines(store, year)) lines += figures.counts.cases;
  expect(lines).toBe(6);
  const behind = await listCases(store, { ...year, agency: 'road' }, 'in_time');
  expect(behind.rows.map(({ id }) => id)).toEqual([first]);

  const kept = await readKept();
  await store.pool.query('truncate process_cases, process_sums');
  await recountAll(store, 'admin');
  await keepUp();
  expect(await readKept()).toEqual(kept);
});

test('a deadline that passes changes the figures without an event', async () => {
  const { id } = await insertComplaint(store, { assignee: 'park' });
  const overdue = async () => (await readTotal(store, { ...year, agency: 'park' })).counts.overdue;
  await keepUp();
  expect(await overdue()).toBe(0);
  const { rows } = await store.pool.query<{ look_at: Date }>(
    'select look_at from process_cases where complaint_id = $1',
    [id],
  );
  await keepUp(rows[0]?.look_at);
  expect(await overdue()).toBe(1);
});

test('a crash while complaints are measured leaves them marked', async () => {
  await insertComplaint(store, { assignee: 'park' });
  const count = async () =>
    (await store.pool.query<{ n: number }>('select count(*)::int as n from unmeasured')).rows[0]?.n;
  const clock = (): never => {
    throw new Error('the process ends here');
  };
  await expect(measureCases({ ...deps(), directory: { ...sampleDirectory, clock } })).rejects.toThrow(
    'ends here',
  );
  expect(await count()).toBe(1);
  await keepUp();
  expect(await count()).toBe(0);
  expect((await readTotal(store, { ...year, agency: 'park' })).counts.cases).toBe(2);
});

test('the pages of a list have every complaint once', async () => {
  for (let n = 0; n < 25; n += 1) await insertComplaint(store, { assignee: 'tax' });
  await keepUp();
  const first = await listCases(store, { ...year, agency: 'tax' }, 'cases');
  const second = await listCases(store, { ...year, agency: 'tax' }, 'cases', { after: first.next ?? '' });
  expect([first.rows.length, second.rows.length]).toEqual([20, 6]);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(26);
  const back = await listCases(store, { ...year, agency: 'tax' }, 'cases', { before: second.previous ?? '' });
  expect(back.rows).toEqual(first.rows);
});
