import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { readItemTable } from '../../../../hub/configuration/statutory/read-item-table.ts';
import { toItemRows } from '../../../../hub/configuration/statutory/write-item-table.ts';
import { toCsv } from '../../../../hub/web/csv.ts';
import { wordReason } from '../../../../schemas/reason.ts';

const read = (text: string | Uint8Array) =>
  readItemTable(typeof text === 'string' ? Buffer.from(text) : text, '2026-12-01');
const problems = (text: string) =>
  read(text).problems.map(({ line, column, reason }) => `${line} ${column}: ${wordReason(reason, 'ko')}`);

const table = `사무명,처리기간,근거법령,시행일,구비서류,수수료,담당부서,비고
옥외광고물 표시 허가,7일,옥외광고물법 제3조,2026. 1. 1.,"설계도서
위치도; 원색사진","10,000원",도시과,참고
인감증명 발급,즉시,인감증명법 제12조,,신분증,600원,,
`;
const items = [
  {
    name: '옥외광고물 표시 허가',
    days: 7,
    law: '옥외광고물법 제3조',
    from: '2026-01-01',
    documents: ['설계도서', '위치도', '원색사진'],
    fee: '10,000원',
    department: '도시과',
  },
  // At once means three working hours (Enforcement Decree, article 19).
  {
    name: '인감증명 발급',
    hours: 3,
    law: '인감증명법 제12조',
    from: '2026-12-01',
    documents: ['신분증'],
    fee: '600원',
  },
];

it('a table of a spreadsheet is read, in UTF-8, in its own code page, and pasted with tabs', () => {
  const expected = { items, problems: [], ignored: ['비고'] };
  expect(read(table)).toEqual(expected);
  expect(read(`\uFEFF${table.replaceAll('\n', '\r\n')}`).items.map(({ name }) => name)).toEqual(
    items.map(({ name }) => name),
  );
  expect(read(iconv.encode(table, 'cp949'))).toEqual(expected);
  const pasted = '민원명\t처리 기간\t근거\n지적측량\t40시간\t공간정보법';
  expect(read(pasted).items).toEqual([
    { name: '지적측량', hours: 40, law: '공간정보법', from: '2026-12-01' },
  ]);
});

it('what is wrong is told with its line and column, all at once, and what would be right', () => {
  expect(problems('사무명,기간\n가,7일')).toEqual([
    '1 : 열이 없습니다: 처리기간, period',
    '1 : 열이 없습니다: 근거법령, 근거, 관련법령, law',
  ]);
  const wrong =
    '사무명,처리기간,근거법령,시행일\n,7일,법,2026-02-30\n가,41시간,법,\n나,3일,,\n다,3일,법,\n다,4일,법,\n';
  expect(problems(wrong)).toEqual([
    '2 사무명: 비어 있습니다',
    '2 시행일: 날짜가 아닙니다: 2026-02-30. 2026-01-31처럼 적으십시오',
    '3 처리기간: 처리기간이 아닙니다: 41시간. 1일~365일, 1시간~40시간, 즉시 가운데 하나로 적으십시오',
    '4 근거법령: 비어 있습니다',
    '6 : 같은 사무명과 시행일이 5행에도 있습니다: 다',
  ]);
  expect(problems('사무명,처리기간,근거법령\n')).toEqual(['1 : 제목 줄 아래에 내용이 없습니다']);
  expect(problems('사무명,처리기간,근거법령\n"가,7일')[0]).toMatch(/^2 : 표로 읽을 수 없습니다/);
});

it('a table that was written is read as the same, and a cell is no formula', () => {
  expect(read(toCsv(toItemRows(items as never))).items).toEqual(items);
  expect(toCsv(toItemRows([{ ...items[0], name: '=1+1' } as never]))).toContain("\r\n'=1+1,7일");
});
