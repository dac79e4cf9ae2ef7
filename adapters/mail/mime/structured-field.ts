/**
 * Reads the value of a structured field character by character (RFC 5322, 3.2). Comments may nest, and a quoted string
 * is one unit whatever it contains. A forger can write into both. If either has no end, nothing after it is trusted.
 */
export class FieldReader {
  readonly #text: string;
  #at = 0;
  /** True: a comment or quoted string has no end, or there is a control character. */
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

  /** Skips blanks and comments (CFWS). True if there was one. */
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

  /** Reads the quoted string that begins here (RFC 5322, 3.2.4). */
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

  /** Reads all characters up to one of `ends`. */
  takeUntil(ends: ReadonlySet<string>): string {
    const from = this.#at;
    while (this.#at < this.#text.length && !ends.has(this.next)) this.#at++;
    return this.#text.slice(from, this.#at);
  }
}
