import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTransaction, openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

let store: Store;
beforeEach(async () => {
  store = openStore(await createFreshDatabase(), 2);
});
afterEach(() => store.close());

/** As when the server is killed: the other end of every connection of the store goes. */
async function breakConnections(): Promise<void> {
  const other = new pg.Client({ connectionString: store.url });
  await other.connect();
  await other.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await other.end();
}

// An error that nobody listens for ends the process; vitest reports it as unhandled, which fails the run.
it('outlives a connection that breaks between two statements of a transaction', async () => {
  const broken = inTransaction(store.pool, async (client) => {
    const ended = new Promise((resolve) => client.once('end', resolve));
    await client.query('select 1');
    await breakConnections();
    await ended;
    await client.query('select 2');
  });
  await expect(broken).rejects.toThrow(/connection error|terminat/i);
  expect((await store.pool.query('select 3 as n')).rows).toEqual([{ n: 3 }]);
});
