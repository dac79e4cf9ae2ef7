const plainWord = /^[a-z_]+$/;

/**
 * A list of words of our own as SQL writes it, for a statement whose text must not differ from call to call or must say what
 * the condition of an index says. Throws for anything that comes from outside.
 */
export function toLiterals(words: readonly string[]): string {
  for (const word of words)
    if (!plainWord.test(word)) throw new TypeError(`${JSON.stringify(word)} is no word of ours`);
  return words.map((word) => `'${word}'`).join(', ');
}
