import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store, toHotStatement } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 1);
});
afterAll(() => store.close());

const byNumber = { name: 'by-number', text: 'select * from things where agency = $1 and number = $2' };
const rowsRead = `select coalesce(sum(idx_tup_read), 0)::int as rows from pg_stat_user_indexes where relname = 'things'`;

async function countRowsRead(): Promise<number> {
  await store.hot.query('select pg_stat_force_next_flush()');
  const { rows } = await store.pool.query<{ rows: number }>(rowsRead);
  return rows[0]?.rows ?? 0;
}

// A plan of the first minutes may use any index, for all are equally small; kept, it would read the whole table.
test('a statement that was planned on a tiny table reads one row when the table has grown', async () => {
  await store.pool.query(`create table things (agency text, number text, filler text);
    create unique index things_by_number on things (agency, number) where number is not null;
    create index things_of_agency on things (agency, filler)`);
  const statement = toHotStatement(byNumber);
  const find = (number: number) => store.hot.query(statement(['kotra', String(number)]));
  const grow = (from: number, to: number) =>
    store.pool.query(
      `insert into things select 'kotra', n, repeat('x', 200) from generate_series($1::int, $2::int) n`,
      [from, to],
    );
  const readBy20 = async () => {
    const before = await countRowsRead();
    for (let number = 1; number <= 20; number += 1) await find(number);
    return (await countRowsRead()) - before;
  };
  await grow(1, 20);
  // Otherwise this test shows nothing: all indexes are equally good, and it is the other that is taken.
  expect(await readBy20()).toBeGreaterThan(20);
  await grow(21, 5000);
  for (let number = 1; number <= 300; number += 1) await find(number);
  expect(await readBy20()).toBeLessThanOrEqual(20);
});

test('look-ups are by index although the table is tiny, and its plan says so', async () => {
  await store.pool.query(`create table few (id int primary key); insert into few values (1); analyze few`);
  const { rows } = await store.hot.query(
    `explain select * from few join unnest($1::int[]) as x(id) using (id)`,
    [[1]],
  );
  expect(JSON.stringify(rows)).toContain('Index Only Scan using few_pkey');
});
