import { type Matcher, RE2JS, RE2JSException } from 're2js';
import { said, toReason } from '../../../schemas/reason.ts';
import { PatternError, translatePattern } from './translate-pattern.ts';

/** Keyed by the pattern in the compiled expression. JSONata creates a new search from it at each evaluation. */
const compiled = new WeakMap<RegExp, RE2JS>();

/** Throws {@link PatternError} for a pattern that cannot be searched in linear time. */
export function compilePattern(pattern: RegExp): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  try {
    const made = RE2JS.compile(translatePattern(pattern));
    compiled.set(pattern, made);
    return made;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const detail = said(error.message);
    throw new PatternError(pattern.source, toReason('pattern_engine', { detail, escape: '\\p{…}' }));
  }
}

/**
 * The part of a global `RegExp` that JSONata uses, on an engine that runs in linear time. JavaScript's engine
 * backtracks: a text of forty characters can keep it busy for ever.
 */
export class LinearRegExp {
  lastIndex = 0;
  readonly #pattern: RE2JS;
  readonly #multiline: boolean;
  #text: string | undefined;
  #matcher: Matcher | undefined;

  constructor(pattern: RegExp) {
    this.#pattern = compilePattern(pattern);
    this.#multiline = pattern.multiline;
  }

  /** The next match at or after `lastIndex`, with the numbered groups. */
  exec(text: string): RegExpExecArray | null {
    const matcher = this.#matcherOf(text);
    if (!matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => {
      const start = matcher.start(group);
      return start < 0 ? undefined : text.slice(start, matcher.end(group));
    });
    this.lastIndex = matcher.end();
    return Object.assign(groups, { index: matcher.start(), input: text }) as unknown as RegExpExecArray;
  }

  /**
   * With the flag m, JavaScript ends lines at four characters (ECMA-262, 12.3) and RE2 at one. So this replaces all
   * four by that one.
   */
  #matcherOf(text: string): Matcher {
    if (this.#matcher && this.#text === text) return this.#matcher;
    this.#text = text;
    this.#matcher = this.#pattern.matcher(this.#multiline ? text.replace(/[\r\u2028\u2029]/g, '\n') : text);
    return this.#matcher;
  }
}
