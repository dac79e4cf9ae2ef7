import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexWords } from '../../../../hub/complaints/reading/index-words.ts';
import { listComplaints } from '../../../../hub/complaints/reading/search.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { insertComplaint } from '../../console/sample-board.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 4);
});
afterAll(() => store.close());

/** Lets one batch go, as a worker that stops does. */
function createOneTurn(): AbortSignal {
  let asked = 0;
  return {
    get aborted() {
      asked += 1;
      return asked > 1;
    },
  } as AbortSignal;
}
const find = async (text: string) => (await listComplaints(store, { text })).rows.length;
const count = async () => {
  const { rows } = await store.pool.query('select count(*)::int as n from unindexed');
  return rows[0].n;
};

test('what came in is found after one batch, however many are indexed again', async () => {
  const { id: old } = await insertComplaint(store, { title: '보안등 고장' });
  const { id } = await insertComplaint(store, { title: '신호등 고장' });
  await store.pool.query('delete from complaint_terms');
  await store.pool.query(
    'insert into unindexed (complaint_id, later) select $1, true from generate_series(1, 450)',
    [old],
  );
  await store.pool.query('insert into unindexed (complaint_id) values ($1)', [id]);
  await indexWords(store, createOneTurn());
  expect(await find('신호등')).toBe(1);
  // A batch of 200: the new one, and 199 of the others.
  expect(await count()).toBe(251);
  await indexWords(store, new AbortController().signal);
  expect(await count()).toBe(0);
  expect(await find('보안등')).toBe(1);
});
