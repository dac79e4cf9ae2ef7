import { type Reason, toReason } from '../../../schemas/reason.ts';
import { MappingError } from './mapping-error.ts';

/**
 * The longest text that an expression computes with: four times what the longest field of schemas/post.ts holds, for a
 * board's markup. JSONata's own functions make a list of a text's characters.
 */
export const longestText = 400_000;

/**
 * Stands for a longer text, which goes through an expression whole but is no text to it: to cut it would publish half an
 * answer. `$text` and `$html` read it all the same, for what makes HTML long are pictures inside it.
 */
export class LongText {
  readonly length: number;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
    this.length = text.length;
  }
  /** The text as it came. */
  get whole(): string {
    return this.#text;
  }
  toString(): never {
    return this.#refuse();
  }
  /** JSONata makes texts of objects this way. */
  toJSON(): never {
    return this.#refuse();
  }
  #refuse(): never {
    throw new MappingError('limit', tooLong(this.length));
  }
}

export const tooLong = (length: number, most = longestText): Reason =>
  toReason('text_too_long_for_expression', { n: length, most });

/** Long texts of an input, in place. Answers the length of the longest. */
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
