import { describe, expect, it } from 'vitest';
import { findMentioned } from '../../../hub/desk/find-mentioned.ts';

const tax = { id: '1', login: 'tax', name: '이세무' };
const taxTwo = { id: '2', login: 'tax.two', name: '이세무사' };
const kim1 = { id: '3', login: 'kim1', name: '김민수' };
const kim2 = { id: '4', login: 'kim2', name: '김민수' };
const colleagues = [tax, taxTwo, kim1, kim2];

describe('who a note calls', () => {
  it.each([
    ['@이세무 확인 바랍니다', ['tax']],
    ['(@이세무님)', ['tax']],
    ['@이세무사에게', ['tax.two']],
    ['봐 주세요 @tax.', ['tax']],
    ['@TAX.two, @tax @이세무', ['tax.two', 'tax']],
    ['hong@tax.example 로 보냄', []],
    ['@taxi @없는사람', []],
  ])('%s', (text, logins) => {
    const { people, ambiguous } = findMentioned(text, colleagues);
    expect([people.map(({ login }) => login), ambiguous]).toEqual([logins, []]);
  });

  it('a name that two have calls neither', () => {
    expect(findMentioned('@김민수 @kim2', colleagues)).toEqual({ people: [kim2], ambiguous: ['김민수'] });
  });
});
