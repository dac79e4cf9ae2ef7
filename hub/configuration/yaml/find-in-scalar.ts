import type { Scalar } from 'yaml';

/**
 * Where a sign of a scalar's value stands in the YAML text. Undefined: the value is not written sign by sign as it is
 * read, as in a folded text or one with escapes.
 */
export function findInScalar(text: string, scalar: Scalar, offset: number): number | undefined {
  const { value, range, type } = scalar;
  if (typeof value !== 'string' || !range || offset < 0 || offset > value.length) return undefined;
  const [from, to] = range;
  if (type === 'BLOCK_LITERAL') return findInBlock(text, value, from, offset);
  const quote = type === 'PLAIN' ? 0 : 1;
  return text.slice(from + quote, to - quote) === value ? from + quote + offset : undefined;
}

/** The lines of a literal block (`|`) are those of its value, each after the same indentation. */
function findInBlock(text: string, value: string, header: number, offset: number): number | undefined {
  const start = text.indexOf('\n', header) + 1;
  if (start === 0) return undefined;
  const written = text.slice(start).split('\n');
  const read = value.split('\n');
  const filled = read.findIndex((line) => line.trim() !== '');
  const indent = (written[filled]?.replace(/\r$/, '').length ?? 0) - (read[filled]?.length ?? 0);
  if (filled < 0 || indent < 0) return undefined;
  const before = value.slice(0, offset).split('\n');
  const line = before.length - 1;
  if (written[line]?.replace(/\r$/, '').slice(indent) !== read[line]) return undefined;
  const lengths = written.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  return start + lengths + indent + (before.at(-1)?.length ?? 0);
}
