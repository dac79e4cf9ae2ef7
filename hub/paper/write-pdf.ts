import { columnWidth, type Look, PageWriter, pageShape } from './page-writer.ts';
import type { Paper, PaperFact, PaperSection } from './paper.ts';
import { fillIn } from './paper-words.ts';
import { drawQrCode } from './qr-code.ts';

const looks = {
  agency: { font: 'bold', size: 12 },
  title: { font: 'bold', size: 20 },
  heading: { font: 'bold', size: 13 },
  label: { font: 'bold', size: 9.5 },
  text: { font: 'text', size: 10.5 },
  small: { font: 'text', size: 8.5, color: '#464c53' },
} as const satisfies Record<string, Look>;

const qrSize = 68;
const labelWidth = 100;

/** Writes the document as PDF (ISO 32000), tagged for screen readers (PDF/UA-1), with the parts of fonts that it needs. */
export async function writePdf(paper: Paper): Promise<Buffer> {
  const writer = new PageWriter(`${paper.title} ${paper.receiptNumber}`, paper.language);
  const { doc } = writer;
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => doc.on('end', resolve).on('error', reject));
  const page = new PaperPages(writer, paper);
  page.writeHead();
  page.writeFacts(paper.facts);
  for (const section of paper.sections) page.writeSection(section);
  page.writeCourse();
  page.writeMissing();
  page.end();
  writeFeet(writer, paper);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

/** The parts of the document, each marked as what it is. */
class PaperPages {
  readonly #writer: PageWriter;
  readonly #paper: Paper;
  readonly #root: PDFKit.PDFStructureElement;

