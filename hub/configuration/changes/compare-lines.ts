import { diffLines } from 'diff';
import { diff3Merge } from 'node-diff3';

/** A line of the text before, of the text after, or of both. Numbers from 1. */
export interface ChangedLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  before?: number;
  after?: number;
}

/** Milliseconds after which two texts count as different altogether. */
const longest = 2000;

/** The lines of two texts beside each other. Pure. */
export function compareLines(before: string, after: string): ChangedLine[] {
  const parts = diffLines(before, after, { timeout: longest }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const lines: ChangedLine[] = [];
  let [old, fresh] = [0, 0];
  for (const { value, added, removed } of parts)
    for (const text of toLines(value)) {
      if (added) lines.push({ kind: 'added', text, after: ++fresh });
      else if (removed) lines.push({ kind: 'removed', text, before: ++old });
      else lines.push({ kind: 'same', text, before: ++old, after: ++fresh });
    }
  return lines;
}

/** The last line end ends the last line and begins none. */
function toLines(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

export interface Merged {
  /** Undefined: both changed the same lines. */
  text: string | undefined;
  /** Numbers of the first lines, in `mine`, of what both changed. */
  conflicts: number[];
}

/** Joins two texts that were both made from `base`, line by line. Pure. */
export function mergeTexts(base: string, mine: string, theirs: string): Merged {
  const split = (text: string) => text.split('\n');
  const regions = diff3Merge(split(mine), split(base), split(theirs), { excludeFalseConflicts: true });
  const conflicts = regions.flatMap(({ conflict }) => (conflict ? [conflict.aIndex + 1] : []));
  if (conflicts.length > 0) return { text: undefined, conflicts };
  return { text: regions.flatMap(({ ok }) => ok ?? []).join('\n'), conflicts };
}
