import { createHash } from 'node:crypto';
import { maskText } from './identifiers/mask-identifiers.ts';

/**
 * Normalises a text. Texts that differ only in white space, in the composition of Hangul, or in numbers that are masked in
 * one of them (identifiers/) become equal.
 */
export function normaliseText(text: string): string {
  return maskText(text.normalize('NFC').replace(/\s+/g, ' ').trim());
}

/**
 * Digest of a text: SHA-256 of the normalised text, shortened to 128 bits. It is equal for equal texts and reveals
 * nothing of them.
 */
export function digestText(text: string): string {
  return createHash('sha256').update(normaliseText(text)).digest('hex').slice(0, 32);
}

/** Boards cut long titles, so characters after this many are not compared. */
const comparedLetters = 100;

/** Digest of a title, from its beginning only. */
export const digestTitle = (title: string): string =>
  digestText([...normaliseText(title)].slice(0, comparedLetters).join(''));
