import { expect, it } from 'vitest';
import { toCsv } from '../../../hub/web/csv.ts';

it('begins with a byte order mark, quotes what RFC 4180 says, and ends lines with CRLF', () => {
  const file = Buffer.from(
    toCsv([
      ['가', 'a,b'],
      ['say "it"', 'two\nlines'],
    ]),
  );
  expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(file.subarray(3).toString()).toBe('가,"a,b"\r\n"say ""it""","two\nlines"\r\n');
});

it.each([
  ['=1+1', "'=1+1"],
  ['+82', "'+82"],
  ['-2', "'-2"],
  ['@sum', "'@sum"],
  ['\t=1', "'\t=1"],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['1=1', '1=1'],
  ['2026-12-01 09:00', '2026-12-01 09:00'],
])('a cell is no formula: %j', (cell, shown) => {
  expect(toCsv([[cell]])).toBe(`\uFEFF${shown}\r\n`);
});
