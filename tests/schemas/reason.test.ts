import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  collapseProblems,
  type Reason,
  ReasonError,
  reasonOf,
  said,
  toOneReason,
  toReason,
  toReasonOf,
  wordReason,
} from '../../schemas/reason.ts';
import { reasonTexts } from '../../schemas/reasons/index.ts';

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();
/** Nothing but parameters, signs and units: the same in every language. */
const isBare = (text: string) => /^[^\p{L}]*$/u.test(text.replace(/\{\w+\}/g, ''));

describe.each(Object.entries(reasonTexts))('%s', (_code, [korean, english]) => {
  it('has words in Korean and in English, with the same parameters', () => {
    expect(names(korean)).toEqual(names(english));
    if (isBare(english)) return;
    expect(korean).toMatch(/[가-힣]/);
    // What a person has to write to a machine stays as it is written.
    expect(english.replace(/\[이송\] 기관코드: 사유|민원 허브/, '')).not.toMatch(/[가-힣]/);
  });
});

it('no two files give the same code', () => {
  const folder = new URL('../../schemas/reasons/', import.meta.url);
  const files = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const codes = files.flatMap((text) => [...text.matchAll(/^ {2}(\w+): \[/gm)].map(([, code]) => code));
  expect(codes.filter((code, n) => codes.indexOf(code) !== n)).toEqual([]);
  expect(codes.toSorted()).toEqual(Object.keys(reasonTexts).toSorted());
});

it('a reason within a reason is worded in the same language, and what others said stays as they said it', () => {
  const reason = toReason('credentials_refused', { detail: said('HTTP 401: 인증키가 올바르지 않습니다') });
  expect(wordReason(reason, 'ko')).toContain('게시판이 인증을 거절했습니다');
  expect(wordReason(reason, 'ko')).toContain('HTTP 401: 인증키가 올바르지 않습니다');
  expect(wordReason(reason, 'en')).toBe('credentials refused: HTTP 401: 인증키가 올바르지 않습니다');
});

it('what a person has to do next is said to officers', () => {
  const code = toReason('unknown_code', { table: 'category', value: 'X1', known: 'A, B' });
  expect(wordReason(code, 'ko')).toContain('대응표에 이 코드를 더하고 다시 변환하십시오');
  const characters = toReason('unencodable', { charset: 'euc-kr', characters: '🙂' });
  expect(wordReason(characters, 'ko')).toContain('게시판에 직접 적고 건너뛰십시오');
});

it('several reasons are one, each with its place', () => {
  const reason = toReasonOf([
    { pointer: '/content', reason: toReason('required') },
    { pointer: '', reason: toReason('no_complaint') },
  ]);
  expect(wordReason(reason, 'en')).toBe('/content is required; there is no such complaint');
  expect(wordReason(reason, 'ko')).toBe(
    '/content 필수 항목입니다; 그런 민원이 없습니다. 번호를 확인하십시오',
  );
  expect(toOneReason([toReason('required')])).toEqual({ code: 'required' });
});

it('an error says why as data, and in English for logs', () => {
  const error = new ReasonError(toReason('timed_out', { n: 15 }));
  expect(error.message).toBe('no reply within 15 s');
  expect(reasonOf(error)).toEqual({ code: 'timed_out', params: { n: 15 } });
  expect(reasonOf(new TypeError('x is not a function'))).toEqual(said('x is not a function'));
  expect(reasonOf('cut')).toEqual(said('cut'));
});

it('a code of another version is shown and not hidden', () => {
  const reason: Reason = { code: 'from_a_newer_agent', params: { table: 'T1' } };
  expect(wordReason(reason, 'ko')).toContain('from_a_newer_agent');
  expect(wordReason(reason, 'ko')).toContain('T1');
  for (const code of ['constructor', '__proto__', 'toString'])
    expect(wordReason({ code }, 'en')).toContain(code);
});

it('the same reason for the same place is one', () => {
  const required = { pointer: '/content', reason: toReason('required') };
  const other = { pointer: '/content', reason: toReason('type', { type: 'object' }) };
  expect(collapseProblems([required, other, { ...required }])).toEqual([required, other]);
});
