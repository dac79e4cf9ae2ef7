import { isDeepStrictEqual } from 'node:util';
import { type Document, isAlias, isMap, isSeq, parseDocument, stringify, visit } from 'yaml';
import type { Path } from '../../../schemas/json-pointer.ts';
import { cutEntry, cutItem, swapItems } from './cut-text.ts';
import { putEntry, putItem, replaceValue } from './put-text.ts';

/**
 * One change of a YAML text. `set` makes the maps and lists that lead to its place; the index after the last item of a
 * list adds one. `swap` lets an item and the next one change places.
 */
export type Edit =
  | { op: 'set'; path: Path; value: unknown }
  | { op: 'remove'; path: Path }
  | { op: 'swap'; path: Path };

/**
 * The text with the changes made. Only their places change: comments, order, quotes and blanks of all else stay as they
 * are. Where that cannot be done (anchors, unusual layouts), the text is written anew, with its comments. Throws
 * RangeError if the text cannot be read.
 */
export const editYaml = (text: string, edits: Edit[]): string => edits.reduce(editOnce, text);

function editOnce(text: string, given: Edit): string {
  const document = read(text);
  const { edit, hasAnchors } = outOfAliases(document, given);
  const value = document.toJS();
  const wanted = applyTo(value, edit);
  const near = tryNear(text, document, edit);
  if (near !== undefined && isDeepStrictEqual(toValueOf(near), wanted)) return near;
  // What an anchor names is shared: it changes wherever it is referred to.
  if (near !== undefined && hasAnchors && toValueOf(near) !== undefined) return near;
  return rewrite(document, edit, wanted);
}

/** A change below an alias (`*name`) gives its place a value of its own, which is what the alias stood for, changed. */
function outOfAliases(document: Document.Parsed, edit: Edit): { edit: Edit; hasAnchors: boolean } {
  let hasAnchors = false;
  visit(document, {
    Alias: () => {
      hasAnchors = true;
      return visit.BREAK;
    },
  });
  if (!hasAnchors) return { edit, hasAnchors };
  for (let length = 1; length < edit.path.length; length += 1) {
    const node = findNode(document.contents, edit.path.slice(0, length));
    if (!isAlias(node)) continue;
    const rest = { ...edit, path: edit.path.slice(length) };
    const value = applyTo(node.toJS(document), rest);
    return { edit: { op: 'set', path: edit.path.slice(0, length), value }, hasAnchors };
  }
  return { edit, hasAnchors };
}

const findNode = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, step) => (isMap(at) || isSeq(at) ? at.get(step, true) : undefined), root);

function read(text: string): Document.Parsed {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new RangeError('the text is no YAML', { cause: document.errors[0] });
  return document;
}

function toValueOf(text: string): unknown {
  try {
    return read(text).toJS();
  } catch {
    return undefined;
  }
}

/** Makes the change in the text itself. Undefined: its place is none that can be found there. */
function tryNear(text: string, document: Document.Parsed, edit: Edit): string | undefined {
  const { path } = edit;
  const last = path.at(-1);
  const holder = document.getIn(path.slice(0, -1), true);
  if (last === undefined) return undefined;
  if (edit.op === 'remove') {
    if (isMap(holder)) return cutEntry(text, document, path.slice(0, -1), holder, String(last));
    return isSeq(holder) ? cutItem(text, document, path.slice(0, -1), holder, Number(last)) : undefined;
  }
  if (edit.op === 'swap') return isSeq(holder) ? swapItems(text, holder, Number(last)) : undefined;
  const { value } = edit;
  if (isMap(holder) && holder.items.length > 0)
    return holder.has(last)
      ? replaceValue(text, document, path, value)
      : putEntry(text, holder, String(last), value);
  if (isSeq(holder) && holder.items.length > 0)
    return Number(last) < holder.items.length
      ? replaceValue(text, document, path, value)
      : putItem(text, holder, value);
  const made = typeof last === 'number' ? [value] : { [last]: value };
  if (path.length === 1) return undefined;
  return tryNear(text, document, { op: 'set', path: path.slice(0, -1), value: made });
}

/** The same by yaml itself, which lays the document out anew. What even that cannot do loses its comments. */
function rewrite(document: Document.Parsed, edit: Edit, wanted: unknown): string {
  try {
    const text = applyWithin(document, edit).toString({ lineWidth: 0 });
    if (isDeepStrictEqual(toValueOf(text), wanted)) return text;
  } catch {
    // An alias leads nowhere any more.
  }
  return stringify(wanted, { lineWidth: 0 });
}

function applyWithin(document: Document.Parsed, edit: Edit): Document.Parsed {
  const { path } = edit;
  if (edit.op === 'remove') document.deleteIn(path);
  else if (edit.op === 'swap') {
    const list = document.getIn(path.slice(0, -1), true);
    const at = Number(path.at(-1));
    if (isSeq(list)) list.items.splice(at, 2, list.items[at + 1], list.items[at]);
  } else document.setIn(path, document.createNode(edit.value));
  return document;
}

/** The value after the change. Pure. */
export function applyTo(value: unknown, edit: Edit): unknown {
  const [step] = edit.path;
  if (step === undefined) return edit.op === 'set' ? edit.value : value;
  return typeof step === 'number' ? applyToList(value, step, edit) : applyToMap(value, step, edit);
}

function applyToList(value: unknown, index: number, edit: Edit): unknown[] {
  const list = Array.isArray(value) ? [...value] : [];
  const isLast = edit.path.length === 1;
  if (isLast && edit.op === 'remove') list.splice(index, 1);
  else if (isLast && edit.op === 'swap') {
    if (index + 1 < list.length) list.splice(index, 2, list[index + 1], list[index]);
  } else list[index] = applyTo(list[index], { ...edit, path: edit.path.slice(1) });
  return list;
}

function applyToMap(value: unknown, name: string, edit: Edit): Record<string, unknown> {
  const map = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  const known = map as Record<string, unknown>;
  if (edit.path.length === 1 && edit.op === 'remove') delete known[name];
  else if (edit.op === 'set' || Object.hasOwn(known, name))
    known[name] = applyTo(known[name], { ...edit, path: edit.path.slice(1) });
  return known;
}
