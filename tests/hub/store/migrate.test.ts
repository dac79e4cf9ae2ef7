import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { migrate } from '../../../hub/store/migrate.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

it('applies every migration once, also when several processes start together', async () => {
  expect(await Promise.all([migrate(store.pool), migrate(store.pool)])).toEqual([[], []]);
});

it('refuses a database whose migration was changed afterwards', async () => {
  await store.pool.query("update migrations set checksum = 'other'");
  await expect(migrate(store.pool)).rejects.toMatchObject({ kind: 'outdated' });
});
