import PDFDocument from 'pdfkit';
import { breakLines, type Line } from './break-lines.ts';
import { type FontName, fontNames, loadFonts } from './fonts.ts';
import { toPlainText, toRuns } from './to-runs.ts';

/** A4 in points, and the edges that Korean official documents have (사무관리 관행: 20 mm, below 15 mm). */
export const pageShape = { width: 595.28, height: 841.89, side: 56.7, top: 56.7, bottom: 62 } as const;
export const columnWidth = pageShape.width - 2 * pageShape.side;

/** How a text looks: its font and its size in points. */
export interface Look {
  font: FontName;
  size: number;
  color?: string;
}

/** The line of a text is this much higher than the text. */
const leading = 1.6;

/**
 * Writes text on pages from the top down: each sign in a font that has it, with new pages as they are needed. What is
 * written is marked for screen readers by the caller (`struct`).
 */
export class PageWriter {
  readonly doc: PDFKit.PDFDocument;
  /** Signs that no font has. */
  readonly missed = new Set<string>();
  readonly #widths = new Map<string, number>();

  constructor(title: string, language: string) {
    const { top, bottom, side } = pageShape;
    const options = {
      size: 'A4',
      margins: { top, bottom, left: side, right: side },
      bufferPages: true,
      pdfVersion: '1.7',
      tagged: true,
      displayTitle: true,
      lang: language === 'ko' ? 'ko-KR' : 'en',
      // Its types do not know this one yet.
      subset: 'PDF/UA' as never,
      info: { Title: title, Creator: 'minwon-hub' },
    } as const;
    this.doc = new PDFDocument({ ...options, font: null as never });
    const fonts = loadFonts();
    for (const name of fontNames) this.doc.registerFont(name, fonts[name].content as never);
  }

  /** The lines of a text in a column. An empty line of the text is a line too. */
  toLines(text: string, look: Look, width: number): Line[] {
    const fonts = loadFonts();
    return toPlainText(text)
      .split('\n')
      .flatMap((paragraph) =>
        breakLines(toRuns(paragraph, look.font, fonts, this.missed), width, (part, font) =>
          this.#measure(part, font, look.size),
        ),
      );
  }

  /** How high these lines stand. */
  toHeight = (lines: readonly Line[], look: Look): number => lines.length * look.size * leading;

  /** Writes lines below what was written, at `x`. */
  writeLines(lines: readonly Line[], look: Look, x: number = pageShape.side): void {
    const height = look.size * leading;
    for (const line of lines) {
      this.#keepRoom(height);
      this.#writeLine(line, look, x, this.doc.y);
      this.doc.y += height;
    }
  }

  /** Writes lines at a place of the page, whatever stands there. */
  writeAt(lines: readonly Line[], look: Look, x: number, y: number): void {
    for (const [at, line] of lines.entries()) this.#writeLine(line, look, x, y + at * look.size * leading);
  }

  /** Begins a new page if there is not so much room on this one. */
  keepRoom(height: number): void {
    if (this.doc.y + height > pageShape.height - pageShape.bottom) this.doc.addPage();
  }

  /** The same inside of something that is marked: its mark goes on. */
  #keepRoom(height: number): void {
    if (this.doc.y + height > pageShape.height - pageShape.bottom) this.doc.continueOnNewPage();
  }

  #writeLine(line: Line, { size, color = '#1e2124' }: Look, x: number, y: number): void {
    let at = x;
    for (const { font, text, width } of line) {
      this.doc.font(font, size).fillColor(color);
      this.doc.text(text, at, y + size * leading * 0.75, { lineBreak: false, baseline: 'alphabetic' });
      at += width;
    }
    // pdfkit moves on by its own line.
    this.doc.y = y;
    this.doc.x = pageShape.side;
  }

  #measure(text: string, font: FontName, size: number): number {
    const key = `${font} ${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = this.doc.font(font, 1000).widthOfString(text) / 1000;
      this.#widths.set(key, width);
    }
    return width * size;
  }
}
