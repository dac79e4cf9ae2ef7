import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { writeTables } from '../../tables/write-tables.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 1);
});
afterAll(() => store.close());

const declared = readFileSync(new URL('../../../hub/store/tables/tables.ts', import.meta.url), 'utf8');

test('the declared tables are those of a migrated database: else `npm run tables`', async () => {
  expect(await writeTables(store.db)).toBe(declared);
});

test('every table and column of information_schema is declared, nullable where it may be null', async () => {
  const { rows } = await store.pool.query<{ table_name: string; column_name: string; is_nullable: string }>(
    `select table_name, column_name, is_nullable from information_schema.columns where table_schema = 'public'
       and table_name !~ '_\\d{4}_\\d{2}$'`,
  );
  expect(rows.length).toBeGreaterThan(300);
  for (const { table_name, column_name, is_nullable } of rows) {
    const at = `${table_name}.${column_name}`;
    const [, name = ''] = new RegExp(`^ {2}${table_name}: (\\w+);$`, 'm').exec(declared) ?? [];
    const [, members = ''] = new RegExp(`^interface ${name} \\{\\n(.*?)^\\}`, 'ms').exec(declared) ?? [];
    const [, type = ''] = new RegExp(`^ {2}${column_name}: (.*);$`, 'm').exec(members) ?? [];
    expect(type, at).not.toBe('');
    if (type !== 'unknown' && type !== 'Generated<unknown>')
      expect(/ \| null>?$/.test(type), at).toBe(is_nullable === 'YES');
  }
});

test('a column that PostgreSQL alone cannot type is refused until somebody gives it a type', async () => {
  await store.pool.query('create table another (id uuid, what jsonb)');
  await expect(writeTables(store.db)).rejects.toThrow('another.what is jsonb');
});
