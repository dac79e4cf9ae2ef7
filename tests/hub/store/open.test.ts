import { expect, it } from 'vitest';
import { openConfiguredStore } from '../../../hub/store/open.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

it('opens the database that the settings name, at the newest schema', async () => {
  const opened = await openConfiguredStore({ DATABASE_URL: await createFreshDatabase(), DATA_DIR: 'unused' });
  const { rows } = await opened.store.pool.query('select count(*)::int as n from configurations');
  expect(rows).toEqual([{ n: 0 }]);
  expect(opened.migrated).toEqual([]);
  await opened.stop();
  await expect(opened.store.pool.query('select 1')).rejects.toThrow(/after calling end/);
});

it('says in words that no server answers', async () => {
  const nobody = { DATABASE_URL: 'postgres://hub:hunter2@127.0.0.1:9/hub', DATA_DIR: 'unused' };
  const refusal = await openConfiguredStore(nobody).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('cannot be reached'),
  });
  expect(String(refusal)).not.toContain('hunter2');
});
