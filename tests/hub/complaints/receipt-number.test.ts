import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReceiptNumber, toReceiptNumber } from '../../../hub/complaints/receipt-number.ts';

const sequence = fc.nat({ max: 99_999_999 });
const year = fc.integer({ min: 2000, max: 2099 });
const digitsOf = (receiptNumber: string) => [...receiptNumber.replaceAll('-', '')];

describe('toReceiptNumber', () => {
  it('groups year, serial and check digit', () => {
    expect(toReceiptNumber(12_345, 2026)).toBe(`26-0001-2345-${damm('2600012345')}`);
  });

  it('holds 100 million in a year, and goes on when the sequence does', () => {
    expect(toReceiptNumber(99_999_999, 2026)).toMatch(/^26-9999-9999-\d$/);
    expect(toReceiptNumber(100_000_007, 2027)).toBe(toReceiptNumber(7, 2027));
  });

  it('refuses what is no count', () => {
    for (const wrong of [-1, 1.5, Number.NaN]) expect(() => toReceiptNumber(wrong, 2026)).toThrow(RangeError);
  });
});

describe('parseReceiptNumber', () => {
  it('gives back every number that was made, however it is written', () => {
    fc.assert(
      fc.property(sequence, year, fc.constantFrom('', ' ', '.', '–', ' - ', '−', '·'), (n, y, between) => {
        const made = toReceiptNumber(n, y);
        expect(parseReceiptNumber(made.replaceAll('-', between))).toBe(made);
      }),
    );
  });

  it('reads full-width digits and a label in front', () => {
    const made = toReceiptNumber(12_345, 2026);
    const wide = made.replace(/[0-9-]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    expect(wide).not.toBe(made);
    expect(parseReceiptNumber(`  접수번호: ${wide} `)).toBe(made);
  });

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(sequence, year, fc.nat({ max: 10 }), fc.integer({ min: 1, max: 9 }), (n, y, at, by) => {
        const digits = digitsOf(toReceiptNumber(n, y));
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(parseReceiptNumber(digits.join(''))).toBeUndefined();
      }),
    );
  });

  it('finds every swap of two different neighbours', () => {
    fc.assert(
      fc.property(sequence, year, fc.nat({ max: 9 }), (n, y, at) => {
        const digits = digitsOf(toReceiptNumber(n, y));
        fc.pre(digits[at] !== digits[at + 1]);
        digits.splice(at, 2, digits[at + 1]!, digits[at]!);
        expect(parseReceiptNumber(digits.join(''))).toBeUndefined();
      }),
    );
  });

  it.each(['', '26', '26-0001-2345', 'abc', '26-0001-2345-66', '1AA-2412-0152653'])('refuses %j', (text) => {
    expect(parseReceiptNumber(text)).toBeUndefined();
  });
});

/** The table of Damm's thesis, as an independent calculation. */
function damm(digits: string): number {
  const table = [
    '0317598642',
    '7092154863',
    '4206871359',
    '1750983426',
    '6123045978',
    '3674209581',
    '5869720134',
    '8945362017',
    '9438617205',
    '2581436790',
  ];
  return [...digits].reduce((interim, digit) => Number(table[interim]![Number(digit)]), 0);
}
