import type { Document, YAMLMap, YAMLSeq } from 'yaml';
import type { Path } from '../../../schemas/json-pointer.ts';
import { replaceValue } from './put-text.ts';
import { beginsLine, dashOf, endOf, lineEnd, lineStart, startOf, startOfItem } from './text-places.ts';

const cut = (text: string, from: number, to: number): string => text.slice(0, from) + text.slice(to);

/** Takes an entry out of a map; the comments above it stay. Undefined: the text is laid out unusually. */
export function cutEntry(
  text: string,
  document: Document.Parsed,
  path: Path,
  map: YAMLMap,
  key: string,
): string | undefined {
  const index = map.items.findIndex((pair) => String((pair.key as { value?: unknown }).value) === key);
  if (index < 0) return text;
  if (map.items.length === 1) return path.length > 0 ? replaceValue(text, document, path, {}) : undefined;
  const from = startOfItem(map.items[index]);
  if (map.flow) return cutInFlow(text, map.items, index);
  if (beginsLine(text, from)) return cutLines(text, from, endOf(text, map.items[index]));
  // The first entry of an item stands beside its dash: the next one moves there.
  return index === 0 ? cut(text, from, startOfItem(map.items[1])) : undefined;
}

/** Takes an item out of a list. Undefined: the text is laid out unusually. */
export function cutItem(
  text: string,
  document: Document.Parsed,
  path: Path,
  list: YAMLSeq,
  index: number,
): string | undefined {
  if (index >= list.items.length) return text;
  if (list.items.length === 1) return path.length > 0 ? replaceValue(text, document, path, []) : undefined;
  if (list.flow) return cutInFlow(text, list.items, index);
  const dash = dashOf(text, list, index);
  if (dash === undefined) return undefined;
  if (beginsLine(text, dash)) return cutLines(text, dash, endOf(text, list.items[index]));
  return undefined;
}

/** Lets an item and the next one change places, each with the comments above it. */
export function swapItems(text: string, list: YAMLSeq, index: number): string | undefined {
  const [first, second] = [list.items[index], list.items[index + 1]];
  if (first === undefined || second === undefined) return undefined;
  if (list.flow)
    return exchange(text, [startOf(first), endOf(text, first)], [startOf(second), endOf(text, second)]);
  const dash = dashOf(text, list, index);
  if (dash === undefined || !beginsLine(text, dash)) return undefined;
  const before = index === 0 ? undefined : list.items[index - 1];
  const from = before === undefined ? lineStart(text, dash) : lineEnd(text, endOf(text, before)) + 1;
  const [end, last] = [lineEnd(text, endOf(text, first)), lineEnd(text, endOf(text, second))];
  return exchange(text, [from, end], [end + 1, last]);
}

type Span = [from: number, to: number];

const exchange = (text: string, [from, to]: Span, [next, end]: Span): string =>
  text.slice(0, from) + text.slice(next, end) + text.slice(to, next) + text.slice(from, to) + text.slice(end);

function cutInFlow(text: string, items: unknown[], index: number): string {
  return index > 0
    ? cut(text, endOf(text, items[index - 1]), endOf(text, items[index]))
    : cut(text, startOfItem(items[0]), startOfItem(items[1]));
}

function cutLines(text: string, from: number, to: number): string {
  const end = lineEnd(text, to);
  return cut(text, lineStart(text, from), text.startsWith('\r\n', end) ? end + 2 : end + 1);
}
