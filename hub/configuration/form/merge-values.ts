import { findAt, toPath, toSegments } from '../../../schemas/json-pointer.ts';
import { comparePlaces } from '../changes/difference.ts';
import { type Edit, editYaml } from '../yaml/edit-yaml.ts';
import { readYaml } from '../yaml/yaml-source.ts';

/** A place that both have changed, and differently. */
export interface ValueConflict {
  pointer: string;
  /** Undefined: it is not there. */
  mine: unknown;
  theirs: unknown;
}

/**
 * Joins two texts value by value, where joining them line by line fails: `theirs` with what `mine` has changed since
 * `begun`. Comments are those of `theirs`. What both have changed is listed, and stays as `theirs` has it unless it is
 * among `keep`. Undefined: one of them cannot be read.
 */
export function mergeValues(
  begun: string,
  mine: string,
  theirs: string,
  keep: ReadonlySet<string>,
): { source: string; conflicts: ValueConflict[] } | undefined {
  const [was, own, other] = [begun, mine, theirs].map(readYaml);
  if (!was || !own || !other || [was, own, other].some(({ errors }) => errors.length > 0)) return undefined;
  const moved = comparePlaces(was.value, other.value, '').map(({ path }) => path);
  const conflicts: ValueConflict[] = [];
  const edits: Edit[] = [];
  for (const { path } of comparePlaces(was.value, own.value, '')) {
    const values = { mine: at(own.value, path), theirs: at(other.value, path) };
    if (JSON.stringify(values.mine) === JSON.stringify(values.theirs)) continue;
    const isShared = moved.some((one) => isWithin(one, path) || isWithin(path, one));
    if (isShared) conflicts.push({ pointer: path, ...values });
    if (!isShared || keep.has(path)) edits.push(toEdit(other.value, path, values.mine));
  }
  // From the end, so that an item that goes moves no other one that still has to.
  return {
    source: editYaml(theirs, [...edits.filter(isSet), ...edits.filter((one) => !isSet(one)).reverse()]),
    conflicts,
  };
}

const isSet = ({ op }: Edit): boolean => op === 'set';
const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

function toEdit(root: unknown, pointer: string, value: unknown): Edit {
  const path = toPath(pointer, root);
  return value === undefined ? { op: 'remove', path } : { op: 'set', path, value };
}

const at = (root: unknown, pointer: string): unknown => findAt(root, toSegments(pointer));
