import type { FontName } from './fonts.ts';
import type { Run } from './to-runs.ts';

/** How wide a text is in a font, in points. */
export type Measure = (text: string, font: FontName) => number;
/** A line of a paragraph: pieces in their fonts, each with its width. */
export type Line = (Run & { width: number })[];

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' });

/**
 * Breaks a paragraph into lines. Korean is read best if words stay whole (KRDS, typography); a word longer than a line is
 * broken where it must be.
 */
export function breakLines(runs: readonly Run[], width: number, measure: Measure): Line[] {
  const lines: Line[] = [[]];
  let left = width;
  const startLine = () => {
    lines.push([]);
    left = width;
  };
  const put = (run: Run, wide: number) => {
    const line = lines.at(-1) as Line;
    const last = line.at(-1);
    if (last?.font === run.font) {
      last.text += run.text;
      last.width += wide;
    } else line.push({ ...run, width: wide });
    left -= wide;
  };
  const cut = (run: Run) => {
    for (const { segment } of graphemes.segment(run.text)) {
      const wide = measure(segment, run.font);
      if (wide > left && left < width) startLine();
      put({ font: run.font, text: segment }, wide);
    }
  };
  for (const word of toWords(runs)) {
    const widths = word.map(({ font, text }) => measure(text, font));
    const all = widths.reduce((sum, one) => sum + one, 0);
    const isSpace = word[0]?.text.trim() === '';
    // Spaces hang over the end of their line, and begin none but the first.
    if (all > left && !isSpace && all <= width) startLine();
    if (all > width) for (const run of word) cut(run);
    else if (!isSpace || left >= all) for (const [at, run] of word.entries()) put(run, widths[at] ?? 0);
  }
  return lines;
}

/** Words and the spaces between them. A word may have pieces in several fonts. */
function toWords(runs: readonly Run[]): Run[][] {
  const words: Run[][] = [];
  let isOpen = false;
  for (const { font, text } of runs)
    for (const part of text.split(/( +)/)) {
      if (part === '') continue;
      const isSpace = part.startsWith(' ');
      if (isOpen && !isSpace) words.at(-1)?.push({ font, text: part });
      else words.push([{ font, text: part }]);
      isOpen = !isSpace;
    }
  return words;
}
