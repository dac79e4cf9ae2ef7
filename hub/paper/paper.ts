import type { Language } from '../../schemas/index.ts';

/** A fact with its label. */
export type PaperFact = readonly [label: string, value: string];

/** A text of a section. Without a label it is the section's own text. */
interface PaperText {
  label?: string;
  text: string;
}

/** What somebody said: the complaint itself, an answer, a step of the procedure, a further question. */
export interface PaperSection {
  heading: string;
  facts: PaperFact[];
  texts: PaperText[];
  /** Names of files, with their sizes. */
  files: string[];
}

/**
 * A complaint with its answers as a printable document (문서), before it has pages. Everything in it is text in the
 * reader's language, and data that a thread can be given.
 */
export interface Paper {
  language: Language;
  /** What the document is: of a result, or of a complaint without one. */
  title: string;
  /** The agency in whose name it stands. */
  agency: string;
  receiptNumber: string;
  facts: PaperFact[];
  sections: PaperSection[];
  /** What happened, one line each. */
  course: PaperFact[];
  words: PaperWords;
}

/** The words that the pages bring themselves. */
interface PaperWords {
  course: string;
  files: string;
  /** For those who hear the document: what the picture is. */
  qrCode: string;
  /** At the foot of each page. */
  made: string;
  /** `{0}`: the number of the page; `{1}`: how many there are. */
  page: string;
  /** For signs that no font of ours has: `{0}`. */
  missing: string;
}
