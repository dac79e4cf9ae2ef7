import type { ShapePlace } from '../../contract.ts';
import type { CodeTables } from '../expressions/codes.ts';
import type { Located } from './check-expressions.ts';
import { type CodeField, listNamesRead, listNamesWritten } from './expression-names.ts';

/** The sample size: the newest posts, and no more than are useful. */
const wanted = 20;
const mostPosts = 50;
const day = 86_400_000;

/**
 * Returns the newest posts of a board that lists by `since`: those of today, else of this month, else from the
 * beginning. It makes at most three calls. `read` returns one page.
 */
export async function readNewest<T>(
  read: (since: string | undefined) => Promise<{ posts: unknown[]; told: T }>,
  now = Date.now(),
): Promise<{ posts: unknown[]; told: T }> {
  for (const days of [1, 30]) {
    const page = await read(new Date(now - days * day).toISOString());
    if (page.posts.length >= wanted) return { ...page, posts: page.posts.slice(-mostPosts) };
  }
  const page = await read(undefined);
  return { ...page, posts: page.posts.slice(-mostPosts) };
}

/** Places below one root, with the expressions that may read (or write) them. */
export interface ShapeGroup {
  /** A place. The names after it are those that its expressions see. */
  root: string;
  expressions: Located[];
  /** True: the expressions write these fields and do not read them. */
  writes?: boolean;
}

/**
 * Creates `usesOf` for places below the roots of some groups. An expression uses a place if it contains the names of
 * the place's path. The expressions are parsed at the first call, because most adapters never get one.
 */
export function createUses(groups: ShapeGroup[]): (place: string) => string[] {
  const readGroups = () =>
    groups.map(({ root, expressions, writes }) => ({
      root,
      readers: expressions.map(
        ([pointer, source]) => [pointer, (writes ? listNamesWritten : listNamesRead)(source)] as const,
      ),
    }));
  let known: ReturnType<typeof readGroups> | undefined;
  return (place) => {
    known ??= readGroups();
    return known.flatMap(({ root, readers }) => {
      const names = namesBelow(root, place);
      const last = names?.at(-1);
      if (!names || last === undefined) return [];
      const reach = (name: string) => readers.some(([, read]) => read.has(name));
      return names.every(reach) ? readers.flatMap(([pointer, read]) => (read.has(last) ? pointer : [])) : [];
    });
  };
}

/** The names of a place's path below a root. Undefined: the place lies elsewhere. */
export function namesBelow(root: string, place: string): string[] | undefined {
  if (!place.startsWith(`${root}.`)) return undefined;
  return place
    .slice(root.length + 1)
    .replaceAll('[]', '')
    .split('.');
}

interface Seen {
  kinds: Set<string>;
  /** How often the place was present. */
  in: number;
  parent: string;
  /** Short texts and numbers, kept until the code tables are checked. They leave this file only as unmapped codes. */
  values: Set<string>;
}

/** Limits beyond what posts of boards have. They cut off data without end. */
const mostDepth = 10;
const mostNames = 100;
const mostValues = 40;

export interface ShapeOptions {
  /** True: lists are named, but their items are not examined. */
  flat?: boolean;
  codes?: { fields: CodeField[]; tables: CodeTables };
}

/** Lists the places of some values together: their JSON types, and how often each was present. */
export function shapeOfValues(root: string, values: unknown[], options: ShapeOptions = {}): ShapePlace[] {
  const places = new Map<string, Seen>();
  const objects = new Map<string, number>();
  const enter = (place: string, parent: string, value: unknown, depth: number) => {
    const seen = places.get(place) ?? { kinds: new Set(), in: 0, parent, values: new Set() };
    places.set(place, seen);
    seen.in += 1;
    const kind = kindOf(value);
    if (kind) seen.kinds.add(kind);
    if (isShort(value) && seen.values.size <= mostValues) seen.values.add(String(value));
    descend(place, value, depth);
  };
  const descend = (place: string, value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > mostDepth) return;
    if (Array.isArray(value)) {
      if (!options.flat) for (const item of value) enter(`${place}[]`, place, item, depth + 1);
      return;
    }
    objects.set(place, (objects.get(place) ?? 0) + 1);
    // Such a large object is a list by key, and the keys may be anything. So only the first names count.
    const entries = Object.entries(value).slice(0, mostNames);
    for (const [name, item] of entries) enter(`${place}.${nameOf(name)}`, place, item, depth + 1);
  };
  for (const value of values) descend(root, value, 0);
  const shown = [...places].filter(([place, { kinds }]) => !place.endsWith('[]') || !isOnlyObjects(kinds));
  const unmapped = findUnmapped(root, places, options.codes);
  return shown.map(([place, seen]) => ({
    place,
    type: typeOf(seen.kinds),
    seen: { in: seen.in, of: place.endsWith('[]') ? seen.in : (objects.get(seen.parent) ?? seen.in) },
    ...(unmapped.has(place) && { unmapped: unmapped.get(place) ?? [] }),
  }));
}

const nameOf = (name: string) => (/^[\p{L}_$@#:-][\p{L}\p{N}_$@#: -]{0,60}$/u.test(name) ? name : '*');
const isOnlyObjects = (kinds: Set<string>) => kinds.size === 1 && kinds.has('object');
const isShort = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && value.length > 0 && value.length <= 20);

/** Undefined for nothing: boards write "none" as null or as an empty text. */
function kindOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'string') return typeof value;
  // The way in which a time is written is part of its kind, because a mapping depends on it.
  if (!/^\d{4}[-./]?\d{2}[-./]?\d{2}([T ]?\d{2}:?\d{2}.{0,20})?$/.test(value)) return 'string';
  return `time ${value
    .replace(/\.\d+/, '.9')
    .replace(/(Z|[+-]\d{2}:?\d{2})$/, 'Z')
    .replace(/\d/g, '9')}`;
}

function typeOf(kinds: Set<string>): string {
  const times = [...kinds].filter((kind) => kind.startsWith('time '));
  const isText = kinds.has('string') || times.length > 2;
  const others = [...kinds].filter((kind) => !times.includes(kind));
  const all = isText ? [...new Set([...others, 'string'])] : [...kinds];
  return all.sort().join('|') || 'null';
}

/** More or longer values are no codes: the field has changed its meaning. Its values then stay here. */
const mostCodes = 8;
const looksLikeCode = (value: string) => /^[\p{L}\p{N}_.-]{1,20}$/u.test(value) && !/\d{7}/.test(value);

function findUnmapped(
  root: string,
  places: Map<string, Seen>,
  { fields, tables }: NonNullable<ShapeOptions['codes']> = { fields: [], tables: {} },
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { table, path } of fields) {
    const known = tables[table] ?? {};
    const isKnown = (value: string) => Object.hasOwn(known, value);
    const ending = [...places].filter(([place]) => {
      const names = namesBelow(root, place) ?? [];
      return names.slice(-path.length).join('.') === path.join('.');
    });
    // If two fields have the same name, the one that holds known codes is meant.
    const meant = ending.length > 1 ? ending.filter(([, { values }]) => [...values].some(isKnown)) : ending;
    for (const [place, { values }] of meant) {
      const unknown = [...values].filter((value) => !isKnown(value)).sort();
      const told = unknown.length <= mostCodes && unknown.every(looksLikeCode) ? unknown : ['…'];
      if (unknown.length > 0) found.set(place, told);
    }
  }
  return found;
}
