import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction, openStore, type Store } from '../../../hub/store/database.ts';
import { openShadowStore } from '../../../hub/store/shadow/shadow-store.ts';
import { copyTables, shadowSchemas, shadowTables } from '../../../hub/store/shadow/shadow-tables.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 1);
});
afterAll(() => store.close());

/** Columns with their types and defaults, constraints of a row, and indexes, without names that PostgreSQL makes up. */
async function describeTable(schema: string, table: string): Promise<unknown> {
  const { rows: columns } = await store.pool.query(
    `select column_name, data_type, is_nullable, column_default from information_schema.columns
     where table_schema = $1 and table_name = $2 order by column_name`,
    [schema, table],
  );
  const { rows: indexes } = await store.pool.query(
    `select regexp_replace(regexp_replace(indexdef, 'INDEX \\S+ ', 'INDEX '), ' ON \\S+\\.', ' ON ') as text
     from pg_indexes where schemaname = $1 and tablename = $2 order by 1`,
    [schema, table],
  );
  return { columns, indexes };
}

it.each(shadowSchemas.flatMap((schema) => shadowTables.map((table) => [schema, table] as const)))(
  'the table %s.%s is like its original',
  async (schema, table) => {
    expect(await describeTable(schema, table)).toEqual(await describeTable('public', table));
  },
);

it('follows its original when a migration changes it, and keeps its rows', async () => {
  await store.pool.query(
    "insert into trial.boards (agency, cursor) values ('sbiz', 'here'); alter table boards add column mood text default 'well'",
  );
  await inTransaction(store.pool, copyTables);
  const { rows } = await store.pool.query('select agency, cursor, mood from trial.boards');
  expect(rows).toEqual([{ agency: 'sbiz', cursor: 'here', mood: 'well' }]);
  expect(await describeTable('trial', 'boards')).toEqual(await describeTable('public', 'boards'));
});

it('sees its own tables alone, and gives the connection back as it was, also after an error', async () => {
  const shadow = openShadowStore(store, 'rehearsal');
  await expect(shadow.pool.query('select from users')).rejects.toThrow('does not exist');
  await expect(
    inTransaction(shadow.pool, async (client) => {
      await client.query("insert into boards (agency) values ('lost')");
      await client.query('select 1 / 0');
    }),
  ).rejects.toThrow('division by zero');
  await shadow.pool.query("insert into boards (agency) values ('kept')");
  // There is one connection only, so this is the same.
  expect((await store.pool.query('select agency from boards')).rows).toEqual([]);
  expect((await store.pool.query('select agency from rehearsal.boards')).rows).toEqual([{ agency: 'kept' }]);
});

it('draws receipt numbers that no real complaint gets', async () => {
  const [rehearsal, trial] = await Promise.all(
    shadowSchemas.map(async (schema) => {
      const { rows } = await openShadowStore(store, schema).pool.query(
        "select nextval('receipt_numbers') as n",
      );
      return Number(rows[0].n);
    }),
  );
  const { rows } = await store.pool.query("select nextval('receipt_numbers') as n");
  expect([rehearsal, trial, Number(rows[0].n)]).toEqual([80_000_001, 90_000_001, 1]);
});
