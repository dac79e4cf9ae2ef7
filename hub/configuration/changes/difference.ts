import { toSegment } from '../../../schemas/json-pointer.ts';
import { type ConfigurationDocument, type DocumentKind, keyOf } from '../document.ts';

export interface PlaceChange {
  /** JSON pointer */
  path: string;
  change: 'added' | 'changed' | 'removed';
}

/** What applying would do to one document. */
export interface DocumentChange {
  kind: DocumentKind;
  name: string;
  change: 'added' | 'changed' | 'removed';
  /**
   * JSON pointers of the differences in a changed document. Values are left out, because this is printed and logged.
   * Empty in a changed document: only its text differs, in comments or layout.
   */
  paths: PlaceChange[];
  /** The new body. Undefined: the document is removed. */
  body: unknown;
  /** The new text. Undefined: the document is removed. */
  source: string | undefined;
}

/** The changes that lead from the documents in force to the wanted ones. Pure. */
export function compareDocuments(
  inForce: ConfigurationDocument[],
  wanted: ConfigurationDocument[],
): DocumentChange[] {
  const before = new Map(inForce.map((document) => [keyOf(document), document]));
  const after = new Map(wanted.map((document) => [keyOf(document), document]));
  const gone = [...before.values()].filter((document) => !after.has(keyOf(document)));
  return [
    ...wanted.map((document) => compareDocument(before.get(keyOf(document)), document)),
    ...gone.map((document) => compareDocument(document, undefined)),
  ].filter((change) => change !== undefined);
}

/** The change of one document. Undefined: there is none, neither of its values nor of its text. */
export function compareDocument(
  before: ConfigurationDocument | undefined,
  after: ConfigurationDocument | undefined,
): DocumentChange | undefined {
  const { kind, name } = (after ?? before) as ConfigurationDocument;
  const part = { kind, name, body: after?.body, source: after?.source };
  if (!before) return after && { ...part, change: 'added', paths: [] };
  if (!after) return { ...part, change: 'removed', paths: [] };
  const paths = comparePlaces(before.body, after.body, '');
  return paths.length > 0 || before.source !== after.source
    ? { ...part, change: 'changed', paths }
    : undefined;
}

/** The places at which two values differ. */
export function comparePlaces(before: unknown, after: unknown, path: string): PlaceChange[] {
  if (before === undefined) return after === undefined ? [] : [{ path, change: 'added' }];
  if (after === undefined) return [{ path, change: 'removed' }];
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after))
    return Object.is(before, after) ? [] : [{ path, change: 'changed' }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => comparePlaces(before[name], after[name], `${path}/${toSegment(name)}`));
}

export function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
