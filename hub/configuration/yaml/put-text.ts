import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Path } from '../../../schemas/json-pointer.ts';
import {
  afterColon,
  columnOf,
  dashOf,
  endOf,
  findPair,
  isInFlow,
  lineEnd,
  startOf,
  startOfItem,
} from './text-places.ts';
import { type ScalarStyle, writeInBlock, writeInFlow, writeItem, writeKey } from './write-value.ts';

const splice = (text: string, from: number, to: number, between: string): string =>
  text.slice(0, from) + between + text.slice(to);

/** Puts a new entry behind the last one of a map that has some. */
export function putEntry(text: string, map: YAMLMap, key: string, value: unknown): string {
  const end = endOf(text, map.items.at(-1));
  if (map.flow) return splice(text, end, end, `, ${writeKey(key)}: ${writeInFlow(value)}`);
  const column = columnOf(text, startOfItem(map.items[0]));
  const at = lineEnd(text, end);
  const entry = `${writeKey(key)}:${writeInBlock(value, column)}`;
  return splice(text, at, at, `\n${' '.repeat(column)}${entry}`);
}

/** Puts a new item behind the last one of a list that has some. */
export function putItem(text: string, list: YAMLSeq, value: unknown): string {
  const end = endOf(text, list.items.at(-1));
  if (list.flow) return splice(text, end, end, `, ${writeInFlow(value)}`);
  const column = columnOf(text, startOf(list));
  const at = lineEnd(text, end);
  return splice(text, at, at, `\n${' '.repeat(column)}- ${writeItem(value, column)}`);
}

/** Puts another value in the place of one that is there. Undefined: the place is not found. */
export function replaceValue(
  text: string,
  document: Document.Parsed,
  path: Path,
  value: unknown,
): string | undefined {
  const holders = path.map((_, length) => document.getIn(path.slice(0, length), true));
  const holder = holders.at(-1);
  const node = document.getIn(path, true) as Node | undefined;
  const style = styleOf(node);
  const inFlow = isInFlow(holders);
  if (isSeq(holder)) {
    if (!node?.range) return undefined;
    const from = startOf(node);
    if (inFlow) return splice(text, from, endOf(text, node), writeInFlow(value, style));
    const dash = dashOf(text, holder, Number(path.at(-1)));
    if (dash === undefined) return undefined;
    const column = columnOf(text, dash);
    if (isScalar(node) && !isCollection(value) && isOneLine(text, node))
      return splice(text, from, endOf(text, node), writeInBlock(value, column, style).trimStart());
    return splice(text, dash + 1, endOf(text, node), ` ${writeItem(value, column)}`);
  }
  const pair = isMap(holder) ? findPair(holder, String(path.at(-1))) : undefined;
  if (!pair) return undefined;
  const colon = afterColon(text, pair);
  const end = Math.max(colon, endOf(text, pair));
  const written = inFlow
    ? ` ${writeInFlow(value, style)}`
    : writeInBlock(value, columnOf(text, startOf(pair.key)), style);
  const gap = text.slice(colon, Math.max(colon, startOf(node)));
  const keepsGap = /^[ \t]+$/.test(gap) && written.startsWith(' ') && end > colon;
  return splice(text, keepsGap ? colon + gap.length : colon, end, keepsGap ? written.slice(1) : written);
}

const styleOf = (node: unknown): ScalarStyle => (isScalar(node) && node.type ? node.type : undefined);

const isOneLine = (text: string, node: Node): boolean =>
  !text.slice(startOf(node), endOf(text, node)).includes('\n');
