import type { WSDL } from 'soap';

/** The parts of the library's schema object that are needed to order children. */
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
 * Makes the library write the children of an extending type after those of its bases (XML Schema 1.0, part 1, 3.4.2).
 * The library itself (soap 1.13) considers only the first base, and none without a prefix.
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

/** The position of each child by its local name. Alternatives of a choice share one position. */
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
