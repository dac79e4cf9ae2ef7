/** JSON pointers (RFC 6901): the way to a place of a value, as text. The empty one is the value itself. */

/** A name as it stands in a pointer. */
export const toSegment = (name: string | number): string =>
  String(name).replaceAll('~', '~0').replaceAll('/', '~1');

/** The names of a pointer. Digits stay text: whether they are an index depends on the value. */
export const toSegments = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The way to a place of a value: keys of objects, indexes of lists. */
export type Path = (string | number)[];

/** The way that a pointer means in a value: a segment is an index where the value has a list. */
export function toPath(pointer: string, value: unknown): Path {
  let here = value;
  return toSegments(pointer).map((segment) => {
    const step = Array.isArray(here) && /^\d+$/.test(segment) ? Number(segment) : segment;
    here = findAt(here, [step]);
    return step;
  });
}

/** What stands at a place. Undefined: nothing. */
export const findAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (holder, step) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, step)
        ? (holder as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );

/**
 * A copy without what stands at these places. In a list an empty object takes its place, so that the others keep theirs.
 * A pointer at nothing takes nothing away; that of the whole value leaves nothing.
 */
export function withoutPlaces(value: unknown, pointers: readonly string[]): unknown {
  if (pointers.includes('')) return undefined;
  const copy = structuredClone(value);
  for (const pointer of pointers) {
    const path = toPath(pointer, copy);
    const holder = findAt(copy, path.slice(0, -1));
    const last = path.at(-1);
    if (last === undefined || typeof holder !== 'object' || holder === null) continue;
    if (Array.isArray(holder) && Number(last) < holder.length) holder[Number(last)] = {};
    else Reflect.deleteProperty(holder, last);
  }
  return copy;
}
