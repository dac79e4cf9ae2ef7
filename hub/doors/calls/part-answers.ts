import { parsePartNumber } from '../../complaints/contributions/part-number.ts';

/**
 * What an answer is about. An agency whose program fetches parts from its feed answers one as it answers a complaint, by
 * the part's number: that is its reply to the agency that asked.
 */
export function readAnswered(operation: string, text: string): { number: string; contribution?: number } {
  const part = operation === 'addAnswer' ? parsePartNumber(text) : undefined;
  return part ? { number: part.receiptNumber, contribution: part.number } : { number: text };
}
