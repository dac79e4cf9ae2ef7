import type { ShapePlace } from '../../../adapters/contract.ts';

/**
 * - `gone`: the place is not there any more
 * - `type`, `shorter`, `charset`: the place takes or gives something else, or less
 * - `required`: the place must have a value now
 * - `unmapped`: the place holds codes that the configuration's table does not know
 * - `new`, `longer`, `optional`: no mapping fails by these
 */
export type ShapeChangeKind = keyof typeof changeKinds;

/** All of {@link ShapeChangeKind}. */
export const listChangeKinds = () => Object.keys(changeKinds) as ShapeChangeKind[];

/** Whether a change of this kind breaks a mapping that uses the place. */
const changeKinds = {
  gone: true,
  type: true,
  shorter: true,
  charset: true,
  required: true,
  unmapped: true,
  new: false,
  longer: false,
  optional: false,
} as const;

/** How one place of a board differs from the normal shape. */
export interface ShapeChange {
  place: string;
  kind: ShapeChangeKind;
  before?: string;
  now?: string;
  /** Where the configuration uses the place: pointers below `board.settings`. */
  uses: string[];
}

/** Whether the change touches a place that the agency's configuration uses. */
export const isConcerning = ({ kind, uses }: ShapeChange): boolean => changeKinds[kind] && uses.length > 0;

/** What differs, and what becomes normal without anybody's decision. Pure. */
export interface Comparison {
  changes: ShapeChange[];
  learned: ShapePlace[];
}

/**
 * Compares a board's normal shape with what was seen now. `usesOf`: see the contract; it answers for today's settings.
 */
export function compareShapes(
  approved: ShapePlace[],
  seen: ShapePlace[],
  usesOf: (place: string) => string[],
): Comparison {
  const before = new Map(approved.map((one) => [one.place, one]));
  const now = new Map(seen.map((one) => [one.place, one]));
  const tell = (place: string, difference: Omit<ShapeChange, 'place' | 'uses'>): ShapeChange => ({
    place,
    ...difference,
    uses: [...new Set(usesOf(place))].sort(),
  });
  const gone = listGone(approved, now, countParents(seen));
  const changed = seen.flatMap((one) => {
    const known = before.get(one.place);
    return [
      ...(known ? compare(known, one) : []),
      ...compareCodes(known, one),
      ...(known || isLearned(one, before, usesOf) ? [] : [{ kind: 'new' as const, now: one.type }]),
    ].map((difference) => tell(one.place, difference));
  });
  const goneChanges = gone.map(({ place, type }) => tell(place, { kind: 'gone', before: type }));
  return {
    changes: [...goneChanges, ...changed].sort((a, b) => Number(isConcerning(b)) - Number(isConcerning(a))),
    learned: learn(approved, seen, before, now, usesOf),
  };
}

/**
 * What is normal from the first look on. A code that no table knows is never normal, however long it has been there.
 */
export const toNormal = (seen: ShapePlace[]): ShapePlace[] => seen.map(({ unmapped: _, ...place }) => place);

const parentOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('.')));

/** How many objects the newest posts had at each parent. Without any, nothing can be missing in it. */
function countParents(seen: ShapePlace[]): Map<string, number> {
  return new Map(
    seen.flatMap(({ place, seen: counts }) => (counts ? [[parentOf(place), counts.of] as const] : [])),
  );
}

function listGone(
  approved: ShapePlace[],
  now: Map<string, ShapePlace>,
  parents: Map<string, number>,
): ShapePlace[] {
  const missing = approved.filter((one) => {
    if (now.has(one.place) || one.place.endsWith('[]')) return false;
    return !one.seen || isNoChance(one.seen, parents.get(parentOf(one.place)) ?? 0);
  });
  // If a table or an operation is gone, everything in it is gone too. It is reported once.
  const places = new Set(missing.map(({ place }) => place));
  return missing.filter(({ place }) => {
    for (let parent = parentOf(place); parent !== ''; parent = parentOf(parent))
      if (places.has(parent)) return false;
    return true;
  });
}

/**
 * A field that some posts lack may be missing by chance. It counts as gone if that chance is below one in a hundred.
 */
const chance = 0.01;

function isNoChance(before: NonNullable<ShapePlace['seen']>, times: number): boolean {
  // Laplace's rule of succession: a field that was there once is not always there for that.
  const odds = 1 - (before.in + 1) / (before.of + 2);
  return times > 0 && odds ** times < chance;
}

type Difference = Omit<ShapeChange, 'place' | 'uses'>;

function compare(before: ShapePlace, now: ShapePlace): Difference[] {
  const differences: Difference[] = [];
  const isNews = before.seen ? !isCovered(before.type, now.type) : before.type !== now.type;
  if (isNews) differences.push({ kind: 'type', before: before.type, now: now.type });
  else if (before.length !== now.length) differences.push(compareLengths(before.length, now.length));
  if (before.charset !== now.charset)
    differences.push({ kind: 'charset', before: before.charset ?? 'UTF-8', now: now.charset ?? 'UTF-8' });
  if (before.nullable !== now.nullable) differences.push({ kind: now.nullable ? 'optional' : 'required' });
  return differences;
}

const toLength = (length: number | undefined) => (length === undefined ? {} : { now: String(length) });

function compareLengths(before: number | undefined, now: number | undefined): Difference {
  const isShorter = (now ?? Number.POSITIVE_INFINITY) < (before ?? Number.POSITIVE_INFINITY);
  return {
    kind: isShorter ? 'shorter' : 'longer',
    ...(before !== undefined && { before: String(before) }),
    ...toLength(now),
  };
}

/** Posts need not show every type that a field may have. A type that they never showed is news. */
function isCovered(before: string, now: string): boolean {
  if (before === 'null' || now === 'null') return true;
  const known = new Set(before.split('|'));
  return now.split('|').every((kind) => known.has(kind) || (kind.startsWith('time ') && known.has('string')));
}

function compareCodes(before: ShapePlace | undefined, { unmapped = [] }: ShapePlace): Difference[] {
  const codes = unmapped.filter((code) => !before?.unmapped?.includes(code));
  return codes.length > 0 ? [{ kind: 'unmapped', now: codes.join(', ') }] : [];
}

/**
 * A field that posts show for the first time is no news in two cases: nothing was known of its parent (the first answer
 * on a new board), or a mapping expects it.
 */
function isLearned(
  { place, seen }: ShapePlace,
  before: Map<string, ShapePlace>,
  usesOf: (place: string) => string[],
): boolean {
  if (!seen) return false;
  const parent = parentOf(place);
  const isFirst = ![...before.values()].some((one) => one.seen && parentOf(one.place) === parent);
  return isFirst || usesOf(place).length > 0;
}

function learn(
  approved: ShapePlace[],
  seen: ShapePlace[],
  before: Map<string, ShapePlace>,
  now: Map<string, ShapePlace>,
  usesOf: (place: string) => string[],
): ShapePlace[] {
  const known = approved.map((one) => {
    const found = now.get(one.place);
    if (!one.seen || !found?.seen) return one;
    const type = one.type === 'null' ? found.type : one.type;
    return { ...one, type, seen: found.seen.of > one.seen.of ? found.seen : one.seen };
  });
  const added = seen.filter((one) => !before.has(one.place) && isLearned(one, before, usesOf));
  return [...known, ...toNormal(added)];
}
