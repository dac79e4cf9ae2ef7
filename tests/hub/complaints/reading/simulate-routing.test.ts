import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulateRouting } from '../../../../hub/complaints/reading/simulate-routing.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import type { Routing } from '../../../../schemas/index.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { insertComplaint } from '../../console/sample-board.ts';

let store: Store;
let numbers: string[];
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 4);
  // The newest first: each further one was registered an hour earlier.
  const samples = [
    { title: '가로등 고장', origin: 'tax', assignee: 'tax' },
    { title: '도로 파손', origin: 'road' },
    { title: '세금 문의', origin: 'road' },
    { title: '가로등 교체', origin: 'park', assignee: 'road' },
    { title: '도로와 가로등', origin: 'road' },
  ];
  const inserted = [];
  for (const [hours, sample] of samples.entries())
    inserted.push(await insertComplaint(store, { ...sample, body: '내용', registered: hours + 1 }));
  numbers = inserted.map(({ receiptNumber }) => receiptNumber);
  await store.pool.query(
    `update complaints set routing = '{"rule":"origin","text":"-"}' where receipt_number = $1`,
    [numbers[2]],
  );
});
afterAll(() => store?.close());

const before: Routing = { rules: [{ when: { keyword: ['도로'] }, to: 'road' }], default: 'origin' };
const after: Routing = {
  rules: [
    { when: { keyword: ['가로등'] }, to: 'park' },
    { when: { keyword: ['도로'] }, to: 'road' },
  ],
  default: 'origin',
};

test('counts who would get what, without those that no rule was asked about', async () => {
  const { matrix, page, ...counted } = await simulateRouting(store, { before, after }, { last: 10 });
  expect(counted).toMatchObject({ looked: 4, answered: 1, moved: 2 });
  expect(matrix.toSorted((a, b) => (`${a.from}${a.to}` < `${b.from}${b.to}` ? -1 : 1))).toEqual([
    { from: 'park', to: 'park', count: 1 },
    { from: 'road', to: 'park', count: 1 },
    { from: 'road', to: 'road', count: 1 },
    { from: 'tax', to: 'park', count: 1 },
  ]);
  expect(
    page.rows.map(({ receiptNumber, from, fromRule, to, toRule }) => [
      receiptNumber,
      from,
      fromRule,
      to,
      toRule,
    ]),
  ).toEqual([
    [numbers[0], 'tax', 'default', 'park', '1'],
    [numbers[4], 'road', '1', 'park', '1'],
  ]);
});

test('looks at the newest alone, lists one way, and in pages', async () => {
  const rules = { before, after };
  expect(await simulateRouting(store, rules, { last: 2 })).toMatchObject({ looked: 2, moved: 1 });
  const one = await simulateRouting(store, rules, { last: 10, only: { from: 'road', to: 'park' } });
  expect(one.moved).toBe(2);
  expect(one.page.rows.map(({ receiptNumber }) => receiptNumber)).toEqual([numbers[4]]);
  const first = await simulateRouting(store, rules, { last: 10, place: { size: 1 } });
  expect(first.page.rows.map(({ receiptNumber }) => receiptNumber)).toEqual([numbers[0]]);
  const place = { size: 1, after: first.page.next as string };
  const second = await simulateRouting(store, rules, { last: 10, place });
  expect(second.page.rows.map(({ receiptNumber }) => receiptNumber)).toEqual([numbers[4]]);
  expect(second.page.previous).toBeDefined();
});

test('goes on over many, and changes nothing', async () => {
  await store.pool.query(`insert into complaints (id, receipt_number, origin, assignee, status, kind, content, routing, registered_at, last_seq, updated_at)
    select gen_random_uuid(), 'N' || n, 'road', 'road', 'closed', 'query', jsonb_build_object('title', 't', 'body', case when n % 5 = 0 then '가로등' else 'b' end),
      '{"rule":"1"}', timestamptz '2020-01-01' - n * interval '1 second', 2, now() from generate_series(1, 450) n`);
  const sum = `select md5(string_agg(c::text, '' order by id)) from complaints c`;
  const { rows: was } = await store.pool.query(sum);
  const all = await simulateRouting(store, { before, after }, { last: 400 });
  expect(all).toMatchObject({ looked: 399, answered: 1, moved: 2 + Math.floor(395 / 5) });
  expect(all.page.rows).toHaveLength(20);
  expect((await store.pool.query(sum)).rows).toEqual(was);
});
