/** Check digits of numbers that name a person or an account. `digits`: the number without separators. */

const rrnWeights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/**
 * The last digit of a resident registration number, or of the number of a foreigner (7th digit 5 to 8), follows from the
 * others. Numbers given since October 2020 have none: their last six digits are random.
 */
export function hasRrnCheckDigit(digits: string): boolean {
  const sum = rrnWeights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const isForeigner = /[5-8]/.test(digits[6] ?? '');
  return ((isForeigner ? 13 : 11) - (sum % 11)) % 10 === Number(digits[12]);
}

/** The check digit of a Korean business registration number, which has ten digits. It names no person. */
export function hasBusinessDigit(digits: string): boolean {
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const carried = Math.floor((5 * Number(digits[8])) / 10);
  return digits.length === 10 && (10 - ((sum + carried) % 10)) % 10 === Number(digits[9]);
}
