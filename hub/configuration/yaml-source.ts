import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';

/** The value of a YAML text, with its lines. */
export interface YamlSource {
  value: unknown;
  /** Why the text cannot be read. */
  errors: { line: number; message: string }[];
  /** The line, from 1, of the place of a JSON pointer. If the place is missing, the line of its nearest parent. */
  lineOf(pointer: string): number;
}

export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const errors = document.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    message: error.message,
  }));
  return {
    value: errors.length > 0 ? undefined : document.toJS(),
    errors,
    lineOf: (pointer) => lines.linePos(findOffset(document.contents, toSegments(pointer))).line || 1,
  };
}

function toSegments(pointer: string): string[] {
  const escaped = pointer.split('/').slice(1);
  return escaped.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function findOffset(root: unknown, segments: string[]): number {
  let node = root;
  let offset = startOf(root);
  for (const segment of segments) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment) as
        | Pair<Node, Node>
        | undefined;
      if (!pair) return offset;
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      if (node === undefined) return offset;
      offset = startOf(node);
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}
