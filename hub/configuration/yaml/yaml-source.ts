import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { toSegment, toSegments } from '../../../schemas/json-pointer.ts';
import { type Reason, said, toReason } from '../../../schemas/reason.ts';
import { findInScalar } from './find-in-scalar.ts';
import {
  findDepthProblem,
  findDuplicateKeys,
  findSizeProblem,
  isStorable,
  isTooDeep,
  tooDeep,
} from './yaml-limits.ts';

/** A place in a text, from 1. */
export interface Place {
  line: number;
  column: number;
}

/** The value of a YAML text, with its places. */
export interface YamlSource {
  value: unknown;
  /** Why the text cannot be read. */
  errors: (Place & { reason: Reason })[];
  /** The place of a JSON pointer. If it is missing, that of its nearest parent. */
  placeOf(pointer: string): Place;
  /** The line of {@link placeOf}. */
  lineOf(pointer: string): number;
  /** Where the value of a JSON pointer stands in the text. Undefined: there is no single value. */
  rangeOf(pointer: string): { from: number; to: number } | undefined;
  /**
   * Where the sign of a text value stands that many characters from its start. Undefined: the text is written in a way
   * (folded, with escapes) in which that cannot be told.
   */
  placeWithin(pointer: string, offset: number): Place | undefined;
  /** The pointer of the innermost key or item that begins on the line or last before it. */
  pointerAt(line: number): string;
}

/**
 * Reads a YAML text, whoever wrote it: a text that is too large, too deep or a bomb of aliases is an error like any
 * other. The value of a good text can be kept as JSON and comes back the same.
 */
export function readYaml(text: string): YamlSource {
  const refused = findSizeProblem(text) ?? findDepthProblem(text);
  if (refused) return toRefused(refused);
  const lines = new LineCounter();
  const toPlace = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line || 1, column: col || 1 };
  };
  // The parser's own search for equal keys compares each with each: minutes for a file of 1 MiB.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const errors = document.errors.map(({ pos, message }) => ({ ...toPlace(pos[0]), reason: said(message) }));
  for (const { offset, key } of findDuplicateKeys(document.contents))
    errors.push({ ...toPlace(offset), reason: toReason('key_twice', { key }) });
  const placeOf = (pointer: string) => toPlace(find(document.contents, toSegments(pointer)).offset);
  return {
    value: errors.length > 0 ? undefined : readValue(() => document.toJS(), errors),
    errors,
    placeOf,
    lineOf: (pointer) => placeOf(pointer).line,
    rangeOf(pointer) {
      const { node, isThere } = find(document.contents, toSegments(pointer));
      const range = isThere && isScalar(node) ? node.range : undefined;
      return range ? { from: range[0], to: range[1] } : undefined;
    },
    placeWithin(pointer, offset) {
      const { node, isThere } = find(document.contents, toSegments(pointer));
      const start = isThere && isScalar(node) ? findInScalar(text, node, offset) : undefined;
      return start === undefined ? undefined : toPlace(start);
    },
    pointerAt: (line) => findPointer(document.contents, lines.lineStarts[line] ?? text.length),
  };
}

/** The JSON form is what is stored: without it, -0 or .nan would differ from itself at the next look. */
function readValue(toValue: () => unknown, errors: YamlSource['errors']): unknown {
  const refuse = (reason: Reason) => void errors.push({ line: 1, column: 1, reason });
  let json: string | undefined;
  let isKept = true;
  try {
    json = JSON.stringify(toValue(), (name, value: unknown) => {
      if (!isStorable(name) || (typeof value === 'string' && !isStorable(value))) isKept = false;
      return value;
    });
  } catch {
    // The parser counts how often aliases repeat their anchors.
    return refuse(toReason('yaml_aliases'));
  }
  if (!isKept) return refuse(toReason('sign_not_storable'));
  const value: unknown = json === undefined ? undefined : JSON.parse(json);
  return isTooDeep(value) ? refuse(tooDeep()) : value;
}

function toRefused({ reason, line }: { reason: Reason; line: number }): YamlSource {
  const place = { line, column: 1 };
  return {
    value: undefined,
    errors: [{ ...place, reason }],
    placeOf: () => place,
    lineOf: () => line,
    rangeOf: () => undefined,
    placeWithin: () => undefined,
    pointerAt: () => '',
  };
}

function find(root: unknown, segments: string[]): { node: unknown; offset: number; isThere: boolean } {
  let node = root;
  let offset = startOf(root);
  for (const segment of segments) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment) as
        | Pair<Node, Node>
        | undefined;
      if (!pair) return { node, offset, isThere: false };
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      if (node === undefined) return { node, offset, isThere: false };
      offset = startOf(node);
    } else return { node, offset, isThere: false };
  }
  return { node, offset, isThere: true };
}

function findPointer(root: unknown, before: number): string {
  let pointer = '';
  let node = root;
  for (;;) {
    const items: [string, Node, unknown][] = isMap(node)
      ? node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), key as Node, value])
      : isSeq(node)
        ? node.items.map((item, index) => [String(index), item as Node, item])
        : [];
    const last = items.findLast(([, key]) => startOf(key) < before);
    if (!last) return pointer;
    pointer += `/${toSegment(last[0])}`;
    node = last[2];
  }
}

function startOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}
