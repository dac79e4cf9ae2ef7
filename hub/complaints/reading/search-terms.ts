import { Keyed } from '../../store/sealing/keyed.ts';
import type { Keys } from '../../store/sealing/keys.ts';

/**
 * The terms by which complaints are found. Korean words are mostly two syllables, with or without spaces between them.
 * So Korean is indexed by overlapping pairs of syllables; other words are kept whole.
 */

const korean = '[\\p{sc=Hangul}\\p{sc=Han}]';
/** Korean words in a row. They must be found both as written and without the spaces between them. */
const koreanRun = new RegExp(`${korean}+(?:\\s+${korean}+)*`, 'gu');
const koreanWord = new RegExp(`${korean}+`, 'gu');
const otherWord = new RegExp(`(?:(?!${korean})[\\p{L}\\p{N}\\p{M}])+`, 'gu');
/** Receipt and telephone numbers. They are also found if typed without their hyphens. */
const hyphenated = /(?<!\d)\d+(?:-\d+)+/g;
const isKorean = new RegExp(`^${korean}`, 'u');
/** Ends the term of a number's last digits. No word has digits and Korean in one term, so it is never taken for a word. */
const endingMark = '끝';
/** How many digits at the end of a number people go by. */
const endingLength = 4;
const endingTyped = /^\d{4}$/;
/** PostgreSQL refuses lexemes of 2 KB and more. */
const longestWord = 64;

const toPlain = (text: string): string => text.normalize('NFC').toLowerCase().normalize('NFC');

const matches = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];

const toPairs = (syllables: string[]): string[] =>
  syllables.slice(1).map((second, index) => `${syllables[index]}${second}`);

const toOtherWords = (text: string): string[] =>
  matches(text, otherWord).map((word) => [...word].slice(0, longestWord).join(''));

/**
 * The distinct terms under which a text is stored (`tsvector`). Every syllable begins a pair or ends a run, and the end
 * is stored too. So a single syllable is found as the beginning of a term.
 */
export function toTerms(text: string): string[] {
  const plain = toPlain(text);
  const terms = new Set<string>([
    ...toOtherWords(plain),
    ...matches(plain, hyphenated).map((number) => number.replaceAll('-', '').slice(0, longestWord)),
  ]);
  for (const run of matches(plain, koreanRun)) {
    const syllables = [...run.replace(/\s+/gu, '')];
    for (const pair of toPairs(syllables)) terms.add(pair);
    terms.add(syllables.at(-1) ?? run);
  }
  return [...terms];
}

/** The term of a complainant's telephone number (E.164), by its last four digits. Undefined: it has fewer. */
export function toEndingTerm(phone: string): string | undefined {
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length < endingLength ? undefined : `${digits.slice(-endingLength)}${endingMark}`;
}

/** `endings`: four digits are also looked for as the end of the complainant's telephone number. */
interface Asking {
  endings?: boolean;
}

/**
 * Turns what a person typed into the text of a tsquery in which every word must match (`terms @@ $1::tsquery`). Empty:
 * it contains nothing to search for. Terms are letters and digits only, so quoting them is safe.
 */
export const toQuery = (text: string, asking: Asking = {}): string =>
  joinAsked(toAsked(text), asking, ({ term, begins }) => `'${term}'${begins ? ':*' : ''}`);

interface Asked {
  term: string;
  /** It may be the beginning of a term. */
  begins: boolean;
}

function toAsked(text: string): Asked[] {
  const plain = toPlain(text);
  const terms = new Map(toOtherWords(plain).map((term) => [term, false]));
  for (const word of matches(plain, koreanWord)) {
    const syllables = [...word];
    if (syllables.length === 1) terms.set(word, true);
    for (const pair of toPairs(syllables)) terms.set(pair, false);
  }
  return [...terms].map(([term, begins]) => ({ term, begins }));
}

const joinAsked = (asked: readonly Asked[], { endings }: Asking, write: (one: Asked) => string): string =>
  asked
    .map((one) =>
      endings && endingTyped.test(one.term)
        ? `(${write(one)} | ${write({ term: `${one.term}${endingMark}`, begins: false })})`
        : write(one),
    )
    .join(' & ');

/**
 * The terms of a complaint as they are stored: marks, where words are sealed (docs/encryption.md). A mark has no beginning,
 * so each syllable has one of its own. `phone`: the complainant's number (E.164), of which the last digits are a term.
 */
export function toStoredTerms(text: string, phone: string | undefined, keys: Keys): string[] {
  const ending = phone && toEndingTerm(phone);
  const terms = [...toTerms(text), ...(ending ? [ending] : [])];
  if (!keys.on) return terms;
  const beginnings = terms.flatMap((term) => (isKorean.test(term) ? [...term].slice(0, 1) : []));
  return [...new Set([...terms, ...beginnings])].map((term) => keys.mark('term', term) ?? term);
}

/** {@link toQuery} for what is stored: marks, and while there are rows from before, words as well. */
export const toKeyedQuery = (text: string, asking: Asking = {}): Keyed =>
  new Keyed((keys) => {
    const words = toQuery(text, asking);
    if (!keys.on || words === '') return words;
    const marks = joinAsked(toAsked(text), asking, ({ term }) => `'${keys.mark('term', term)}'`);
    return keys.wordsInClear ? `(${marks}) | (${words})` : marks;
  });