  constructor(writer: PageWriter, paper: Paper) {
    this.#writer = writer;
    this.#paper = paper;
    this.#root = writer.doc.struct('Document');
    writer.doc.addStructure(this.#root);
  }

  writeHead(): void {
    const { agency, title, receiptNumber } = this.#paper;
    const { doc } = this.#writer;
    const top = doc.y;
    const width = columnWidth - qrSize - 20;
    this.#writeText('P', agency, looks.agency, width);
    this.#writeText('H1', title, looks.title, width);
    this.#drawQrCode(receiptNumber, pageShape.width - pageShape.side - qrSize, top);
    doc.y = Math.max(doc.y, top + qrSize) + 8;
    this.#drawRule('#1e2124', 1);
    doc.y += 6;
  }

  /** A table of two columns: labels as heads of its rows. */
  writeFacts(facts: readonly PaperFact[]): void {
    const table = this.#writer.doc.struct('Table');
    this.#root.add(table);
    for (const fact of facts) this.#writeRow(table, fact, labelWidth);
    table.end();
  }

  writeSection({ heading, facts, texts, files }: PaperSection): void {
    this.#writeHeading(heading);
    this.writeFacts(facts);
    for (const { label, text } of texts) {
      this.#writer.doc.y += 5;
      if (label !== undefined) this.#writeText('H3', label, looks.label);
      for (const paragraph of toParagraphs(text)) this.#writeText('P', paragraph, looks.text);
    }
    if (files.length > 0) this.#writeFiles(files);
  }

  writeCourse(): void {
    this.#writeHeading(this.#paper.words.course);
    const table = this.#writer.doc.struct('Table');
    this.#root.add(table);
    for (const step of this.#paper.course) this.#writeRow(table, step, 170);
    table.end();
  }

  /** What stands as 〓 in the text, by its number in Unicode. */
  writeMissing(): void {
    const signs = [...this.#writer.missed].map(
      (sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
    if (signs.length === 0) return;
    this.#writer.doc.y += 8;
    this.#writeText('P', fillIn(this.#paper.words.missing, signs.join(', ')), looks.small);
  }

  end(): void {
    this.#root.end();
  }

  #writeHeading(heading: string): void {
    const { doc } = this.#writer;
    doc.y += 14;
    // A heading does not stand alone at the foot of a page.
    this.#writer.keepRoom(70);
    this.#writeText('H2', heading, looks.heading);
    this.#drawRule('#b1b8be', 0.5);
    doc.y += 4;
  }

  #writeFiles(files: readonly string[]): void {
    const { doc } = this.#writer;
    doc.y += 6;
    this.#writer.keepRoom(40);
    this.#writeText('H3', this.#paper.words.files, looks.label);
    const list = doc.struct('L');
    this.#root.add(list);
    files.forEach((name, at) => {
      const item = doc.struct('LI');
      list.add(item);
      const lines = this.#writer.toLines(`${at + 1}. ${name}`, looks.text, columnWidth);
      item.add(doc.struct('LBody', {}, () => this.#writer.writeLines(lines, looks.text)));
      item.end();
    });
    list.end();
  }

  #writeRow(table: PDFKit.PDFStructureElement, [label, value]: PaperFact, labelAt: number): void {
    const writer = this.#writer;
    const { doc } = writer;
    const heads = writer.toLines(label, looks.label, labelAt - 8);
    const lines = writer.toLines(value, looks.text, columnWidth - labelAt);
    writer.keepRoom(writer.toHeight(lines.slice(0, 2), looks.text));
    const row = doc.struct('TR');
    table.add(row);
    const top = doc.y;
    const scope = { scope: 'Row' } as object;
    row.add(doc.struct('TH', scope, () => writer.writeLines(heads, looks.label)));
    doc.y = top;
    row.add(doc.struct('TD', {}, () => writer.writeLines(lines, looks.text, pageShape.side + labelAt)));
    row.end();
    doc.y += 1;
  }

  #writeText(tag: string, text: string, look: Look, width = columnWidth): void {
    const lines = this.#writer.toLines(text, look, width);
    this.#root.add(this.#writer.doc.struct(tag, {}, () => this.#writer.writeLines(lines, look)));
  }

  #drawQrCode(text: string, x: number, y: number): void {
    const { doc } = this.#writer;
    const { size, dark } = drawQrCode(text);
    const side = qrSize / size;
    const options = { alt: this.#paper.words.qrCode, bbox: [x, y, x + qrSize, y + qrSize] } as object;
    const draw = () => {
      for (const [row, column] of dark) doc.rect(x + column * side, y + row * side, side, side);
      doc.fill('#000');
    };
    this.#root.add(doc.struct('Figure', options, draw));
  }

  #drawRule(color: string, thick: number): void {
    const { doc } = this.#writer;
    doc.markContent('Artifact', { type: 'Layout' });
    doc
      .moveTo(pageShape.side, doc.y)
      .lineTo(pageShape.width - pageShape.side, doc.y)
      .lineWidth(thick)
      .stroke(color);
    doc.endMarkedContent();
  }
}

/** Empty lines part paragraphs. A paragraph has the empty lines before it. */
const toParagraphs = (text: string): string[] =>
  text
    .trimEnd()
    .split(/(?=\n[^\n])/)
    .map((part) => part.replace(/^\n/, ''));

/** The foot of each page: when it was made, its number, and of how many. */
function writeFeet(writer: PageWriter, { words }: Paper): void {
  const { doc } = writer;
  const { start, count } = doc.bufferedPageRange();
  const look = looks.small;
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(start + at);
    doc.markContent('Artifact', { type: 'Pagination' });
    const y = pageShape.height - pageShape.bottom + 18;
    const [number = []] = writer.toLines(
      fillIn(words.page, String(at + 1), String(count)),
      look,
      columnWidth,
    );
    const wide = number.reduce((sum, { width }) => sum + width, 0);
    writer.writeAt(writer.toLines(words.made, look, columnWidth), look, pageShape.side, y);
    writer.writeAt([number], look, pageShape.width - pageShape.side - wide, y);
    doc.endMarkedContent();
  }
}
