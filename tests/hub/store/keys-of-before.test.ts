import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { newId } from '../../../hub/store/new-id.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

it('a key that was used before keys had a table of their own is known in it, with the words of its first call', async () => {
  const body = JSON.stringify({ externalId: 'A-1', content: { title: '가나다 😀' } });
  const use = (key: string, days: number, externalId = 'A-1') =>
    store.pool.query(
      `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome, complaint_id)
       values ($1, 'alpha', 'rest', $2, 'key:' || $3, $4, '{}', now() - make_interval(days => $5), 'applied', $1)`,
      [newId(), externalId, key, body, days],
    );
  await use('known', 1);
  await use('known', 0, 'A-2');
  await use('old', 40);
  const text = await readFile(
    new URL('../../../hub/store/migrations/0017-repetitions.sql', import.meta.url),
    'utf8',
  );
  await store.pool.query(text.slice(text.indexOf('insert into idempotency_keys')));
  const { rows } = await store.pool.query('select key, external_id, version from idempotency_keys');
  const version = createHash('sha256').update(body).digest('base64url');
  expect(rows).toEqual([{ key: 'known', external_id: 'A-1', version }]);
});
