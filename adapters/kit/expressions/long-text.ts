import { type Reason, toReason } from '../../../schemas/reason.ts';
import { MappingError } from './mapping-error.ts';

/**
 * The longest text, in characters, that an expression computes with. It is four times the longest field of
 * schemas/post.ts, to leave room for a board's markup. The limit exists because JSONata's functions split a text into a
 * list of characters.
 */
export const longestText = 400_000;

/**
 * Stands for a longer text. It passes through an expression whole, but the expression does not see a text. Cutting it
 * would publish half an answer. `$text` and `$html` can still read it, because mostly embedded pictures make HTML long.
 */
export class LongText {
  readonly length: number;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
    this.length = text.length;
  }
  /** The original text. */
  get whole(): string {
    return this.#text;
  }
  toString(): never {
    return this.#refuse();
  }
  /** JSONata calls this to convert an object to text. */
  toJSON(): never {
    return this.#refuse();
  }
  #refuse(): never {
    throw new MappingError('limit', tooLong(this.length));
  }
}

export const tooLong = (length: number, most = longestText): Reason =>
  toReason('text_too_long_for_expression', { n: length, most });

/** Wraps the long texts of an input in place. Also returns the length of the longest. */
export function wrapLongTexts(value: unknown): { value: unknown; longest: number } {
  let longest = 0;
  const wrap = (item: unknown): unknown => {
    if (typeof item === 'string') {
      longest = Math.max(longest, item.length);
      return item.length > longestText ? new LongText(item) : item;
    }
    if (typeof item !== 'object' || item === null) return item;
    const fields = item as Record<string, unknown>;
    for (const name of Object.keys(fields)) {
      const field = fields[name];
      const wrapped = wrap(field);
      if (wrapped !== field) fields[name] = wrapped;
    }
    return item;
  };
  return { value: wrap(value), longest };
}
