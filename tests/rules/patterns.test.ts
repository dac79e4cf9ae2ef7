import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

/**
 * Where a regular expression is made of something that is no literal, and of what: our own words only. A pattern that
 * somebody else gives is searched for by adapters/kit/expressions/linear-regexp.ts, in time linear in the text.
 */
const ofOurOwnWords: Record<string, string> = {
  'hub/complaints/reading/search-terms.ts': 'the names of scripts',
  'schemas/identifiers/find-identifiers.ts': 'what people write between groups of digits',
  'hub/store/personal/personal-columns.ts':
    'names of tables and columns; what is judged are our own statements',
  'adapters/open311/marks.ts': 'the kinds of mark',
  'adapters/mail/mime/quote-marks.ts': 'the names of fields',
  'adapters/mail/reply-address.ts': 'an address, escaped, around what the hub writes into it',
};

it('a regular expression is compiled of a literal, of our own words, or by the linear engine', () => {
  const files = ['hub', 'adapters', 'schemas'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  const compiling = files.filter((file) => {
    const text = readFileSync(new URL(file, root), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
    return /\bRegExp\s*\(|\bReflect\.construct\(\s*RegExp\b|\bextends RegExp\b|\.compile\(.*RegExp/.test(
      text,
    );
  });
  expect(files.length).toBeGreaterThan(300);
  expect(compiling.sort()).toEqual(Object.keys(ofOurOwnWords).sort());
});
