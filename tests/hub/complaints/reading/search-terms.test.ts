import { afterAll, beforeAll, expect, test } from 'vitest';
import { toQuery, toTerms } from '../../../../hub/complaints/reading/search-terms.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

/** Asks PostgreSQL itself: does a text stored by its terms answer to a query? */
async function finds(query: string, text: string): Promise<boolean> {
  const { rows } = await store.pool.query<{ found: boolean }>(
    'select array_to_tsvector($1::text[]) @@ $2::tsquery as found',
    [toTerms(text), toQuery(query)],
  );
  return rows[0]?.found ?? false;
}

const found: [query: string, text: string, why: string][] = [
  ['주차', '불법 주차 단속 요청', 'a word of two syllables'],
  ['단속', '불법주차단속', 'a word inside a longer one'],
  ['주차단속', '불법 주차 단속 요청', 'typed without the space that the text has'],
  ['주차 단속', '불법주차단속 요청', 'typed with a space that the text lacks'],
  ['주차\t단속', '불법주차\n단속', 'other white space'],
  ['단속 주차', '주차단속', 'words in another order'],
  ['집', '우리 집 앞', 'a word of one syllable'],
  ['집', '우리집', 'one syllable at the end of a word'],
  ['집', '집값', 'one syllable at the beginning of a word'],
  ['주차'.normalize('NFD'), '주차', 'decomposed, as some systems type it'],
  ['주차', '주차'.normalize('NFD'), 'decomposed, as some systems store it'],
  ['SafeBill', 'safebill 오류 신고', 'letter case'],
  ['ktx역', 'KTX 역 소음', 'two scripts in one word'],
  ['a', 'A동 앞', 'a single letter'],
  ['101호', '101 호', 'digits and a syllable'],
  ['20261120000017', '접수번호 2026-1120-000017', 'a number without its hyphens'],
  ['2026-1120-000017', '접수번호 2026-1120-000017', 'a number with its hyphens'],
  ["O'Brien", "O'Brien's", 'a quote inside'],
  ['漢江', '漢江 주차장', 'Chinese characters'],
];
test.each(found)('%s finds %s: %s', async (query, text) => {
  expect(await finds(query, text)).toBe(true);
});

const missed: [query: string, text: string, why: string][] = [
  ['주차 소음', '주차 단속', 'every word must be found'],
  ['차주', '주차', 'syllables in another order'],
  ['주차장', '주차', 'more than the text has'],
  ['safe', 'safebill', 'words of other scripts are whole'],
];
test.each(missed)('%s does not find %s: %s', async (query, text) => {
  expect(await finds(query, text)).toBe(false);
});

test.each(["'", "\\'", "';--", '&|!():*<->', '', '   ', '\0'])('%j has nothing to search for', (query) => {
  expect(toQuery(query)).toBe('');
});

test.each(["'주차' | '단속", "주차\\'", '주차 & !단속', '주차:*', 'x'.repeat(100_000), '\ud800주차'])(
  'PostgreSQL accepts what is typed: %.20j',
  async (query) => {
    expect(await finds(query, query)).toBe(true);
  },
);

test('the terms of a text are distinct and say what is stored', () => {
  expect(toTerms('주차 주차')).toEqual(['주차', '차주', '차']);
  expect(toTerms('')).toEqual([]);
});

test('the longest text that a complaint can have is stored', async () => {
  const syllables = Array.from({ length: 100_000 }, (_, index) =>
    String.fromCodePoint(0xac00 + ((index * 7919) % 11_172)),
  ).join('');
  expect(await finds(syllables.slice(40_000, 40_010), syllables)).toBe(true);
});
