import type { FontName, LoadedFont } from './fonts.ts';

/** A piece of a line in one font. */
export interface Run {
  font: FontName;
  text: string;
}

type Fonts = Record<FontName, Pick<LoadedFont, 'has'>>;

/** Stands for a sign that no font has, as Korean printers have it (U+3013). */
const missingSign = '〓';
const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' });
/** Signs that are not seen, and only say how their neighbours look. */
const unseen = /^\p{Default_Ignorable_Code_Point}$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** Text as paper can have it: composed syllables, one kind of line end, no control characters. */
export const toPlainText = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', '    ')
    .replace(control, '')
    .normalize('NFC');

/**
 * Each sign in the first font that has it: the text's own, or the one of pictures. What no font has is shown as 〓, and
 * told to `missed`.
 */
export function toRuns(text: string, base: FontName, fonts: Fonts, missed: Set<string>): Run[] {
  const runs: Run[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const run = toRun(segment, base, fonts, missed);
    const last = runs.at(-1);
    if (last?.font === run.font) last.text += run.text;
    else if (run.text !== '') runs.push(run);
  }
  return runs;
}

function toRun(segment: string, base: FontName, fonts: Fonts, missed: Set<string>): Run {
  const seen = [...segment].filter((sign) => !unseen.test(sign));
  const isPicture = /\p{Emoji_Presentation}|\ufe0f/u.test(segment);
  const order: FontName[] = isPicture ? ['emoji', base] : [base, 'emoji'];
  const font = order.find((name) => seen.every((sign) => fonts[name].has(sign)));
  // A picture of several people or colours is one sign of its font: what joins them stays.
  if (font) return { font, text: font === 'emoji' ? segment : seen.join('') };
  const known = seen.map((sign) => (fonts[base].has(sign) ? sign : note(sign, missed)));
  return { font: base, text: known.join('') };
}

function note(sign: string, missed: Set<string>): string {
  missed.add(sign);
  return missingSign;
}
