import { compile } from 'html-to-text';

/**
 * Plain text of a board's HTML: paragraphs and list items as lines, no script, style or image. A link
 * keeps its address, which is often the point of an answer.
 */
export const toPlainText = compilePlainText([]);

/** The same without what some selectors name. */
export function compilePlainText(skipped: string[]): (html: string) => string {
  const convert = compile({
    wordwrap: false,
    selectors: [
      ...['img', 'script', 'style', ...skipped].map((selector) => ({ selector, format: 'skip' })),
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
    ],
  });
  return (html) =>
    convert(html)
      .replace(/\u00a0/g, ' ')
      .trim();
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escaped HTML of a plain text: blank lines part paragraphs, other line ends become breaks. */
export function toHtml(text: string): string {
  const escaped = text.replace(/\r\n?/g, '\n').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return escaped
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => `<p>${paragraph.replace(/\n/g, '<br>')}</p>`)
    .join('');
}
