import { expect, it } from 'vitest';
import { toProblemLine } from '../../../hub/configuration/configuration-error.ts';
import { validateFolder } from '../../../hub/configuration/folder.ts';
import { wordReason } from '../../../schemas/reason.ts';
import { agencyFile, goodFiles, writeFolder } from './example-folder.ts';

const problemsOf = async (files: Record<string, string | undefined>) =>
  (await validateFolder(await writeFolder({ ...goodFiles, ...files }))).problems;

it('reads a good folder without a word', async () => {
  const { documents, problems } = await validateFolder(await writeFolder(goodFiles));
  expect(problems).toEqual([]);
  expect(documents.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'agency alpha',
    'agency beta',
    'routing routing',
  ]);
});

it('tells every problem of every file at once, with file, line and path', async () => {
  const problems = await problemsOf({
    'agencies/alpha.yaml': 'code: other\nname:\n  ko: 가나\n  fr: alpha\nofficers: []\n',
    'agencies/beta.yaml': agencyFile('beta').replace('officer@beta.example', 'nobody'),
    'routing.yaml': 'rules:\n  - when: { category: [수출] }\n    to: gamma\n  - when: {}\n    to: beta\n',
  });
  expect(problems.map(({ file, line, pointer }) => `${file}:${line} ${pointer}`)).toEqual([
    'agencies/alpha.yaml:4 /name/fr',
    'agencies/alpha.yaml:5 /officers',
    'agencies/beta.yaml:6 /officers/0/email',
    'routing.yaml:1 /default',
    'routing.yaml:3 /rules/0/to',
    'routing.yaml:4 /rules/1/when',
  ]);
});

it.each([
  [
    'the code differs from the file',
    { 'agencies/alpha.yaml': agencyFile('other') },
    'alpha.yaml:1 /code must be alpha',
  ],
  [
    'a rule leads nowhere',
    { 'routing.yaml': 'rules: []\ndefault: gamma\n' },
    'routing.yaml:2 /default there is no agency gamma',
  ],
  [
    'the code is a word of the rules',
    { 'agencies/origin.yaml': agencyFile('origin') },
    'origin.yaml:1 /code origin is a word',
  ],
  [
    'an agency has two files',
    { 'agencies/beta.yml': agencyFile('beta') },
    'beta.yml:1  the agency beta has a second file',
  ],
  [
    'the time zone is none',
    { 'agencies/beta.yaml': `${agencyFile('beta')}timeZone: Korea/Seoul\n` },
    'beta.yaml:7 /timeZone must be an IANA',
  ],
  [
    'a key stands twice',
    { 'agencies/beta.yaml': `${agencyFile('beta')}code: beta\n` },
    'beta.yaml:7  Map keys must be unique',
  ],
  ['the file is no YAML', { 'routing.yaml': 'rules: [\n' }, 'routing.yaml:2  '],
  ['the file is empty', { 'agencies/beta.yaml': '' }, 'beta.yaml:1  must be object'],
  ['the routing is missing', { 'routing.yaml': undefined }, 'routing.yaml:1  the file is missing'],
  [
    'the adapter is unknown',
    { 'agencies/beta.yaml': `${agencyFile('beta')}board:\n  adapter: telex\n  settings: {}\n` },
    'beta.yaml:8 /board/adapter there is no adapter "telex"',
  ],
  [
    'a date of the clock is none',
    { 'clock.yaml': 'holidays:\n  2026-02-30: 없는 날\n' },
    'clock.yaml:1 /holidays must',
  ],
])('says so when %s', async (_, files, expected) => {
  const lines = (await problemsOf(files)).map(
    ({ file, line, pointer, reason }) => `${file}:${line} ${pointer} ${wordReason(reason, 'en')}`,
  );
  expect(lines).toContainEqual(expect.stringContaining(expected));
});

it('says that there is no folder', async () => {
  const { problems } = await validateFolder('/nonexistent');
  expect(problems.map(({ file }) => file)).toEqual(['agencies', 'routing.yaml']);
});

it('a problem is one line with its place, in a file or in a document', () => {
  const problem = { pointer: '/officers', reason: { code: 'required' } };
  const document = { kind: 'agency', name: 'alpha' } as const;
  const file = { file: 'agencies/alpha.yaml', line: 1 };
  expect(toProblemLine({ document, ...file, ...problem })).toBe(
    'agencies/alpha.yaml:1 /officers is required',
  );
  expect(toProblemLine({ document, ...problem })).toBe('agency alpha /officers is required');
  expect(
    toProblemLine({ file: 'routing.yaml', line: 1, pointer: '', reason: { code: 'file_missing' } }),
  ).toBe('routing.yaml:1 the file is missing');
});
