import { isCollection, isPair, isScalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';

/** Where parts of a document stand in its text. All positions are indexes into the text. */

/** The first character of a node. */
export const startOf = (node: unknown): number => (node as Node | null | undefined)?.range?.[0] ?? 0;

/** The first character of an item: of a pair, its key. */
export const startOfItem = (item: unknown): number => startOf(isPair(item) ? item.key : item);

/** Behind the last character of a node or pair, without comments and line ends that follow. */
export function endOf(text: string, item: unknown): number {
  if (isPair(item)) {
    const value = item.value as Node | null;
    return value?.range ? Math.max(endOf(text, value), afterColon(text, item)) : endOf(text, item.key);
  }
  if (isCollection(item) && !item.flow && item.items.length > 0) return endOf(text, item.items.at(-1));
  let end = (item as Node).range?.[1] ?? 0;
  while (end > startOf(item) && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** Behind the colon of a pair. */
export function afterColon(text: string, { key }: Pair): number {
  const end = (key as Node).range?.[1] ?? 0;
  const colon = text.indexOf(':', end);
  return colon < 0 ? end : colon + 1;
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** The end of the line, before its line end. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  if (found < 0) return text.length;
  return text[found - 1] === '\r' && found > at ? found - 1 : found;
}

export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

/** The dash before an item of a list in a block. Undefined: it is not where one would look for it. */
export function dashOf(text: string, list: YAMLSeq, index: number): number | undefined {
  const from = index === 0 ? startOf(list) : endOf(text, list.items[index - 1]);
  const dash = index === 0 ? from : text.lastIndexOf('-', startOf(list.items[index]) - 1);
  const isOne = text[dash] === '-' && dash >= from && columnOf(text, dash) === columnOf(text, startOf(list));
  return isOne ? dash : undefined;
}

/** Whether nothing but blanks stands before it on its line. */
export const beginsLine = (text: string, at: number): boolean =>
  text.slice(lineStart(text, at), at).trim() === '';

export const findPair = (map: YAMLMap, name: string): Pair | undefined =>
  map.items.find(({ key }) => isScalar(key) && String(key.value) === name);

/** Whether a value at this place stands inside `{ }` or `[ ]`. */
export const isInFlow = (holders: unknown[]): boolean =>
  holders.some((holder) => isCollection(holder) && holder.flow === true && holder.items.length > 0);
