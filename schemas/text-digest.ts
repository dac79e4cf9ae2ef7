import { createHash } from 'node:crypto';

/** Texts that differ only in white space or in the composition of Hangul are the same text. */
export function normaliseText(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Equal for the same text, and tells nothing of it: SHA-256 of the normalised text, shortened to 128 bits. */
export function digestText(text: string): string {
  return createHash('sha256').update(normaliseText(text)).digest('hex').slice(0, 32);
}

/** Boards cut long titles: what comes after this many letters is not compared. */
const comparedLetters = 100;

/** The mark of a title, by its beginning. */
export const digestTitle = (title: string): string =>
  digestText([...normaliseText(title)].slice(0, comparedLetters).join(''));
