import { createContext, Script } from 'node:vm';

/** Milliseconds for one search. */
const searchLimit = 500;
/** Up to this length one quantifier costs at most its square: nothing to watch. */
const shortText = 2000;

const box: { search?: () => void } = {};
const context = createContext(box);
const script = new Script('search()');

/**
 * A regular expression whose search ends. Patterns with nested or repeated quantifiers can take longer than the
 * universe on forty letters, and no timer of this process could interrupt them: V8's own watchdog does. It costs
 * about a tenth of a millisecond, so what cannot get out of hand is searched without it. Throws JSONata's own time-out
 * error (D1012).
 */
export class BoundedRegExp extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    if (text.length <= shortText && countQuantifiers(this.source) <= 1) return super.exec(text);
    let found: RegExpExecArray | null = null;
    box.search = () => {
      found = super.exec(text);
    };
    try {
      script.runInContext(context, { timeout: searchLimit });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      const message = `the regular expression /${this.source}/ took longer than ${searchLimit} ms`;
      throw Object.assign(new Error(message), { code: 'D1012' });
    }
    return found;
  }
}

/** Signs that may repeat something; those that stand for themselves are counted too, which costs only time. */
function countQuantifiers(source: string): number {
  return source.match(/[*+?{]/g)?.length ?? 0;
}
