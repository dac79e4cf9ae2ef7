import type jsonata from 'jsonata';
import { toReason } from '../../../schemas/reason.ts';
import { MappingError } from './mapping-error.ts';

/** Functions that pass a text on unchanged. */
const passing = new Set(['merge', 'append', 'map', 'each', 'sift', 'filter']);

/**
 * Finds wrong uses of `$secret`. `names`: the secrets of the settings; undefined where nothing is sent. An expression
 * sees only a mark, and the secret replaces the mark on the way. So a function that changes a text would change the
 * mark, and the board would get nonsense. Throws {@link MappingError} of kind `syntax`.
 */
export function checkSecrets(tree: unknown, names: readonly string[] | undefined): void {
  visit(tree, names, undefined);
}

function visit(tree: unknown, names: readonly string[] | undefined, changing: string | undefined): void {
  if (typeof tree !== 'object' || tree === null) return;
  const node = tree as jsonata.ExprNode;
  const called = node.type === 'function' || node.type === 'partial' ? node.procedure : undefined;
  if (called?.type === 'variable' && called.value === 'secret') {
    checkCall(node, names, changing);
    return;
  }
  const { type, rhs } = node as { type: string; rhs?: jsonata.ExprNode };
  // `text ~> $function` calls the function with the text.
  const chained = type === 'apply' ? (rhs?.procedure ?? rhs) : undefined;
  const by = called ?? chained;
  const own = by?.type === 'variable' && !passing.has(by.value) ? by.value : undefined;
  for (const child of Object.values(node)) visit(child, names, own ?? changing);
}

function checkCall(
  { arguments: given = [], position }: jsonata.ExprNode,
  names: readonly string[] | undefined,
  changing: string | undefined,
): void {
  if (!names) throw new MappingError('syntax', toReason('secret_not_here'), position);
  const [name] = given;
  if (given.length !== 1 || name?.type !== 'string' || !names.includes(name.value)) {
    const known = names.join(', ') || toReason('none');
    const wanted = name?.type === 'string' ? String(name.value) : '…';
    throw new MappingError('syntax', toReason('no_such_secret', { name: wanted, known }), position);
  }
  if (changing !== undefined)
    throw new MappingError('syntax', toReason('secret_changed', { name: `$${changing}` }), position);
}
