import { beforeEach, expect, test, vi } from 'vitest';
import type { BoardFixture } from '../../../adapters/conformance/board-fixture.ts';
import { certify, toText, tryLaw } from '../../../adapters/conformance/certificate.ts';
import { conformanceLaws } from '../../../adapters/conformance/conformance.ts';
import { type Law, need } from '../../../adapters/conformance/law.ts';
import type { Normalised, Outcome } from '../../../adapters/contract.ts';
import { inWords } from '../../support/in-words.ts';
import { createNaiveAdapter } from './naive-adapter.ts';
import { asDetailed, people, startDetailedFixture, startRestFixture } from './rest-fixture.ts';

const startNaiveFixture = () =>
  startRestFixture(async (endpoint, secret) => createNaiveAdapter(endpoint, secret()));

/** The good adapter, with what a test does to it. */
const startSpoilt = (spoil: (fixture: BoardFixture) => Partial<BoardFixture['adapter']>) => async () => {
  const fixture = await startRestFixture();
  return { ...fixture, adapter: { ...fixture.adapter, ...spoil(fixture) } };
};

function findLaw(name: string): Law {
  const law = conformanceLaws.find((one) => one.name === name);
  if (!law) throw new Error(`there is no law "${name}"`);
  return law;
}

// The naive adapter prints.
beforeEach(() => {
  const spy = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  return () => spy.mockRestore();
});

/** What is found in an adapter that has met boards in good health only. */
test.each([
  ['a reply that comes in crumbs is read whole', /strictly equal|deep-equal/],
  ['a reply that breaks off is given up in time, and the cursor stays good', /should have failed/],
  ['a reply that stops half-way is given up in time, and the cursor stays good', /did not end within/],
  ['a reply that drips is given up in time, and the cursor stays good', /did not end within/],
  ['a reply that is noise is given up in time, and the cursor stays good', /should have failed/],
  ['a board that is away is unreachable, and what was to be brought is tried later', /should have failed/],
  ['a large board comes in portions that do not grow with it', /120 of 120 posts in one pull/],
  ['whatever is given up ends within a second, also before it began', /did not end within/],
  [
    'an answer to find that breaks off, or is noise, is no "the board does not hold it"',
    /should have failed/,
  ],
  [
    'letters in another charset than the reply names are put right or told, never taken in damaged',
    /damaged/,
  ],
  ['a text that the board cannot take is refused with its field, and nothing of it is written', /done/],
  ['nothing is printed: what there is to say goes to the hub', /printed: could not bring/],
  ['no reason, report or error holds a secret or personal data, whatever goes wrong', /"res…" is in/],
  ...['breaks off', 'is noise'].map((how) => [
    `a write whose reply ${how} is unknown; find tells the truth, and the same key doubles nothing`,
    /'retry' !== 'unknown'/,
  ]),
  ...['stops half-way', 'drips'].map((how) => [
    `a write whose reply ${how} is unknown; find tells the truth, and the same key doubles nothing`,
    /did not end within/,
  ]),
] as [string, RegExp][])('a naive adapter breaks: %s', async (name, why) => {
  const verdict = await tryLaw(findLaw(name), startNaiveFixture);
  expect(verdict).toMatchObject({ result: 'broken', why: expect.stringMatching(why) });
});

test('a post that is too long must be told as malformed', async () => {
  const start = startSpoilt(({ adapter }) => ({
    pull: async (cursor, signal) =>
      adapter.pull?.(cursor, signal).catch(() => {
        throw new RangeError('Invalid string length');
      }) ?? Promise.reject(new Error('no pull')),
  }));
  const name =
    'a post of four million letters is read or told as malformed, in time, and hides no other for ever';
  expect(await tryLaw(findLaw(name), start)).toMatchObject({
    result: 'broken',
    why: expect.stringContaining('Invalid string length'),
  });
});

