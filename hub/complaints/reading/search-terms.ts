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

/**
 * Turns what a person typed into the text of a tsquery in which every word must match (`terms @@ $1::tsquery`). Empty:
 * it contains nothing to search for. Terms are letters and digits only, so quoting them is safe.
 *
 * `endings`: four digits are also looked for as the end of the complainant's telephone number.
 */
export function toQuery(text: string, { endings = false }: { endings?: boolean } = {}): string {
  const plain = toPlain(text);
  const toTerm = (word: string) =>
    endings && endingTyped.test(word) ? `('${word}' | '${word}${endingMark}')` : `'${word}'`;
  const terms = new Set(toOtherWords(plain).map(toTerm));
  for (const word of matches(plain, koreanWord)) {
    const syllables = [...word];
    if (syllables.length === 1) terms.add(`'${word}':*`);
    for (const pair of toPairs(syllables)) terms.add(`'${pair}'`);
  }
  return [...terms].join(' & ');
}
