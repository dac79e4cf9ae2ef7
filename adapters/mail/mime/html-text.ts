import { compile } from 'html-to-text';
import { compilePlainText } from '../../kit/text/plain-text.ts';

/** What mail programs wrap a quoted mail in: Gmail, Outlook on the web, Apple Mail and Thunderbird, Yahoo, Proton. */
const quotes = [
  '.gmail_quote',
  '.gmail_quote_container',
  'blockquote[type="cite"]',
  '.yahoo_quoted',
  '.protonmail_quote',
];

/** The text of an HTML reply without what its program marks as quoted; the rest is for strip-quote.ts. */
export const toReplyText = compilePlainText(quotes);

/** The text of a whole HTML mail. */
export const toWholeText = compilePlainText([]);

/** What its program marks as quoted. */
export const toQuotedText = compile({
  wordwrap: false,
  baseElements: { selectors: quotes, returnDomByDefault: false },
  selectors: ['img', 'script', 'style'].map((selector) => ({ selector, format: 'skip' })),
});

/** Letters, tags and levels that are read of an HTML mail: with more, turning it into text takes seconds. */
const most = { letters: 400_000, tags: 20_000, levels: 150 };

/** May this HTML be turned into text? No honest mail comes near these bounds but for its quotes. */
export function isReadable(html: string): boolean {
  if (html.length > most.letters) return false;
  const open: string[] = [];
  let tags = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const [, end, name = ''] = /^<(\/?)([a-z][\w:-]*)/.exec(html.slice(at, at + 30).toLowerCase()) ?? [];
    if (end) open.length = open.includes(name) ? open.lastIndexOf(name) : open.length;
    // Browsers close the latter by themselves before the next.
    else if (name && !isVoid.has(name) && !(isOneOfMany.has(name) && open.at(-1) === name)) open.push(name);
    if (++tags > most.tags || open.length > most.levels) return false;
  }
  return true;
}

/** Elements that hold nothing (HTML Living Standard, 13.1.2). */
const isVoid: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
);
const isOneOfMany: ReadonlySet<string> = new Set(['p', 'li', 'td', 'tr', 'th', 'dd', 'dt', 'option']);
