import { expect, test } from 'vitest';
import { toPlainText } from '../../../../adapters/kit/text/plain-text.ts';
import { growth, mostGrowth } from '../../../support/growth.ts';

test('a short table is read in columns', () => {
  const html = '<table><tr><th colspan="2">처리</th></tr><tr><td>가나</td><td>다</td></tr></table>';
  expect(toPlainText(html)).toBe('처리\n가나   다');
});

test('a long table is read by its lines, and nothing of it is lost', () => {
  const rows = Array.from({ length: 600 }, (_, n) => `<tr><td>${n}</td><td>함</td></tr>`).join('');
  const lines = Array.from({ length: 600 }, (_, n) => `${n}   함`).join('\n');
  expect(toPlainText(`<p>앞</p><table>${rows}</table><p>뒤</p>`)).toBe(`앞\n\n${lines}\n\n뒤`);
});

test.each(['999999999', '1e9', '&#57;&#57;&#57;&#57;'])(
  'a span of %s is no reason to make as many columns',
  (span) => {
    expect(toPlainText(`<table><tr><td colspan="${span}">가</td><td>나</td></tr></table>`)).toBe('가   나');
  },
);

test.each(['<td>가</td>', '<td colspan=9 rowspan=9>가</td>', '<tr><td colspan=99>가</td></tr>'])(
  'many of %s take time as their number, not as its square',
  (cell) => {
    const table = (length: number) => `<table><tr>${cell.repeat(length / cell.length)}</tr></table>`;
    expect(growth(toPlainText, table, 12_000)).toBeLessThan(mostGrowth);
  },
);
