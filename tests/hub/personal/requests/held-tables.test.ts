import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedTables, heldTables, otherTables } from '../../../../hub/personal/requests/held-tables.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { personalColumns } from '../../../../hub/store/personal/personal-columns.ts';
import { sealedTables } from '../../../../hub/store/sealing/sealed-tables.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

const held = new Map(heldTables.map(({ table, text }) => [table, text]));
const others = Object.values(otherTables).flat();

/** Sealed columns that are read under another name, or hold nothing of a complainant. */
const elsewhere: Record<string, string> = {
  'bulk_runs.fields': 'fields',
  'notes.body': 'body',
};

describe('whatever holds something of a person is found', () => {
  it('each table of the database is read, is made of what is read, or holds nothing of complainants', async () => {
    const { rows } = await store.pool.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    );
    const known = [...held.keys(), ...Object.keys(derivedTables), ...others].sort();
    expect(new Set(known).size).toBe(known.length);
    expect(
      known,
      'a new table: read it in hub/personal/requests/held-tables.ts, or say there why nothing of a person is in it',
    ).toEqual(rows.map(({ name }) => name).sort());
  });

  it('each personal column is given out', () => {
    for (const [table, columns] of Object.entries(personalColumns))
      for (const column of columns)
        expect(held.get(table), `${table}.${column}`).toMatch(new RegExp(`\\b${column}\\b`));
  });

  it('each sealed column is given out, but for those of staff', () => {
    const ofStaff = ['trial_messages', 'workbench_samples', 'second_factors', 'signing_keys', 'uploads'];
    for (const { table, columns } of sealedTables) {
      if (ofStaff.includes(table)) {
        expect(others, table).toContain(table);
        continue;
      }
      for (const column of columns)
        expect(held.get(table), `${table}.${column}`).toMatch(
          new RegExp(`\\b${elsewhere[`${table}.${column}`] ?? column}\\b`),
        );
    }
  });

  it('each table that names its complaint is read, or is made of what is read', async () => {
    const { rows } = await store.pool.query<{ name: string }>(
      `select distinct table_name as name from information_schema.columns
       where table_schema = 'public' and column_name in ('complaint_id', 'receipt_number') and table_name !~ '_\\d{4}_\\d{2}$'`,
    );
    const outside = rows.map(({ name }) => name).filter((name) => others.includes(name));
    // Test complaints are made up.
    expect(outside).toEqual(['test_complaints']);
  });

  it('each statement runs', async () => {
    for (const { text } of heldTables)
      await store.pool.query(
        `with asked as (select $1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[]) ${text}`,
        [[], [], [], [], []],
      );
  });
});
