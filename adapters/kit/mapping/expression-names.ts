import jsonata from 'jsonata';
import { listNames, parseTree } from './names-read.ts';

interface Node {
  type?: string;
  value?: unknown;
  position?: number;
  procedure?: Node;
  arguments?: Node[];
  steps?: Node[];
  lhs?: [Node, Node][];
}

/**
 * The names of the fields that an expression may read; too many rather than too few. With variables and functions,
 * nobody can tell in which object a name is looked up.
 */
export function listNamesRead(source: string): Set<string> {
  const names = new Set<string>();
  walk(parse(source), (node) => {
    if (node.type === 'name') names.add(String(node.value));
    const [, key] = node.procedure?.value === 'lookup' ? (node.arguments ?? []) : [];
    if (key?.type === 'string') names.add(String(key.value));
  });
  return names;
}

/** The names of the fields that an expression writes into the objects that it creates. */
export function listNamesWritten(source: string): Set<string> {
  const names = new Set<string>();
  walk(parse(source), (node) => {
    if (node.type !== 'unary' || node.value !== '{') return;
    for (const [key] of node.lhs ?? []) if (key.type === 'string') names.add(String(key.value));
  });
  return names;
}

/** A field that an expression converts by a code table. */
export interface CodeField {
  table: string;
  /** The names from the root to the field; the last ones only, where the expression does not tell where they begin. */
  path: string[];
}

export function listCodeFields(source: string): CodeField[] {
  const fields: CodeField[] = [];
  const pathsAt = new Map(
    listNames(parseTree(source), undefined).map(({ position, path }) => [position, path.split('.')]),
  );
  walk(parse(source), (node) => {
    if (node.type !== 'function' || node.procedure?.value !== 'code') return;
    const [table, field] = node.arguments ?? [];
    const last = field?.steps?.findLast(({ type }) => type === 'name');
    const path = pathsAt.get(last?.position ?? -1);
    if (table?.type === 'string' && path) fields.push({ table: String(table.value), path });
  });
  return fields;
}

/**
 * The settings were checked before they came into force. So an expression that does not compile counts as naming
 * nothing.
 */
function parse(source: string): unknown {
  try {
    return jsonata(source).ast();
  } catch {
    return undefined;
  }
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Node);
  for (const child of Object.values(node)) walk(child, visit);
}
