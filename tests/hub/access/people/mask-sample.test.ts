import { expect, test } from 'vitest';
import { maskSample } from '../../../../hub/access/people/mask-sample.ts';

const mask = (value: unknown) => maskSample(value, { codes: new Set(['답변완료']) });

test('words of people go, codes, ids, markup and dates stay', () => {
  const raw = {
    wr_id: 12,
    wr_subject: '홍길동입니다 Help Me',
    wr_content:
      '<p class="a">연락처는 010-9876-5432,<br>주민번호 800101-1234567 &amp; 끝</p><!-- minwon-hub 26-0000017-4/1 -->',
    wr_name: '홍길동',
    mb_id: 'hong',
    wr_email: 'hong@company.example',
    wr_1: '답변완료',
    wr_2: '처리중',
    state: 'RCPT',
    bbs: 'BBSMSTR_000000000001',
    wr_datetime: '2026-11-20 12:00:00',
    regdate: '20261120120000',
    nothing: null,
    hp: '01098765432',
    list: [{ text: 'José' }],
  };
  expect(mask(raw)).toEqual({
    wr_id: 12,
    wr_subject: '가가가가가가 Aaaa Aa',
    wr_content:
      '<p class="a">가가가가 010-1234-5678,<br>가가가가 800123-4567890 &amp; 가</p><!-- minwon-hub 26-0000017-4/1 -->',
    wr_name: '가가가',
    mb_id: 'aaaa',
    wr_email: 'aaaa@aaaaaaa.aaaaaaa',
    wr_1: '답변완료',
    wr_2: '가가가',
    state: 'RCPT',
    bbs: 'BBSMSTR_000000000001',
    wr_datetime: '2026-11-20 12:00:00',
    regdate: '20261120120000',
    nothing: null,
    hp: '01012345678',
    list: [{ text: 'Aaaa' }],
  });
});
