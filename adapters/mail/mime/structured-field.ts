/**
 * Reads the value of a structured field sign by sign (RFC 5322, 3.2): comments nest, and a quoted string is one thing
 * whatever stands in it. Both are what a forger writes into; where either has no end, nothing after it is believed.
 */
export class FieldReader {
  readonly #text: string;
  #at = 0;
  /** A comment or a quoted string without an end, or a control character. */
  isBroken = false;

  constructor(text: string) {
    this.#text = text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5322, 3.2, has none of them in a structured field
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) this.isBroken = true;
  }

  get isAtEnd(): boolean {
    return this.isBroken || this.#at >= this.#text.length;
  }

  get next(): string {
    return this.#text[this.#at] ?? '';
  }

  take(): string {
    return this.#text[this.#at++] ?? '';
  }

  /** Blanks and comments (CFWS). True where there was one. */
  skipBlank(): boolean {
    const from = this.#at;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.next;
      if (sign === '(') depth++;
      else if (depth === 0 && sign !== ' ' && sign !== '\t') break;
      else if (sign === ')') depth--;
      else if (depth > 0 && sign === '\\') this.#at++;
    }
    if (depth > 0) this.isBroken = true;
    return this.#at > from;
  }

  /** The words of a quoted string that begins here (RFC 5322, 3.2.4). */
  takeQuoted(): string {
    const words: string[] = [];
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      if (this.next === '"') {
        this.#at++;
        return words.join('');
      }
      if (this.next === '\\') this.#at++;
      words.push(this.next);
    }
    this.isBroken = true;
    return '';
  }

  /** All signs from here that are none of `ends`. */
  takeUntil(ends: ReadonlySet<string>): string {
    const from = this.#at;
    while (this.#at < this.#text.length && !ends.has(this.next)) this.#at++;
    return this.#text.slice(from, this.#at);
  }
}
