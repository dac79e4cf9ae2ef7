import type { WSDL } from 'soap';

/** As much of the library's picture of a schema as is needed to know which child comes first. */
interface SchemaNode {
  name?: string;
  $name?: string;
  $ref?: string;
  $base?: string;
  children?: SchemaNode[];
}

interface Schema {
  $targetNamespace?: string;
  xmlns?: Record<string, string>;
  complexTypes?: Record<string, SchemaNode>;
  groups?: Record<string, SchemaNode>;
}

/**
 * Has the library write the children of a type that extends another behind those of its base, however many there are
 * (XML Schema 1.0, part 1, 3.4.2). Its own order (soap 1.13) knows no base beyond the first, and none without a prefix.
 */
export function orderBaseFirst(wsdl: WSDL): void {
  const schemas = wsdl.definitions.schemas as unknown as Record<string, Schema>;
  const known = new Map<SchemaNode, Map<string, number>>();
  const _getOrderIndexFor = (node?: SchemaNode, schema?: Schema): Map<string, number> => {
    if (!node || !schema) return new Map();
    const index = known.get(node) ?? toIndex(node, schema, schemas);
    known.set(node, index);
    return index;
  };
  Object.assign(wsdl, { _getOrderIndexFor });
}

/** The place of each child by its local name; alternatives of a choice share one. */
function toIndex(type: SchemaNode, schema: Schema, schemas: Record<string, Schema>): Map<string, number> {
  const index = new Map<string, number>();
  const seen = new Set<SchemaNode>();
  let place = 0;

  function find(kind: 'complexTypes' | 'groups', name: string): SchemaNode | undefined {
    const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
    const namespace = (prefix && schema.xmlns?.[prefix]) || schema.$targetNamespace || '';
    const places = [schemas[namespace], schema, ...Object.values(schemas)];
    return places.map((one) => one?.[kind]?.[local ?? '']).find((found) => found !== undefined);
  }

  function assign({ $name, $ref = '' }: SchemaNode, isAlternative: boolean): void {
    const local = ($name ?? $ref).replace(/^.*:/, '');
    if (!index.has(local)) index.set(local, place);
    if (!isAlternative) place += 1;
  }

  function visit(node: SchemaNode | undefined, isAlternative: boolean): void {
    if (!node || seen.has(node)) return;
    seen.add(node);
    const { name = '', $ref, $base, children = [] } = node;
    if (name === 'element') assign(node, isAlternative);
    if (!inOrder.has(name)) return;
    if (name === 'extension' && $base) visit(find('complexTypes', $base), isAlternative);
    if (name === 'group' && $ref) visit(find('groups', $ref), isAlternative);
    for (const child of children) visit(child, isAlternative || name === 'choice');
    if (name === 'choice' && !isAlternative) place += 1;
  }

  visit(type, false);
  return index;
}

const inOrder = new Set([
  'complexType',
  'complexContent',
  'simpleContent',
  'extension',
  'restriction',
  'sequence',
  'choice',
  'group',
]);
