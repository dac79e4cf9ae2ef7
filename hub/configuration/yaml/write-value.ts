import { Document, isCollection, isScalar, Scalar, visit } from 'yaml';

const options = { lineWidth: 0, flowCollectionPadding: true } as const;

/** How the text of a scalar was written before, so that it is written in the same way again. */
export type ScalarStyle = Scalar.Type | undefined;

/**
 * A value as it stands after `key:` in a block, its further lines indented below a key in column `column`. It begins
 * with a blank or a line end.
 */
export function writeInBlock(value: unknown, column: number, style?: ScalarStyle): string {
  return indent(afterKey(value, style), column);
}

/** A value as it stands after `- ` of a list whose dashes are in column `column`. */
export function writeItem(value: unknown, column: number): string {
  const document = new Document([value]);
  return indent(document.toString(options).trimEnd().replace(/^- /, ''), column);
}

/** A value inside `{ }` or `[ ]`. */
export function writeInFlow(value: unknown, style?: ScalarStyle): string {
  const document = new Document([value]);
  visit(document, {
    Collection: (_key, node) => {
      node.flow = true;
    },
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && node.value.includes('\n')) node.type = Scalar.QUOTE_DOUBLE;
      else if (style && typeof node.value === 'string') node.type = style;
    },
  });
  const text = document.toString(options).trimEnd();
  return text
    .slice(1, -1)
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

/** A key as it stands before its colon. */
export function writeKey(key: string): string {
  const text = new Document({ [key]: 0 }).toString(options);
  return text.slice(0, text.lastIndexOf(':'));
}

function afterKey(value: unknown, style: ScalarStyle): string {
  const document = new Document({ k: value });
  const node = document.get('k', true);
  if (isScalar(node) && style && typeof value === 'string' && fits(value, style)) node.type = style;
  if (isCollection(node) && node.items.length === 0) node.flow = true;
  return document.toString(options).trimEnd().slice('k:'.length);
}

/** A text of several lines is a block; a quoted style would hide its lines. */
function fits(value: string, style: ScalarStyle): boolean {
  const isBlock = style === Scalar.BLOCK_LITERAL || style === Scalar.BLOCK_FOLDED;
  return value.includes('\n') ? style === Scalar.BLOCK_LITERAL : !isBlock || style === Scalar.BLOCK_LITERAL;
}

const indent = (text: string, column: number): string =>
  text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(column)}`);
