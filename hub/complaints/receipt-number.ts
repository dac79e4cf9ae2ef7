import { damm } from 'cdigit';

const perYear = 100_000_000;
const serialDigits = 8;
/** Characters and words that people put before or between the digits when they copy or type the number. */
const separators = /접수번호|번호|[\s:.,·_/\p{Pd}−ー]/gu;

/**
 * The number that a person quotes on the phone: `26-0001-2345-C`, digits only.
 *
 * `sequence` counts registrations and may run on from year to year: 100 million in one year are distinct. C is a check
 * digit after Damm (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004). It finds every single wrong digit and
 * every swap of two neighbours, including the check digit itself.
 */
export function toReceiptNumber(sequence: number, year: number): string {
  if (!Number.isSafeInteger(sequence) || sequence < 0)
    throw new RangeError('sequence must be a whole number from 0');
  const serial = String(sequence % perYear).padStart(serialDigits, '0');
  const digits = String(year % 100).padStart(2, '0') + serial;
  return toGroups(digits + damm.compute(digits));
}

/**
 * The canonical form of a receipt number as people write it: full-width digits, spaces, dots, other dashes or none.
 * `undefined`: it is no receipt number, or the check digit says that it was misread.
 */
export function parseReceiptNumber(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(separators, '');
  if (!/^[0-9]{11}$/.test(digits) || !damm.validate(digits)) return undefined;
  return toGroups(digits);
}

function toGroups(digits: string): string {
  return `${digits.slice(0, 2)}-${digits.slice(2, 6)}-${digits.slice(6, 10)}-${digits.slice(10)}`;
}

/** Receipt numbers of tests have a serial of their own (`store/shadow`): `26-9000-0001-7`. */
export const isTestNumber = (receiptNumber: string): boolean => /^\d\d-9/.test(receiptNumber);
