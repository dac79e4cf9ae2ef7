import { expect, test } from 'vitest';
import { toKoreanPhone, toPhone } from '../../adapters/kit/text/contact.ts';
import { readFirstLine } from '../../adapters/mail/mime/first-line.ts';
import { decodeWords, readHeaders } from '../../adapters/mail/mime/header-text.ts';
import { stripQuote } from '../../adapters/mail/mime/strip-quote.ts';
import { readMarked } from '../../adapters/open311/marks.ts';
import { redactText } from '../../adapters/relay/redacted-log.ts';
import { maskSample } from '../../hub/access/people/mask-sample.ts';
import { toFileName } from '../../hub/attachments/file-name.ts';
import { toTerms } from '../../hub/complaints/reading/search-terms.ts';
import { said, toReason, wordReason } from '../../schemas/reason.ts';
import { growth, mostGrowth } from '../support/growth.ts';

/** Readers of what comes from outside, and a text made for the expressions within each of them. */
const readers: [
  name: string,
  read: (text: string) => unknown,
  unit: string,
  before?: string,
  after?: string,
][] = [
  ['a first line', readFirstLine, ' ', '[', 'x'],
  ['encoded words', decodeWords, '=?a'],
  ['blanks between encoded words', decodeWords, ' ', '?=', '=?'],
  ['header fields', (text) => readHeaders(Buffer.from(text)), 'a: b\r\n c\r\n'],
  ['a quote', stripQuote, 'a@b.c:\n'],
  ['blanks of a phone', toPhone, ' ', '02-123-4567', '내선'],
  ['blanks behind an extension', toPhone, ' ', '02-123-4567 내선1', 'x'],
  ['a phone to write', toKoreanPhone, '1 '],
  ['signatures', readMarked, ' · x', '담당: ', '\n[민원허브 접수 1, 2]'],
  ['lines before a mark', readMarked, '\n', '', 'x[민원허브 접수'],
  ['marks', readMarked, '[민원허브 접수 '],
  ['a word in a log', redactText, 'a'],
  ['a domain in a log', redactText, 'a', 'a@'],
  ['addresses in a log', redactText, 'a@'],
  ['digits to search for', toTerms, '1'],
  ['numbers to search for', toTerms, '1-'],
  ['Korean to search for', toTerms, '가 '],
  ['a sample', (text) => maskSample(text, { codes: new Set() }), '<'],
  ['a file’s name', toFileName, '. ', '', 'x'],
  ['a reason', (text) => wordReason(toReason('at', { place: text, detail: said(text) }), 'ko'), '{a}'],
];

test.each(readers)(
  '%s: time grows with the text, not with its square',
  (_name, read, unit, before = '', after = '') => {
    const text = (length: number) => before + unit.repeat(length / unit.length) + after;
    expect(growth(read, text)).toBeLessThan(mostGrowth);
  },
);