test.each([
  ['a secret', ({ secret }: BoardFixture) => `signed in with ${secret}`, 'res…'],
  ['a telephone number', () => 'no officer for 010-9876-5432', '010…'],
])('%s in the cause of what find throws is found', async (_what, say, found) => {
  const start = startSpoilt((fixture) => ({
    find: async () => Promise.reject(new Error('asked in vain', { cause: new Error(say(fixture)) })),
  }));
  const name = 'no reason, report or error holds a secret or personal data, whatever goes wrong';
  expect(await tryLaw(findLaw(name), start)).toMatchObject({ why: expect.stringContaining(found) });
});

const aboutAuthors =
  'an author that is no officer never answers: a passer-by is only told of, and the writer asks again';

/** Mappings of agencies that set up in a hurry who answers for them. */
test.each([
  ['takes everybody for an officer', { officers: 'true' }, /at his or her word/],
  ['takes the writer for an officer', { officers: [people.officer, people.writer] }, /answers/],
  ['knows no officer', { officers: [] }, /answers/],
])('a mapping that %s is found', async (_what, authors, why) => {
  const start = () => startDetailedFixture((settings) => ({ ...asDetailed(settings), authors }));
  expect(await tryLaw(findLaw(aboutAuthors), start)).toMatchObject({
    result: 'broken',
    why: expect.stringMatching(why),
  });
});

test('a mapping that never looks at who writes is found', async () => {
  const start = () =>
    startDetailedFixture((settings) => {
      const { authors: _anybody, ...detailed } = asDetailed(settings);
      const answers = '[post.cmts.{ "text": $text(cn), "answeredAt": $instant(regDt) }]';
      return { ...detailed, normalise: `$merge([post.(${settings.normalise}), { "answers": ${answers} }])` };
    });
  expect(await tryLaw(findLaw(aboutAuthors), start)).toMatchObject({
    result: 'broken',
    why: expect.stringMatching(/word/),
  });
});

test('a certificate tells law by law what is kept, broken and not supported, and why', async () => {
  const laws: Law[] = [
    { name: 'the first law', run: async () => undefined },
    { name: 'the second law', run: async () => need(undefined, 'has no such thing (no thing)') },
    {
      name: 'the third law',
      run: async () => {
        throw new Error('the board\n  said no');
      },
    },
  ];
  const heard: string[] = [];
  const certificate = await certify(
    { laws, startFixture: startNaiveFixture, tell: ({ law }) => void heard.push(law) },
    { adapter: 'naive', version: '0.0.1', contract: 1, files: { 'index.js': '0a' } },
  );
  expect(heard).toEqual(laws.map(({ name }) => name));
  expect(certificate).toEqual({
    adapter: 'naive',
    version: '0.0.1',
    contract: 1,
    files: { 'index.js': '0a' },
    date: expect.stringMatching(/^\d{4}-.*Z$/),
    laws: [
      { law: 'the first law', result: 'kept' },
      { law: 'the second law', result: 'not supported', why: 'has no such thing (no thing)' },
      { law: 'the third law', result: 'broken', why: 'the board said no' },
    ],
  });
  expect(toText({ ...certificate, date: '2026-11-20T03:00:00.000Z' })).toBe(`\
Conformance of adapter naive 0.0.1 with contract 1, 2026-11-20T03:00:00.000Z

kept           the first law
not supported  the second law: has no such thing (no thing)
broken         the third law: the board said no

3 laws: 1 kept, 1 broken, 1 not supported
`);
});

test('a fixture that does not start breaks the law', async () => {
  const start = () => Promise.reject(new Error('no board'));
  expect(await tryLaw(findLaw('an odd reply is never done'), start)).toMatchObject({
    result: 'broken',
    why: 'no board',
  });
});

test.each([
  'a refusal carries a reason, and no reason a secret',
  'a text that the board cannot take is refused with its field, and nothing of it is written',
  'one bad record parks alone, with its reason, and comes in when the board corrects it',
])('an adapter from outside may give words: %s', async (name) => {
  const start = startSpoilt(({ adapter }) => ({
    push: async (change, call) => inWords(await adapter.push?.(change, call)) as Outcome,
    normalise: async (raw) => inWords(await adapter.normalise(raw)) as Normalised,
  }));
  expect(await tryLaw(findLaw(name), start)).toMatchObject({ result: 'kept' });
});
