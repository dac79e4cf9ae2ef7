import { compile, type HtmlToTextOptions } from 'html-to-text';

type Selector = NonNullable<HtmlToTextOptions['selectors']>[number];

/** Writes columns side by side, as people read a table. The time grows with the square of its cells. */
const asColumns: Selector[] = [
  { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
];
/** Writes each row as a line, for a longer table. */
const asLines: Selector[] = [
  { selector: 'table', format: 'block' },
  { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ...['td', 'th'].map((selector) => ({
    selector,
    format: 'inlineSurround',
    options: { prefix: '', suffix: '   ' },
  })),
];
/** The limit for the squares of spans and cells, summed over all tables of a text. */
const mostInColumns = 20_000;
const mostCellsInColumns = 1_000;

/**
 * True if a table may take too long to write side by side. A span that is no plain number of one or two digits counts
 * as too long.
 */
function hasLongTable(html: string): boolean {
  if ((html.match(/<t[dh]\b/gi)?.length ?? 0) > mostCellsInColumns) return true;
  let squares = 0;
  for (const [, span = ''] of html.matchAll(/(?:col|row)span\s*=\s*["']?([^\s"'>]*)/gi)) {
    squares += /^\d{1,2}$/.test(span) ? Number(span) ** 2 : mostInColumns;
    if (squares >= mostInColumns) return true;
  }
  return false;
}

/** Creates {@link toPlainText} without the elements that the selectors name. */
export function compilePlainText(skipped: string[]): (html: string) => string {
  const [convert, convertLong] = [asColumns, asLines].map((tables) =>
    compile({
      wordwrap: false,
      selectors: [
        ...['img', 'script', 'style', ...skipped].map((selector) => ({ selector, format: 'skip' })),
        { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
          selector,
          options: { uppercase: false },
        })),
        ...tables,
      ],
    }),
  ) as [(html: string) => string, (html: string) => string];
  return (html) => {
    const text = hasLongTable(html) ? convertLong(html).replace(/ {3}$/gm, '') : convert(html);
    return text.replace(/\u00a0/g, ' ').trim();
  };
}

/**
 * Converts a board's HTML to plain text. Paragraphs and list items become lines. Scripts, styles and images are left
 * out. A link keeps its address, which is often the point of an answer.
 */
export const toPlainText = compilePlainText([]);

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Converts plain text to escaped HTML. Blank lines separate paragraphs; other line ends become breaks. */
export function toHtml(text: string): string {
  const escaped = text.replace(/\r\n?/g, '\n').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return escaped
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => `<p>${paragraph.replace(/\n/g, '<br>')}</p>`)
    .join('');
}
