import { describe, expect, it } from 'vitest';
import { eucKrLength, toEucKr, toSmsText } from '../../../hub/templates/sms-text.ts';

describe('bytes in EUC-KR', () => {
  it.each([
    ['', 0],
    ['abc 123', 7],
    ['가힝', 4],
    ['ㄱ①㎡漢￦·…', 14],
    // In CP949 but not in KS X 1001.
    ['뷁', undefined],
    ['똠', undefined],
    ['힣', undefined],
    ['😀', undefined],
    ['₩', undefined],
    ['é', undefined],
    // A lone half of a pair.
    ['\ud83d', undefined],
  ])('%j: %s', (text, bytes) => {
    expect(eucKrLength(text)).toBe(bytes);
  });
});

describe('what does not fit', () => {
  it.each([
    ['뷁', 'ㅂㅞㄺ'],
    ['똠방각하', 'ㄸㅗㅁ방각하'],
    ['쌰 ', 'ㅆㅑ '],
    ['한글 자모'.normalize('NFD'), '한글 자모'],
    ['감사합니다😀👍🏽!', '감사합니다!'],
    ['👨‍👩‍👧 가족', ' 가족'],
    ['₩1,000 – “좋아요” • é', '￦1,000 - “좋아요” · e'],
    ['한\u00a0칸\u200b', '한 칸'],
    ['ǿ ღ', 'ø 〓'],
    ['\ud83d끝', '끝'],
    ['a\r\nb', 'a\nb'],
    ['정말?', '정말?'],
    ['9시〜18시', '9시~18시'],
    ['£1, ¥1, 가⋯', '￡1, ￥1, 가…'],
    ['1⁄2, 1∕2', '1/2, 1/2'],
    ['민원‧제안, 민원・제안, 민원⋅제안', '민원·제안, 민원·제안, 민원·제안'],
    ['5⩽3 ⩾', '5≤3 ≥'],
    ['⅐ ⟨가⟩ «나»', '1/7 〈가〉 "나"'],
    // Nothing that is to be seen goes without a sign in its place.
    ['₫5 ⨀', '〓5 〓'],
  ])('%j becomes %j', (text, expected) => {
    expect(toEucKr(text)).toBe(expected);
    expect(eucKrLength(expected)).toBeDefined();
  });
});

describe('short or long', () => {
  const title = '민원 처리 결과';
  const of = (text: string, link: string | null = null, subject = title) =>
    toSmsText({ text, link, subject });

  it('90 bytes are a short message, 91 a long one', () => {
    expect(of('가'.repeat(45))).toEqual({ type: 'SMS', text: '가'.repeat(45) });
    expect(of(`${'가'.repeat(45)}a`)).toEqual({ type: 'LMS', text: `${'가'.repeat(45)}a`, subject: title });
  });

  it('counts what is sent, not what was written', () => {
    expect(of(`${'가'.repeat(45)}😀`).type).toBe('SMS');
    expect(of(`${'가'.repeat(44)}뷁`).type).toBe('LMS');
  });

  it('cuts a title at 40 bytes, never inside a character', () => {
    const long = of('가'.repeat(50), null, `a${'제'.repeat(30)}`);
    expect(long).toMatchObject({ subject: `a${'제'.repeat(19)}` });
  });

  it('2,000 bytes stay whole', () => {
    expect(of('가'.repeat(1000)).text).toBe('가'.repeat(1000));
  });

  it('cuts a longer text at its end and says where the rest is', () => {
    const link = 'https://minwon.example.kr/complaints/1';
    const { text } = of(`b${'가'.repeat(1000)}`, link);
    // 2,000 - 2 for the dots - 1 for the line end - 38 for the link = 1,959: b and 979 syllables.
    expect(text).toBe(`b${'가'.repeat(979)}…\n${link}`);
    expect(of('가'.repeat(1001)).text).toBe(`${'가'.repeat(999)}…`);
  });
});
