import jsonata from 'jsonata';

interface Node {
  type?: string;
  value?: unknown;
  procedure?: Node;
  arguments?: Node[];
  steps?: Node[];
  lhs?: [Node, Node][];
}

/**
 * The names of fields that an expression reads. An upper bound: which object a name is looked up in cannot be told
 * where variables and functions stand between.
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

/** The names of fields that an expression writes into the objects that it makes. */
export function listNamesWritten(source: string): Set<string> {
  const names = new Set<string>();
  walk(parse(source), (node) => {
    if (node.type !== 'unary' || node.value !== '{') return;
    for (const [key] of node.lhs ?? []) if (key.type === 'string') names.add(String(key.value));
  });
  return names;
}

/** A field that an expression reads by a code table. */
export interface CodeField {
  table: string;
  /** The last names of its path: the expression does not say in which object it began. */
  path: string[];
}

export function listCodeFields(source: string): CodeField[] {
  const fields: CodeField[] = [];
  walk(parse(source), (node) => {
    if (node.type !== 'function' || node.procedure?.value !== 'code') return;
    const [table, field] = node.arguments ?? [];
    const path = (field?.steps ?? []).flatMap(({ type, value }) => (type === 'name' ? String(value) : []));
    if (table?.type === 'string' && path.length > 0) fields.push({ table: String(table.value), path });
  });
  return fields;
}

/** Settings were checked before they came into force: what does not compile names nothing. */
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
