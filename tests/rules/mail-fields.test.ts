import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../adapters/mail/', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const using = (words: RegExp) => sources.filter(({ text }) => words.test(text)).map(({ name }) => name);

/** RFC 2047, 6.2: a field is taken apart first. What is decoded is only shown, or looked at for words. */
test('encoded words are decoded where a name or a subject is read, and nowhere before', () => {
  expect(using(/\bdecodeWords\b/)).toEqual(['mime/header-text.ts', 'recognise.ts', 'sender.ts']);
  const { text = '' } = sources.find(({ name }) => name === 'mime/header-text.ts') ?? {};
  const [, readHeaders = ''] = /export function readHeaders(.*?)\n}/s.exec(text) ?? [];
  expect(readHeaders).toContain('fields');
  expect(readHeaders).not.toContain('decodeWords');
});

test('the sender is read by the strict reader, and by no parser that guesses', () => {
  expect(using(/from '(nodemailer\/lib\/addressparser|mailauth|postal-mime)/)).toEqual([]);
  expect(using(/'from'\)/)).toEqual(['recognise.ts', 'sender.ts']);
});
