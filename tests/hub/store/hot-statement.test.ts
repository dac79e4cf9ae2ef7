import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store, toHotStatement } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 1);
});
afterAll(() => store.close());

const byExternalId = {
  name: 'by-external-id',
  text: 'select id from links where agency = $1 and external_id = $2',
};

async function countRowsRead(): Promise<number> {
  await store.hot.query('select pg_stat_force_next_flush()');
  const { rows } = await store.pool.query<{ rows: number }>(
    `select coalesce(sum(idx_tup_read), 0)::int as rows from pg_stat_user_indexes where relname = 'links'`,
  );
  return rows[0]?.rows ?? 0;
}

test('a statement that was planned on a tiny table reads one row when the table has grown', async () => {
  const statement = toHotStatement(byExternalId);
  const find = (number: number) => store.hot.query(statement(['kotra', String(number)]));
  const grow = (from: number, to: number) =>
    store.pool.query(
      `insert into links (id, complaint_id, agency, role, state, external_id, due)
       select gen_random_uuid(), gen_random_uuid(), 'kotra', 'origin', 'open', n, 1
       from generate_series($1::int, $2::int) n`,
      [from, to],
    );
  const readBy20 = async () => {
    const before = await countRowsRead();
    for (let number = 1; number <= 20; number += 1) await find(number);
    return (await countRowsRead()) - before;
  };
  await grow(1, 20);
  // Else this test shows nothing: the indexes of a tiny table are equally good, and it is another that is taken.
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
