import { expect, test } from 'vitest';
import { fillText } from '../../schemas/particles.ts';
import { toReason, wordReason } from '../../schemas/reason.ts';
import { reasonTexts } from '../../schemas/reasons/index.ts';

const fill = (text: string, word: string) => fillText(text, () => word);

test.each([
  // Hangul: with and without a final consonant, and ㄹ.
  ['진흥원', '진흥원이 진흥원을 진흥원은 진흥원과 진흥원으로'],
  ['민원센터', '민원센터가 민원센터를 민원센터는 민원센터와 민원센터로'],
  ['서울', '서울이 서울을 서울은 서울과 서울로'],
  // Digits as they are read: 삼, 사, 칠, 십.
  ['3', '3이 3을 3은 3과 3으로'],
  ['4', '4가 4를 4는 4와 4로'],
  ['7', '7이 7을 7은 7과 7로'],
  ['10', '10이 10을 10은 10과 10으로'],
  // Abbreviations by their letters: 에이아이, 씨알엠, 유알엘.
  ['AI', 'AI가 AI를 AI는 AI와 AI로'],
  ['CRM', 'CRM이 CRM을 CRM은 CRM과 CRM으로'],
  ['URL', 'URL이 URL을 URL은 URL과 URL로'],
  // Words: 타이틀, 네임, 시크릿, 코드, 보드.
  ['board.title', 'board.title이 board.title을 board.title은 board.title과 board.title로'],
  ['agency.name', 'agency.name이 agency.name을 agency.name은 agency.name과 agency.name으로'],
  ['secret', 'secret이 secret을 secret은 secret과 secret으로'],
  ['code', 'code가 code를 code는 code와 code로'],
  // What stands in brackets is read.
  ['시장(market)', '시장(market)이 시장(market)을 시장(market)은 시장(market)과 시장(market)으로'],
])('%s takes its particles', (word, expected) => {
  expect(fill('{0}이(가) {0}을(를) {0}은(는) {0}과(와) {0}(으)로', word)).toBe(expected);
});

test('a quote between the word and its particle changes nothing, and other words keep both forms', () => {
  expect(fill('"{value}"이(가) 없습니다', 'AI')).toBe('"AI"가 없습니다');
  expect(fill('{{name}}은(는)', '이름')).toBe('{이름}은');
  expect(fill('{0}을(를)', '->')).toBe('->을(를)');
  expect(fill('{0}을(를)', '漢')).toBe('漢을(를)');
});

test('what somebody wrote is left as it is', () => {
  expect(fill('사유: {0}', '서류을(를) 이(가)')).toBe('사유: 서류을(를) 이(가)');
});

test('no text has both forms where nothing tells which', () => {
  const both = /이\(가\)|을\(를\)|은\(는\)|과\(와\)|와\(과\)|\(으\)로/;
  const left = Object.entries(reasonTexts).filter(([, [korean]]) => both.test(fillText(korean, () => '값')));
  expect(left.map(([code]) => code)).toEqual([]);
});

test('reasons use them', () => {
  expect(wordReason(toReason('no_instant', { value: '어제' }), 'ko')).toBe('"어제"는 시각이 아닙니다');
});
