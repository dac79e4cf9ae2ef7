/**
 * Limits for the texts that an expression creates. JSONata's `&` can double a text in one step. Its functions create
 * lists and copies of such a text in one piece. If V8 finds no memory for one, it ends the whole process.
 */
import jsonata from 'jsonata';
import { ReasonError, toReason } from '../../../schemas/reason.ts';
import { longestText, tooLong } from './long-text.ts';
import { MappingError } from './mapping-error.ts';

/** Characters of one created text, and of all texts together from which one is created. */
const longestMade = 10 * longestText;

/** JSONata's functions that take a text. */
const onTexts = [
  'substring',
  'substringBefore',
  'substringAfter',
  'lowercase',
  'uppercase',
  'length',
  'trim',
  'match',
  'contains',
  'replace',
  'split',
  'parseInteger',
  'number',
  'toMillis',
  'formatNumber',
  'formatInteger',
  'fromMillis',
  'lookup',
  'base64encode',
  'base64decode',
  'encodeUrlComponent',
  'encodeUrl',
  'decodeUrlComponent',
  'decodeUrl',
  'error',
  'assert',
];
/** The functions that create one text out of many. */
const ofMany = ['string', 'join'];
const concatenation = '&';

type Fn = (...values: unknown[]) => unknown;

interface Native {
  implementation: Fn;
  signature: { definition: string };
}

let natives: Promise<[name: string, native: Native][]> | undefined;

/** Reads JSONata's own functions. They are available only as values. */
function readNatives(): Promise<[name: string, native: Native][]> {
  const read = async (name: string) => [name, await jsonata(`$${name}`).evaluate({})] as [string, Native];
  return Promise.all([...onTexts, ...ofMany].map(read));
}

/** Replaces these functions by others of the same names that have limits. */
export async function boundTexts(expression: jsonata.Expression): Promise<void> {
  natives ??= readNatives();
  for (const [name, { implementation, signature }] of await natives) {
    const bound = bind(implementation, checks[name] ?? checkEach);
    expression.registerFunction(name, bound, signature.definition);
    if (name === 'string') expression.registerFunction(concatenation, concatenate(bound));
  }
}

/** Rewrites `a & b` as a function call. JSONata's functions can be replaced, its operators cannot. */
export function callConcatenation(node: jsonata.ExprNode): void {
  if (node.type !== 'binary' || node.value !== concatenation) return;
  const { lhs, rhs, position } = node as unknown as Record<'lhs' | 'rhs' | 'position', jsonata.ExprNode>;
  const procedure = { type: 'variable', value: concatenation, position };
  Object.assign(node, { type: 'function', value: '(', arguments: [lhs, rhs], procedure });
  for (const side of ['lhs', 'rhs']) Reflect.deleteProperty(node, side);
}

const checks: Record<string, (values: unknown[]) => void> = {
  string: checkTogether,
  join: checkTogether,
  number: checkNumber,
};

const concatenate =
  (toText: Fn): Fn =>
  (left, right) =>
    checkMade(`${toText(left) ?? ''}${toText(right) ?? ''}`);

function bind(implementation: Fn, check: (values: unknown[]) => void): Fn {
  function bound(this: unknown, ...values: unknown[]) {
    check(values);
    const result = implementation.apply(this, values);
    return result instanceof Promise ? result.then(checkMade) : checkMade(result);
  }
  // For $map and its like, JSONata looks at the number of parameters. For `$contains(?, "x")` it reads their names.
  return Object.defineProperties(bound, {
    length: { value: implementation.length },
    toString: { value: () => implementation.toString() },
  });
}

function checkEach(values: unknown[]): void {
  for (const value of values) {
    if (typeof value === 'string' && value.length > longestText) refuse(value.length, longestText);
  }
}

/** A number beyond 2^53 would become another number: an answer would reach another post. */
function checkNumber(values: unknown[]): void {
  checkEach(values);
  const [value] = values;
  if (typeof value === 'string' && /^-?\d+$/.test(value) && !Number.isSafeInteger(Number(value)))
    throw new ReasonError(toReason('number_rounded', { value: value.slice(0, 40) }));
}

function checkTogether(values: unknown[]): void {
  let length = 0;
  const count = (value: unknown): void => {
    if (typeof value === 'string') length += value.length;
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(count);
    if (length > longestMade) refuse(length, longestMade);
  };
  values.forEach(count);
}

function checkMade<T>(value: T): T {
  return typeof value === 'string' && value.length > longestMade ? refuse(value.length, longestMade) : value;
}

function refuse(length: number, most: number): never {
  throw new MappingError('limit', tooLong(length, most));
}
