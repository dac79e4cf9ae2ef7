import { expect, test } from 'vitest';
import { checkTargets } from '../../../hub/configuration/document.ts';
import { readDocument } from '../../../hub/configuration/read-document.ts';
import { withoutPlaces } from '../../../schemas/json-pointer.ts';
import { wordReason } from '../../../schemas/reason.ts';
import { agencyFile } from './example-folder.ts';

const problemsOf = (source: string) =>
  readDocument({ kind: 'agency', name: 'alpha' }, source).problems.map(
    ({ line, column, pointer, reason }) => ({
      at: `${line}:${column}`,
      pointer,
      words: wordReason(reason, 'en'),
    }),
  );
const board = (settings: string, adapter = 'rest') =>
  `${agencyFile('alpha')}board:\n  adapter: ${adapter}\n  settings:\n    endpoint: http://127.0.0.1:1/\n${settings}`;
const noAuth = '    auth: { kind: none }\n';
/** Where some text stands in a source, counted by hand as an editor counts. */
function placeOf(source: string, text: string): string {
  const before = source.slice(0, source.indexOf(text)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

test.each([
  [
    'a literal block',
    '    normalise: |\n\n      {\n        "content": { "title": subject },\n        "x": $boradTime(a)\n      }\n',
  ],
  [
    'a block with a comment',
    '    normalise: |- # as the board has it\n      {\n        "x": $boradTime(a)\n      }\n',
  ],
  ['one line', '    normalise: $boradTime(a)\n'],
  ['one line in quotes', "    normalise: '$boradTime(a)'\n"],
])('a mistake in an expression is told at its own line and column: %s', (_, settings) => {
  const source = board(`${noAuth}${settings}`);
  const [line = '', column = ''] = placeOf(source, 'boradTime(').split(':');
  const found = problemsOf(source).find(({ pointer }) => pointer === '/board/settings/normalise');
  // The parser names the end of the word that it does not know.
  expect(found?.at).toBe(`${line}:${Number(column) + 'boradTime'.length - 1}`);
  expect(found?.words).toContain(`(line ${line}, column ${Number(column) + 'boradTime'.length - 1})`);
  expect(found?.words).not.toContain('at character');
});

test('where signs are not written as they are read, the distance is told from where the expression begins', () => {
  const [found] = problemsOf(board(`${noAuth}    normalise: "\\u0024boradTime(a)"\n`));
  expect(found?.words).toContain('at character');
});

test('a secret in the clear is one problem', () => {
  const found = problemsOf(board('    auth: { kind: apiKey, header: x-api-key, secret: sk-plain-1234 }\n'));
  expect(found.map(({ pointer }) => pointer)).toEqual(['/board/settings/auth/secret']);
});

test('a misspelt kind of board is told with the one that may be meant', () => {
  const [found] = problemsOf(board('', 'rets'));
  expect(found?.words).toContain('is rest meant?');
});

test('agencies that are none are told beside all that is wrong with the routing otherwise', () => {
  const body = {
    rules: [
      { when: { category: '교통' }, to: 'nobody' },
      'no rule',
      { when: { origin: ['nowhere', 7] }, to: 'road' },
    ],
    default: 'gone',
    extra: 1,
  };
  const found = checkTargets(body, new Set(['road'])).map(({ pointer }) => pointer);
  expect(found.toSorted()).toEqual(['/default', '/rules/0/to', '/rules/2/when/origin/0']);
  expect(checkTargets('no routing', new Set())).toEqual([]);
});

test('days off that are no list of days show how they are written', () => {
  const { problems } = readDocument({ kind: 'clock', name: 'clock' }, 'holidays: 2026-06-03\n');
  expect(problems.map(({ reason }) => wordReason(reason, 'en'))).toEqual([
    'must be object, for example { 2026-06-03: 임시공휴일 }',
  ]);
});

test('what is wrong with expressions is told beside a wrong form, of the agency and of its settings', () => {
  const source = board(
    `${noAuth}    keyHeaderr: x\n    normalise: $boradTime(a)\n    push: { registered: { method: POST, path: /x, body: $nowhere(b) } }\n`,
  ).replace('board:\n', 'phnoe: 1\nboard:\n');
  expect(
    problemsOf(source)
      .map(({ pointer }) => pointer)
      .toSorted(),
  ).toEqual([
    '/board/settings/keyHeaderr',
    '/board/settings/normalise',
    '/board/settings/push/registered/body',
    '/phnoe',
  ]);
});

test('a field that is missing or of a wrong type hides no other mistake, and makes none', () => {
  const pointersOf = (settings: string) => problemsOf(board(settings)).map(({ pointer }) => pointer);
  // Without `auth`, and with a list where an expression should be.
  expect(pointersOf('    errorWhen: [1]\n    normalise: $boradTime(a)\n').toSorted()).toEqual([
    '/board/settings/auth',
    '/board/settings/errorWhen',
    '/board/settings/normalise',
  ]);
  // The tables are not known before they are mended, so nothing is said of a table that an expression names.
  expect(pointersOf(`${noAuth}    codes: [status]\n    normalise: $code("status", a)\n`)).toEqual([
    '/board/settings/codes',
  ]);
});

test('a soap and an sql board tell them together, too', () => {
  const soap = `    wsdl: http://127.0.0.1:1/?wsdl\n${noAuth}    extra: 1\n    normalise: $boradTime(a)\n`;
  expect(problemsOf(board(soap, 'soap')).map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(['/board/settings/extra', '/board/settings/normalise']),
  );
  const sql = '    extra: 1\n    normalise: $boradTime(a)\n';
  expect(problemsOf(board(sql, 'sql')).map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(['/board/settings/extra', '/board/settings/normalise']),
  );
});

test('places are taken out of a copy; a list keeps its length, and a pointer at nothing takes nothing', () => {
  const given = { a: { 'b/c': 1, d: 2 }, list: [{ e: 1 }, { f: 2 }] };
  expect(withoutPlaces(given, ['/a/b~1c', '/list/0', '/gone/deep'])).toEqual({
    a: { d: 2 },
    list: [{}, { f: 2 }],
  });
  expect(withoutPlaces(given, ['/list/7'])).toEqual(given);
  expect(withoutPlaces(given, ['/a', ''])).toBeUndefined();
  expect(given.list[0]).toEqual({ e: 1 });
});

test.each([
  ['a law without its article', '{ kind: rrn, law: 업무 관행 }', '/uniqueIdentifiers/allow/0/law'],
  ['an empty law', "{ kind: rrn, law: '' }", '/uniqueIdentifiers/allow/0/law'],
  ['no law', '{ kind: rrn }', '/uniqueIdentifiers/allow/0/law'],
  ['an unknown kind', '{ kind: fingerprint, law: 어느 법 제1조 }', '/uniqueIdentifiers/allow/0/kind'],
])('a number is kept only by a law: %s is refused', (_, allowed, pointer) => {
  const found = problemsOf(`${agencyFile('alpha')}uniqueIdentifiers:\n  allow:\n    - ${allowed}\n`);
  expect(found.map((one) => one.pointer)).toEqual([pointer]);
});

test('a law with its article lets a number be kept', () => {
  const source = `${agencyFile('alpha')}uniqueIdentifiers: { allow: [{ kind: rrn, law: 고용보험법 시행령 제145조의2 }] }\n`;
  expect(problemsOf(source)).toEqual([]);
});
