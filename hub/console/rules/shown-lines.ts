import type { ChangedLine } from '../../configuration/changes/compare-lines.ts';

/** A line of a comparison, or a mark for equal lines that are left out. */
export type ShownLine =
  | { kind: ChangedLine['kind']; text: string; before: number | null; after: number | null }
  | { kind: 'left'; left: number };

/** Equal lines around a change that help to find it. */
const around = 3;
/** The most lines that a page shows. */
const most = 2000;

/** The lines that changed, with those around them. Longer runs of equal lines are counted. */
export function toShownLines(lines: ChangedLine[]): ShownLine[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: ShownLine[] = [];
  for (const [at, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isNear[at]) shown.push(toShown(line));
    else if (last?.kind === 'left') last.left += 1;
    else shown.push({ kind: 'left', left: 1 });
    if (shown.length >= most) return [...shown, { kind: 'left', left: lines.length - at - 1 }];
  }
  return shown;
}

/** A view needs a value for every name. */
function toShown({ kind, text, before, after }: ChangedLine): ShownLine {
  return { kind, text, before: before ?? null, after: after ?? null };
}
