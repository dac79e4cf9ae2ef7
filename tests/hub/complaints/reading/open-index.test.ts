import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isOpen } from '../../../../hub/complaints/reading/work-conditions.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { runningStatuses } from '../../../../schemas/index.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

it('the index of open complaints has the statuses whose clock runs; else it wants a migration', async () => {
  const { rows } = await store.pool.query<{ predicate: string }>(
    `select pg_get_expr(indpred, indrelid) as predicate from pg_index where indexrelid = 'complaints_open'::regclass`,
  );
  const indexed = [...(rows[0]?.predicate ?? '').matchAll(/'(\w+)'/g)].map(([, status]) => status);
  expect(indexed.sort()).toEqual([...runningStatuses].sort());
});

it('PostgreSQL finds open complaints by it', async () => {
  const plan = await store.db.transaction().execute(async (transaction) => {
    // Few rows are read from the table itself, unless it may not be.
    await sql`set local enable_seqscan = off`.execute(transaction);
    return sql`explain select id from complaints where ${isOpen} order by due_at, id`.execute(transaction);
  });
  expect(JSON.stringify(plan.rows)).toContain('complaints_open');
});
