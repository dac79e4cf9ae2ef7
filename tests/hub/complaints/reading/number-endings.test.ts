import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexWords } from '../../../../hub/complaints/reading/index-words.ts';
import { type ComplaintFilter, listComplaints } from '../../../../hub/complaints/reading/search.ts';
import { toEndingTerm, toQuery } from '../../../../hub/complaints/reading/search-terms.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { insertComplaint } from '../../console/sample-board.ts';

let store: Store;
let caller: string;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await store.pool.query(
    "insert into configurations (kind, name, version, body, author) select 'agency', code, 1, '{}', 'test' from unnest('{road,tax}'::text[]) code",
  );
  const called = { title: '전화한 분', name: '남궁민수', phone: '+821023456789', registered: 1 };
  caller = (await insertComplaint(store, called)).id;
  await insertComplaint(store, { title: '건물 6789호', phone: '+821011112222', registered: 2 });
  await insertComplaint(store, { title: '가로등', phone: '+82267894321', registered: 3 });
  await index();
});
afterAll(() => store.close());

const index = () => indexWords(store, new AbortController().signal);
const found = async (filter: ComplaintFilter) =>
  (await listComplaints(store, filter)).rows.map(({ title }) => title);

test.each<[ComplaintFilter, string[], string]>([
  [{ text: '6789', person: {} }, ['전화한 분', '건물 6789호'], 'the end of a number, and the word'],
  [{ text: '4321', person: {} }, ['가로등'], 'a land line'],
  [{ text: '남궁민수 6789', person: {} }, ['전화한 분'], 'a name beside it'],
  [{ text: '6789', person: {}, status: 'assigned' }, ['전화한 분', '건물 6789호'], 'with other filters'],
  [{ text: '6789' }, ['건물 6789호'], 'who sees no persons finds words only'],
  [{ text: '789', person: {} }, [], 'three digits are a word'],
  [{ text: '23456789', person: {} }, [], 'eight digits are a word'],
  [{ text: '끝', person: {} }, [], 'the mark is no word'],
  [{ text: '6789끝' }, [], 'nobody types the mark'],
])('%j finds %j: %s', async (filter, expected) => {
  expect(await found(filter)).toEqual(expected);
});

test('an agency that was only asked for a contribution finds nobody by a number', async () => {
  const search = { text: '6789', person: {}, reader: 'tax' };
  await store.pool.query(
    `insert into links (id, complaint_id, agency, role, state, due) values (gen_random_uuid(), $1, 'tax', 'copy', 'open', 1)`,
    [caller],
  );
  expect(await found(search)).toEqual(['전화한 분']);
  await store.pool.query(`update links set role = 'part' where complaint_id = $1 and agency = 'tax'`, [
    caller,
  ]);
  expect(await found(search)).toEqual([]);
  expect(await found({ ...search, text: '남궁민수' }), 'other words are as before').toEqual(['전화한 분']);
  expect(await found({ ...search, reader: 'road' })).toEqual(['전화한 분', '건물 6789호']);
});

test('older complaints get the ends in the background, some at a time, and new ones do not wait for them', async () => {
  const old = await insertComplaint(store, { title: '예전 민원', phone: '+821055557777' });
  await store.pool.query(`update complaint_terms set terms = '예전 전민' where complaint_id = $1`, [old.id]);
  // Newer ones, more than one run takes.
  await store.pool.query(
    `insert into complaint_terms (complaint_id, terms)
     select ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '' from generate_series(1, 1100) n`,
  );
  await store.pool.query(`insert into terms_to_renew values ('ffffffff-ffff-ffff-ffff-ffffffffffff')`);
  const fresh = await insertComplaint(store, { title: '새 민원', phone: '+821088889999' });
  await store.pool.query('delete from complaint_terms where complaint_id = $1', [fresh.id]);
  await store.pool.query('insert into unindexed values ($1)', [fresh.id]);

  await index();
  expect(await found({ text: '9999', person: {} })).toEqual(['새 민원']);
  expect(await found({ text: '7777', person: {} }), 'not reached yet').toEqual([]);
  const waiting = async () =>
    (await store.pool.query<{ before: string }>('select before from terms_to_renew')).rows;
  // Five rounds of two hundred, from the newest: a hundred of the 1,100 are left.
  expect(await waiting()).toEqual([{ before: 'ffffffff-0000-7000-8000-000000000101' }]);
  await index();
  expect(await found({ text: '7777', person: {} })).toEqual(['예전 민원']);
  expect(await waiting()).toEqual([]);
});

test('the term is the last four digits; a text that has them is no match for it', async () => {
  expect(toEndingTerm('+821023456789')).toBe('6789끝');
  expect(toEndingTerm('+82')).toBeUndefined();
  expect(toQuery('6789', { endings: true })).toBe("('6789' | '6789끝')");
  expect(toQuery('2026-6789', { endings: true })).toBe("('2026' | '2026끝') & ('6789' | '6789끝')");
});
