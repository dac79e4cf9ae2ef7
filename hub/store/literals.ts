const plainWord = /^[a-z_]+$/;

/**
 * Writes a list of our own words as SQL literals. It serves statements whose text must stay the same from call to call,
 * or must repeat the condition of an index. Throws for anything that comes from outside.
 */
export function toLiterals(words: readonly string[]): string {
  for (const word of words)
    if (!plainWord.test(word)) throw new TypeError(`${JSON.stringify(word)} is no word of ours`);
  return words.map((word) => `'${word}'`).join(', ');
}
