import { toSegment } from '../../../schemas/json-pointer.ts';
import type { Node } from './names-read.ts';

/** Where an expression says what a field of its result becomes. */
export interface FieldRange {
  // Into the result. A star stands for each item of a list: /answers/*/text.
  pointer: string;
  /** Characters of the expression: the first of the field's own expression, and the one after its last. */
  start: number;
  end: number;
}

interface Branches extends Node {
  then?: Node;
  else?: Node;
}

/**
 * The fields that an expression writes by name, an object before its own fields. Fields that a function makes are not
 * found: nobody can tell which they are.
 */
export function listFieldRanges(tree: Node, source: string): FieldRange[] {
  const found: FieldRange[] = [];
  walk(tree, '');
  return found;

  function walk(node: Node | undefined, pointer: string): void {
    for (const [inner, at] of toResults(node, pointer)) walk(inner, at);
    if (node?.type === 'unary' && node.value === '{')
      for (const [key, value] of node.lhs ?? []) addField(key, value, pointer);
  }

  function addField(key: Node, value: Node, before: string): void {
    if (key.type !== 'string' || key.position === undefined) return;
    const pointer = `${before}/${toSegment(String(key.value))}`;
    const colon = skipBlank(source, key.position);
    if (source[colon] !== ':') return;
    const start = skipBlank(source, colon + 1);
    found.push({ pointer, start, end: trimEnd(source, start, findEnd(source, start)) });
    walk(value, pointer);
  }
}

/** The parts of an expression that may be its result, each with the place that it has there. */
function toResults(node: Branches | undefined, pointer: string): [Node | undefined, string][] {
  switch (node?.type) {
    case 'block':
      return [[node.expressions?.at(-1), pointer]];
    case 'path':
      return [[node.steps?.at(-1), isList(node) ? `${pointer}/*` : pointer]];
    case 'condition':
      return [node.then, node.else].map((one) => [one, pointer]);
    case 'unary':
      return node.value === '[' ? (node.expressions ?? []).map((one) => [one, `${pointer}/*`]) : [];
    default:
      return [];
  }
}

/** `[…][]` keeps a list of one. Any other path gives one object or several: which, only its input says. */
const isList = (node: Node & { keepSingletonArray?: boolean }) => node.keepSingletonArray === true;

/** The first character that is neither white space nor part of a comment. */
function skipBlank(source: string, from: number): number {
  const blank = /(?:\s+|\/\*[\s\S]*?\*\/)*/y;
  blank.lastIndex = from;
  blank.exec(source);
  return blank.lastIndex;
}

/** The `,`, `}`, `]` or `)` that ends an expression. */
function findEnd(source: string, start: number): number {
  let depth = 0;
  let before = '';
  for (let at = start; at < source.length; ) {
    const sign = source[at] ?? '';
    if (depth === 0 && /[,}\])]/.test(sign)) return at;
    const end = tokenEnd(source, at, before);
    if (/[([{]/.test(sign)) depth += 1;
    if (/[)\]}]/.test(sign)) depth -= 1;
    if (!/\s/.test(sign) && !source.startsWith('/*', at)) before = source[end - 1] ?? '';
    at = end;
  }
  return source.length;
}

/** Texts, quoted names, comments and patterns may hold brackets; they count as one. */
function tokenEnd(source: string, at: number, before: string): number {
  const token = source.startsWith('/*', at)
    ? /\/\*[\s\S]*?\*\//y
    : { '"': /"(?:[^"\\]|\\[\s\S])*"/y, "'": /'(?:[^'\\]|\\[\s\S])*'/y, '`': /`[^`]*`/y }[source[at] ?? ''];
  // A slash after a value divides; elsewhere it begins a pattern.
  const isPattern = source[at] === '/' && !token && !/[\p{L}\p{N}_)\]}"'`$]/u.test(before);
  const whole = token ?? (isPattern ? /\/(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[im]*/y : undefined);
  if (!whole) return at + 1;
  whole.lastIndex = at;
  return whole.exec(source) ? whole.lastIndex : at + 1;
}

const trimEnd = (source: string, start: number, end: number): number => {
  let last = end;
  while (last > start && /\s/.test(source[last - 1] ?? '')) last -= 1;
  return last;
};
