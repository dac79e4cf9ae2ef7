/**
 * The number of a part on boards and feeds: the complaint's receipt number and the number of what is asked, as in
 * `26-0001-2345-6-2`. It is longer than any receipt number, so neither is ever read as the other.
 */
export const toPartNumber = (receiptNumber: string, number: number): string => `${receiptNumber}-${number}`;

/** What such a number says. Undefined: it is a receipt number, or nothing of ours. */
export function parsePartNumber(text: string): { receiptNumber: string; number: number } | undefined {
  const [, receiptNumber, number] = /^(\d\d-\d{4}-\d{4}-\d)-([1-9]\d{0,4})$/.exec(text.trim()) ?? [];
  return receiptNumber && number ? { receiptNumber, number: Number(number) } : undefined;
}
