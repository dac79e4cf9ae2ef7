import { expect, test } from 'vitest';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';
import { checkCodeTables, normalise } from '../../../../adapters/kit/mapping/normalise.ts';
import { fromGivenProblem, wordReason } from '../../../../schemas/reason.ts';

const codes = { status: { RCPT: 'received' }, channel: { E: 'email' } };
const asGiven = compileMapping('$', { codes });

const content = {
  title: '제목',
  body: '본문',
  kind: 'query',
  complainant: { name: '홍길동' },
  filedAt: '2026-11-20T09:30:00+09:00',
};

/** Problems by pointer. */
async function problemsOf(raw: unknown, mapping = asGiven): Promise<Record<string, string>> {
  const result = await normalise(mapping, raw);
  if (result.ok) throw new Error('was accepted');
  return Object.fromEntries(
    result.problems.map(fromGivenProblem).map(({ pointer, reason }) => [pointer, wordReason(reason, 'en')]),
  );
}

test('null and empty text become absent fields; line ends are unified; a withdrawal may be empty', async () => {
  const raw = {
    receiptNumber: null,
    content: {
      ...content,
      body: '하나\r\n둘\r셋\t',
      region: '  ',
      complainant: { name: '홍길동', email: '', phone: null },
    },
    withdrawal: { reason: '' },
  };
  const { region: _, ...expected } = { ...content, body: '하나\n둘\n셋\t', region: '' };
  expect(await normalise(asGiven, raw)).toEqual({ ok: true, post: { content: expected, withdrawal: {} } });
});

test('a required field that is empty is missing', async () => {
  expect(await problemsOf({ content: { ...content, title: '', complainant: { name: ' ' } } })).toEqual({
    '/content/title': 'is required',
    '/content/complainant/name': 'is required',
  });
});

test.each([
  ['\u0000', 'a control character (U+0000)'],
  ['\u001b', 'a control character (U+001B)'],
  ['\ufffd', 'damaged characters (U+FFFD)'],
  ['\ud83d', 'damaged characters (U+FFFD)'],
])('%j is refused with its place', async (sign, what) => {
  const problems = await problemsOf({
    content: { ...content, title: `가${sign}나` },
    answers: [{ text: sign }],
  });
  expect(problems['/content/title']).toContain(what);
  expect(problems['/answers/0/text']).toContain(what);
});

test('what is too long is told with its place', async () => {
  const problems = await problemsOf({ content: { ...content, body: '가'.repeat(100_001) } });
  expect(problems).toEqual({ '/content/body': expect.stringContaining('100000') });
});

test('an unknown code is told at the field for which its table speaks', async () => {
  const mapping = compileMapping('{"status": $code("status", s)}', { codes });
  expect(await problemsOf({ s: 'HOLD' }, mapping)).toEqual({
    '/status': expect.stringContaining('"HOLD"; known: RCPT'),
  });
});

test('tables for the hub’s own words hold only such words', () => {
  const problems = checkCodeTables({
    status: { A: 'received', 'B/1': 'open' },
    kind: { X: 'voice' },
    own: { Y: 'any' },
  });
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/codes/status/B~11', '/codes/kind/X']);
});

test('comments of others are counted beside the post, and are no part of it', async () => {
  const note = (n: number) => ({ note: { code: 'comments_of_others', params: { n } } });
  expect(await normalise(asGiven, { content, others: 2 })).toEqual({
    ok: true,
    post: { content },
    aside: note(2),
  });
  for (const others of [0, null, undefined])
    expect(await normalise(asGiven, { content, others })).toEqual({ ok: true, post: { content } });
  expect(await problemsOf({ content, others: -1 })).toEqual({ '/others': '"-1" is no whole number from 0' });
  expect(Object.keys(await problemsOf({ content, others: '둘' }))).toEqual(['/others']);
  expect((await normalise(asGiven, { others: 2 })).ok).toBe(false);
  const left = { code: 'shared_thread', params: { posts: '1, 2', number: -1 } };
  expect(await normalise(asGiven, { content, note: left })).toMatchObject({ aside: { note: left } });
  expect(await normalise(asGiven, { content, others: 1, note: left })).toMatchObject({
    aside: { note: { code: 'several', params: { reasons: [note(1).note, left] } } },
  });
  for (const wrong of ['words', { code: 'no such code' }, { ...left, params: { posts: ['1'] } }])
    expect(Object.keys(await problemsOf({ content, note: wrong }))).toEqual(['/note']);
});
