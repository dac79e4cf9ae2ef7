import type jsonata from 'jsonata';
import { toReason } from '../../../schemas/reason.ts';
import { findNearest } from '../text/edit-distance.ts';
import { expressionFunctions } from './function-docs.ts';
import { MappingError } from './mapping-error.ts';

/** JSONata's own functions (https://docs.jsonata.org). It tells them to nobody; a test compares them with its source. */
export const ownFunctions: readonly string[] = [
  ...['abs', 'append', 'assert', 'average', 'base64decode', 'base64encode', 'boolean', 'ceil', 'clone'],
  ...['contains', 'count', 'decodeUrl', 'decodeUrlComponent', 'distinct', 'each', 'encodeUrl'],
  ...['encodeUrlComponent', 'error', 'eval', 'exists', 'filter', 'floor', 'formatBase', 'formatInteger'],
  ...['formatNumber', 'fromMillis', 'join', 'keys', 'length', 'lookup', 'lowercase', 'map', 'match', 'max'],
  ...['merge', 'millis', 'min', 'not', 'now', 'number', 'pad', 'parseInteger', 'power', 'random', 'reduce'],
  ...[
    'replace',
    'reverse',
    'round',
    'shuffle',
    'sift',
    'single',
    'sort',
    'split',
    'spread',
    'sqrt',
    'string',
  ],
  ...[
    'substring',
    'substringAfter',
    'substringBefore',
    'sum',
    'toMillis',
    'trim',
    'type',
    'uppercase',
    'zip',
  ],
];
const functions: readonly string[] = [...ownFunctions, ...Object.keys(expressionFunctions)];
/** The input, and the whole of it: `$` and `$$`. */
const inputs = ['', '$'];
interface Node {
  type?: string;
  value?: unknown;
  position?: number;
  lhs?: Node;
  arguments?: Node[];
  /** Of a step: the names that `@$name` and `#$name` set. */
  focus?: string;
  index?: string;
}

/**
 * Finds a misspelt function or variable when an expression is saved: JSONata takes it for nothing, without a word, so that
 * a board would not be read. Where a name is set does not matter. Throws {@link MappingError} of kind `syntax`.
 */
export function checkVariables(tree: jsonata.ExprNode): void {
  const set = new Set<string>([...functions, ...inputs]);
  const used: Node[] = [];
  walk(tree, (node) => {
    const named = node.type === 'lambda' ? node.arguments : node.type === 'bind' ? [node.lhs] : [];
    for (const one of named ?? []) if (one?.type === 'variable') set.add(String(one.value));
    for (const name of [node.focus, node.index]) if (typeof name === 'string') set.add(name);
    if (node.type === 'variable') used.push(node);
  });
  const unknown = used.find(({ value }) => !set.has(String(value)));
  if (!unknown) return;
  const name = String(unknown.value);
  const suggestion = findNearest(name, [...set]);
  const reason = suggestion
    ? toReason('no_such_variable_but', { name: `$${name}`, suggestion: `$${suggestion}` })
    : toReason('no_such_variable', { name: `$${name}` });
  throw new MappingError('syntax', reason, unknown.position);
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Node);
  for (const child of Object.values(node)) walk(child, visit);
}
