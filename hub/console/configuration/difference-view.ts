import { toSegments } from '../../../schemas/json-pointer.ts';
import type { ChangedLine } from '../../configuration/changes/compare-lines.ts';
import type { PlannedChange } from '../../configuration/changes/plan-change.ts';
import { findFieldText } from './field-texts.ts';

/** Lines of the same text that are shown around each change. */
const around = 3;
/** The most places in words; further ones are counted. */
const mostPlaces = 100;

/** A difference for a page: in words, and line by line without the long parts that stay. Pure. */
export function toDifference({ places, lines }: Pick<PlannedChange, 'places' | 'lines'>) {
  return {
    places: places.slice(0, mostPlaces).map(toShownPlace),
    more: Math.max(0, places.length - mostPlaces),
    lines: toShownLines(lines),
    textOnly: places.length === 0 && lines.some(({ kind }) => kind !== 'same'),
    same: places.length === 0 && lines.every(({ kind }) => kind === 'same'),
  };
}

/** A planned change for a page: the difference and what hinders it. */
export const toPlanned = (planned: Pick<PlannedChange, 'places' | 'lines' | 'problems'>) => ({
  difference: toDifference(planned),
  problems: planned.problems.map(({ pointer, reason, line = null }) => ({ pointer, reason, line })),
});

const toShownPlace = ({ path, change, before, after }: PlannedChange['places'][number]) => ({
  path,
  change,
  parts: toParts(path),
  before: before ?? null,
  after: after ?? null,
});

/** The way to a place, each step with the key of its text, or its own name. */
export function toParts(path: string): { label: string | null; name: string; index: number | null }[] {
  let place = '';
  return toSegments(path).map((name) => {
    const isIndex = /^\d+$/.test(name);
    place += isIndex ? '/*' : `/${name}`;
    return { label: findFieldText(place) ?? null, name, index: isIndex ? Number(name) + 1 : null };
  });
}

interface ShownLine {
  kind: ChangedLine['kind'] | 'gap';
  text: string;
  before: number | null;
  after: number | null;
}

function toShownLines(lines: ChangedLine[]): ShownLine[] {
  const changed = lines.flatMap(({ kind }, n) => (kind === 'same' ? [] : [n]));
  const near = new Set(
    changed.flatMap((n) => Array.from({ length: 2 * around + 1 }, (_, k) => n - around + k)),
  );
  return lines.flatMap((line, n): ShownLine[] => {
    const { kind, text, before = null, after = null } = line;
    if (near.has(n)) return [{ kind, text, before, after }];
    const isFirst = n === 0 || near.has(n - 1);
    return isFirst && changed.length > 0 ? [{ kind: 'gap', text: '', before: null, after: null }] : [];
  });
}
