import { parseSync } from '@swc/core';

/** What a source names of this repository, as it is written there: imports, types too, and modules named by URL. */
export function listSpecifiers(source: string): string[] {
  const found: string[] = [];
  walk(parseSync(source, { syntax: 'typescript', target: 'esnext' }), (node) =>
    found.push(...listNamed(node)),
  );
  return found;
}

interface Node {
  type: string;
  [key: string]: unknown;
}
type Argument = { expression: Node } | undefined;

function walk(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) visit(value);
  for (const inside of Object.values(value)) walk(inside, visit);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The paths that one node names: a module of ours, or what lies beside this one. */
function listNamed(node: Node): string[] {
  const [first, second] = (Array.isArray(node.arguments) ? node.arguments : []) as Argument[];
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return listTexts(node.source).filter(isOurs);
    case 'TsImportType':
      return listTexts(node.argument).filter(isOurs);
    case 'CallExpression':
      return isImport(node.callee) ? listTexts(first).filter(isOurs) : [];
    case 'NewExpression':
      return isNamed(node.callee, 'URL') && isOwnAddress(second?.expression)
        ? listTexts(first).flatMap(toRelative)
        : [];
    default:
      return [];
  }
}

const isOurs = (path: string) => path.startsWith('.');

/** `new URL('worker.ts', …)` lies beside the module, without a dot in front. */
const toRelative = (path: string): string[] =>
  path === '' || path.startsWith('/') ? [] : isOurs(path) ? [path] : [`./${path}`];

/** Every text in an expression, so that both ways of `isSource ? './a.ts' : './a.js'` count. */
function listTexts(value: unknown): string[] {
  const texts: string[] = [];
  walk(value, (node) => {
    if (node.type === 'StringLiteral') texts.push(String(node.value));
    if (node.type === 'TemplateLiteral') texts.push(...listQuasis(node));
  });
  return texts;
}

/** A template without a gap is a text. */
const listQuasis = ({ quasis }: Node): string[] =>
  Array.isArray(quasis) && quasis.length === 1
    ? quasis.map(({ cooked }: { cooked: unknown }) => String(cooked))
    : [];

const isNamed = (node: unknown, name: string) =>
  isNode(node) && node.type === 'Identifier' && node.value === name;

const isMeta = (node: unknown) => isNode(node) && node.type === 'MetaProperty' && node.kind === 'import.meta';

const isMemberOfMeta = (node: unknown, name: string) =>
  isNode(node) && node.type === 'MemberExpression' && isMeta(node.object) && isNamed(node.property, name);

/** `import('…')` or `import.meta.resolve('…')` */
const isImport = (node: unknown) =>
  (isNode(node) && node.type === 'Import') || isMemberOfMeta(node, 'resolve');

/** `import.meta.url` */
const isOwnAddress = (node: unknown) => isMemberOfMeta(node, 'url');
