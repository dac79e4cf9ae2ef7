import { type Document, isMap, isSeq, visit, type YAMLMap, type YAMLSeq } from 'yaml';

/**
 * The text of a document that was read from `source` and changed. What was not changed keeps its lines, so that the
 * difference between two versions shows what a person did: lists within a line stay `[a, b]`, nothing is folded.
 */
export function toText(document: Document, source: string): string {
  visit(document, {
    Seq(_key, node) {
      if (node.flow) printTight(node);
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: !hasFlushLists.test(source) });
}

/** A list whose dashes stand below the first letter of its name. */
const hasFlushLists = /^\w+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*- /m;

/** yaml pads `{ a: b }` and `[ a ]` alike. People write `{ a: [b] }`, as the files that come with the hub do. */
function printTight(node: YAMLSeq): void {
  const print = node.toString.bind(node);
  node.toString = (context, ...rest) => print(context && { ...context, flowCollectionPadding: '' }, ...rest);
}

/** The list under a name of the document, made if it is missing, with a line for each entry. */
export function listOf(document: Document, name: string): YAMLSeq {
  const found = document.get(name);
  if (isSeq(found)) return onLines(found);
  const made = document.createNode([]);
  document.set(name, made);
  return made;
}

/** The same for a mapping. */
export function mapOf(document: Document, name: string): YAMLMap {
  const found = document.get(name);
  if (isMap(found)) return onLines(found);
  const made = document.createNode({});
  document.set(name, made);
  return made;
}

/** `[]` and `{}` get lines when something is put into them. */
function onLines<Node extends YAMLMap | YAMLSeq>(node: Node): Node {
  if (node.items.length === 0) node.flow = false;
  return node;
}
