import { expect, test } from 'vitest';
import { findRawTitle } from '../../../../hub/exchange/workbench/find-raw-title.ts';
import { readBoardAgency } from '../../../support/test-hub.ts';

const agency = readBoardAgency('rest-board', 'sbiz', 'http://127.0.0.1:1');
const title = (raw: unknown) => findRawTitle(agency, JSON.stringify(raw));
const usual = (raw: unknown) => findRawTitle(undefined, JSON.stringify(raw));

test('a title is what the expression of the agency reads for it, though the rest cannot be converted', () => {
  const raw = { title: '다른 것', subject: ' 바우처\n문의 ', ctgry: 'AI' };
  expect(title(raw)).toBe('바우처 문의');
  expect(usual(raw), 'and not what is called so by chance').toBe('다른 것');
});

test('without an expression that fits, a field that is called title or subject counts, the outermost first', () => {
  expect(usual({ content: { title: '안쪽' }, Subject: '바깥' })).toBe('바깥');
  expect(usual({ content: { title: '안쪽' } })).toBe('안쪽');
});

test('nothing is made up', () => {
  expect(title({ name: '홍길동', subject: 7 })).toBeUndefined();
  expect(title({ subject: '  ' })).toBeUndefined();
  expect(findRawTitle(agency, 'no JSON {')).toBeUndefined();
});

test('a title that is too long is cut between signs', () => {
  expect(title({ subject: '😀'.repeat(200) })).toBe(`${'😀'.repeat(120)}…`);
});
