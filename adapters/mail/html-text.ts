import { compile } from 'html-to-text';
import { compilePlainText } from '../kit/plain-text.ts';

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
