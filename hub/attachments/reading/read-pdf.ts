import { getDocumentProxy } from 'unpdf';
import { ReadingError } from './reading-error.ts';

const mostPages = 3000;

/** The text of each page. Pictures of text are not read. Errors: ReadingError, and what pdf.js throws for a broken file. */
export async function readPdf(bytes: Uint8Array): Promise<string[]> {
  const pdf = await getDocumentProxy(
    // pdf.js refuses a Buffer, which is one of these, too.
    new Uint8Array(bytes),
  );
  if (pdf.numPages > mostPages) throw new ReadingError('too_large', 'more pages than are read');
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    page.cleanup();
  }
  if (!pages.some((page) => /\S/.test(page))) throw new ReadingError('no_text', 'no page has text');
  return pages;
}
