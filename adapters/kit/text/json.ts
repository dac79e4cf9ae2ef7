/**
 * The third parameter that JSON.parse passes to a reviver (ECMAScript, "JSON.parse source text access"; in Node since
 * 21).
 */
type Reviver = (name: string, value: unknown, context?: { source?: string }) => unknown;

/** An integer that JSON.parse would round stays text. Otherwise two ids could become one. */
const keepWhole: Reviver = (_name, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
};

/** Nesting levels that are parsed. Records have far fewer, and Node can handle far more. */
const deepest = 500;

/**
 * Parses JSON as boards write it. A part that is nested too deeply stays text, so only its own record is affected.
 * Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepWhole);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return JSON.parse(withoutDepths(text), keepWhole);
  }
}

/**
 * Replaces the parts that are nested too deeply by their text. The text is valid JSON; only its depth was too much for
 * the reviver.
 */
function withoutDepths(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  let done = 0;
  for (const { 0: sign, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') {
      depth += 1;
      if (depth === deepest + 1) begin = index;
    } else if (sign === ']' || sign === '}') {
      if (depth === deepest + 1) {
        parts.push(text.slice(done, begin), JSON.stringify(text.slice(begin, index + 1)));
        done = index + 1;
      }
      depth -= 1;
    }
  }
  return parts.join('') + text.slice(done);
}
