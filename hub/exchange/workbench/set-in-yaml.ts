import { isScalar, parseDocument, Scalar } from 'yaml';

/**
 * Writes a text at a JSON pointer of a YAML document, and leaves comments and all else as they are. A text of several
 * lines becomes a block. Undefined: the document cannot be read, or the pointer leads into a value that is none.
 */
export function setInYaml(source: string, pointer: string, text: string): string | undefined {
  const document = parseDocument(source, { prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  const path = pointer.split('/').slice(1).map(toName);
  const before: unknown = document.getIn(path, true);
  try {
    if (isScalar(before)) write(before, text);
    else document.setIn(path, write(new Scalar(text), text));
    return document.toString({ lineWidth: 0 });
  } catch {
    return undefined;
  }
}

const toName = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

function write(node: Scalar, text: string): Scalar {
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const isLong = text.includes('\n');
  // A block ends with a line end, as people write it.
  node.value = isLong || isBlock ? `${text.trimEnd()}\n` : text;
  if (isLong) node.type = 'BLOCK_LITERAL';
  return node;
}
