import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../hub/configuration/read-document.ts';
import { hideSecrets } from '../../../hub/configuration/secrecy/hide-secrets.ts';
import { agencyFile } from './example-folder.ts';

const alpha = { kind: 'agency', name: 'alpha' } as const;
const codesOf = (source: string) =>
  readDocument(alpha, source).problems.map(({ reason, line }) => `${line} ${reason.code}`);
const board = (settings: string, adapter = 'rest') =>
  `${agencyFile('alpha')}board:\n  adapter: ${adapter}\n  settings:\n${settings}`;

describe('hostile texts are refused with a reason', () => {
  const bomb = [
    'a0: &a0 [x]',
    ...Array.from({ length: 11 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`)}]`),
  ];
  const byIndent = Array.from({ length: 100 }, (_, n) => `${' '.repeat(n)}a:\n`).join('');
  it.each([
    ['a bomb of aliases', bomb.join('\n'), '1 yaml_aliases'],
    ['a giant', `# ${'x'.repeat(1_048_576)}`, '1 document_too_large'],
    ['brackets without end', `\n${'['.repeat(200_000)}`, '2 document_too_deep'],
    ['items without end', '- '.repeat(100_000), '1 document_too_deep'],
    ['indents without end', byIndent, '1 document_too_deep'],
    ['a key twice', `${agencyFile('alpha')}\nphone: a\nphone: b\n`, '9 key_twice'],
    ['NUL', 'code: a\nname: \0\n', '2 sign_not_storable'],
    ['NUL by its number', 'code: "a\\0"\n', '1 sign_not_storable'],
  ])('%s', (_, source, expected) => {
    expect(codesOf(source)).toContain(expected);
  });
  const blanks = ' '.repeat(1_000_000);
  it.each([
    ['a line of blanks', () => `a: 1\n${blanks}!x\n`],
    ['blanks within a value', () => `a: x${blanks}x\n`],
    ['blanks before a secret', () => `${blanks}! Bearer abcdefghijklmnopqrst\n`],
    ['nearly an address', () => `a: ${'a.'.repeat(500_000)}\n`],
    ['nearly a token', () => `a: ${'eyJ-'.repeat(250_000)}\n`],
  ])('%s is looked through in one pass', (_, write) => {
    const source = write();
    const { problems, secrets } = readDocument(alpha, source);
    expect(problems.length).toBeGreaterThan(0);
    expect(hideSecrets(source, { secrets, yaml: undefined }, '').includes('Bearer')).toBe(false);
  });
  it('yet brackets inside texts are no levels', () => {
    expect(codesOf(`${agencyFile('alpha')}phone: ${'"'}${'['.repeat(100)}"\n`)).toEqual([]);
  });
});

describe('a secret in the clear is named by its place', () => {
  it.each([
    ['a setting that is marked', board('    auth: { kind: bearer, secret: hunter2hunter2 }\n'), 10],
    ['an adapter that nobody knows', board('    password: hunter2hunter2\n', 'gone'), 10],
    ['a header', board('    headers: { authorization: Bearer abcdefghijklmnopqrst }\n'), 10],
    ['a comment', `${agencyFile('alpha')}# was Bearer abcdefghijklmnopqrst\n`, 7],
    ['a header alone', 'Bearer abcdefghijklmnopqrst\n', 1],
    ['a token', `${agencyFile('alpha')}# was eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW0ifQ.c2ln\n`, 7],
    ['an address with a password', `${agencyFile('alpha')}# was https://kim:hunter2@board.example/\n`, 7],
    ['a text that is no YAML', `${board('    password: hunter2hunter2\n')}x: [\n`, 10],
  ])('%s', (_, source, line) => {
    const { secrets, problems } = readDocument(alpha, source);
    expect(secrets).toMatchObject([{ line, reason: { code: 'secret_written_out' } }]);
    expect(problems).toContainEqual(secrets[0]);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|abcdefghijklmnopqrst/);
  });
  it('a reference is none', () => {
    expect(readDocument(alpha, board('    auth: { kind: bearer, secret: env:TOKEN }\n')).secrets).toEqual([]);
  });
});
