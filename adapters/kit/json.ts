/** The third parameter that JSON.parse gives a reviver (ECMAScript, "JSON.parse source text access"; in Node since 21). */
type Reviver = (name: string, value: unknown, context?: { source?: string }) => unknown;

/** A whole number that JSON.parse would round stays as the text that it was: two ids must not become one. */
const keepWhole: Reviver = (_name, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
};

/** JSON as boards write it. Throws SyntaxError. */
export const parseJson = (text: string): unknown => JSON.parse(text, keepWhole);
