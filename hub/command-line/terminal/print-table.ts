/**
 * Prints rows in columns, for people and for `cut`: at least two spaces between columns, headings in the first line.
 */
export function printTable(headings: string[], rows: (string | number | null)[][]): void {
  const cells = [headings, ...rows.map((row) => row.map((cell) => String(cell ?? '-')))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  for (const row of cells) {
    const padded = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)));
    console.log(padded.join('  ').trimEnd());
  }
}

/** A terminal gives Korean letters two columns. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, letter) => width + (/[ᄀ-ᅟ⺀-〿぀-ꓽ가-힣豈-﫿︰-﹏＀-｠]/.test(letter) ? 2 : 1),
    0,
  );
}
