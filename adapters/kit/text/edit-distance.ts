/** The edits (insert, remove, replace) that lead from one word to the other (Levenshtein). */
export function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      const replaced = (row[j] ?? 0) + (other[j] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** A name that is further off is no misspelling. */
const mostEdits = ({ length }: string) => (length < 5 ? 1 : 2);
/** Two letters that changed places are one mistake, and two edits. */
const isShuffled = (one: string, other: string) => [...one].sort().join('') === [...other].sort().join('');

/** The known name that a misspelt one may mean. */
export function findNearest(name: string, known: readonly string[]): string | undefined {
  return known
    .map((one) => ({ one, edits: isShuffled(name, one) ? 1 : distanceOf(name, one) }))
    .filter(({ edits }) => edits <= mostEdits(name))
    .sort((a, b) => a.edits - b.edits)[0]?.one;
}
