import type { ConfigurationDocument, DocumentKind } from './document.ts';

/** What applying would do to one document. */
export interface DocumentChange {
  kind: DocumentKind;
  name: string;
  change: 'added' | 'changed' | 'removed';
  /**
   * JSON pointers of the differences in a changed document. Values are left out, because this is printed and logged.
   */
  paths: { path: string; change: 'added' | 'changed' | 'removed' }[];
  /** The new body. Undefined: the document is removed. */
  body: unknown;
}

/** The changes that lead from the documents in force to the wanted ones. Pure. */
export function compareDocuments(
  inForce: ConfigurationDocument[],
  wanted: ConfigurationDocument[],
): DocumentChange[] {
  const before = new Map(inForce.map((document) => [keyOf(document), document]));
  const after = new Map(wanted.map((document) => [keyOf(document), document]));
  const changes: DocumentChange[] = [];
  for (const [key, { kind, name, body }] of after) {
    const old = before.get(key);
    const paths = old ? comparePlaces(old.body, body, '') : [];
    if (!old) changes.push({ kind, name, change: 'added', paths, body });
    else if (paths.length > 0) changes.push({ kind, name, change: 'changed', paths, body });
  }
  for (const [key, { kind, name }] of before)
    if (!after.has(key)) changes.push({ kind, name, change: 'removed', paths: [], body: undefined });
  return changes;
}

const keyOf = ({ kind, name }: ConfigurationDocument) => `${kind} ${name}`;

function comparePlaces(before: unknown, after: unknown, path: string): DocumentChange['paths'] {
  if (before === undefined) return after === undefined ? [] : [{ path, change: 'added' }];
  if (after === undefined) return [{ path, change: 'removed' }];
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after))
    return Object.is(before, after) ? [] : [{ path, change: 'changed' }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    comparePlaces(before[name], after[name], `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
