import { compile } from 'html-to-text';
import { compilePlainText } from '../../kit/text/plain-text.ts';

/**
 * The elements in which mail programs put a quoted mail: Gmail, Outlook on the web, Apple Mail and Thunderbird, Yahoo,
 * Proton.
 */
const quotes = [
  '.gmail_quote',
  '.gmail_quote_container',
  'blockquote[type="cite"]',
  '.yahoo_quoted',
  '.protonmail_quote',
];

/** The text of an HTML reply without the marked quotes. strip-quote.ts removes the others. */
export const toReplyText = compilePlainText(quotes);

/** The text of a whole HTML mail. */
export const toWholeText = compilePlainText([]);

/** The text of the marked quotes. */
export const toQuotedText = compile({
  wordwrap: false,
  baseElements: { selectors: quotes, returnDomByDefault: false },
  selectors: ['img', 'script', 'style'].map((selector) => ({ selector, format: 'skip' })),
});

/** Limits of an HTML mail: letters, tags and nesting levels. Beyond them the conversion to text takes seconds. */
const most = { letters: 400_000, tags: 20_000, levels: 150 };

/** True if this HTML may be converted to text. A genuine mail comes near these limits only by its quotes. */
export function isReadable(html: string): boolean {
  if (html.length > most.letters) return false;
  const open: string[] = [];
  let tags = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const [, end, name = ''] = /^<(\/?)([a-z][\w:-]*)/.exec(html.slice(at, at + 30).toLowerCase()) ?? [];
    if (end) open.length = open.includes(name) ? open.lastIndexOf(name) : open.length;
    // Browsers close such an element by themselves before the next one.
    else if (name && !isVoid.has(name) && !(isOneOfMany.has(name) && open.at(-1) === name)) open.push(name);
    if (++tags > most.tags || open.length > most.levels) return false;
  }
  return true;
}

/** Elements without content (HTML Living Standard, 13.1.2). */
const isVoid: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
);
const isOneOfMany: ReadonlySet<string> = new Set(['p', 'li', 'td', 'tr', 'th', 'dd', 'dt', 'option']);
