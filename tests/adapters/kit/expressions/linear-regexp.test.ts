import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinearRegExp } from '../../../../adapters/kit/expressions/linear-regexp.ts';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';

interface Search {
  lastIndex: number;
  exec(text: string): RegExpExecArray | null;
}

/** Every match as JSONata goes through them: on from the last one, and no further than an empty one. */
function findAll(search: Search, text: string): unknown[] {
  const found: unknown[] = [];
  for (let match = search.exec(text); match; match = search.exec(text)) {
    found.push({ index: match.index, groups: [...match], next: search.lastIndex });
    if (match[0] === '') break;
  }
  return found;
}

function expectSame(pattern: RegExp, text: string): void {
  const ours = findAll(new LinearRegExp(pattern), text);
  expect(ours, `${pattern} in ${JSON.stringify(text)}`).toEqual(findAll(new RegExp(pattern), text));
}

describe('JavaScript finds the same', () => {
  test.each<[RegExp, string]>([
    [/(\s| )+$/g, '주차\u3000 \u00a0\ufeff'],
    [/./gu, '😀가\n나\u2028'],
    [/^a/g, 'aaa\na'],
    [/\bx\B/g, 'ax xy x'],
    [/o$/gm, 'foo\r\nbo\n\ro'],
    [/^b/gm, 'a\rb\u2028b\n\rb'],
    [/(a)|(b)/g, 'ab'],
    // biome-ignore lint/correctness/noEmptyCharacterClassInRegex: people write it
    [/[^]|[]/g, '\n가'],
    [/[\w-]+@/g, 'a-b@c@'],
    [/\u00e0|\x41|\cA|\0/gi, 'Àa\u0001\0'],
    [/가{2,3}?나{1,}다{0}/g, '가가가나나나다'],
    [/\p{Script=Hangul}+|\P{L}/gu, 'a한글 b'],
    [/a-b\/c]{,3}/g, 'a-b/c]{,3}'],
    [/[\b\-\]\d]/g, '\b-]7'],
    [/\D+\S\W/g, '가1나 다'],
    [/(?<y>\d{4})-(?<m>\d\d)/g, '2026-11 2027-01'],
    [/(?:)/g, 'ab'],
    [/[😀-😎]+/gu, '😀😎a'],
    [/\u{1F600}/gu, '😀'],
  ])('%s', (pattern, text) => expectSame(pattern, text));

  const letters = fc.constantFrom(...'ab1 가나ㅏ\n\r\t_-.😀é\u3000\u2028');
  const atom: fc.Arbitrary<string> = fc.oneof(
    fc.constantFrom('a', 'b', '1', '가', '나', '😀', ' ', '.', '\\d', '\\D', '\\w', '\\W', '\\s', '\\S'),
    fc.constantFrom('[가-힣]', '[^a-c]', '[\\s\\d]', '[^\\S1]', '\\p{L}', '[\\p{Nd}_]', '\\u{1F600}', 'é'),
  );
  const quantified = fc.tuple(
    atom,
    fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '{1,2}', '{2}', '{0,2}?'),
  );
  // V8 finds \B between the halves of an emoji.
  const part = fc.oneof(
    { weight: 6, arbitrary: quantified.map((pair) => pair.join('')) },
    { weight: 1, arbitrary: fc.constantFrom('^', '$', '\\b') },
    {
      weight: 2,
      arbitrary: fc
        .array(quantified, { minLength: 1, maxLength: 3 })
        .map((all) => `(${all.flat().join('')})`),
    },
    // Of a group that repeats, JavaScript forgets what was found the time before: so it is one without a number here.
    { weight: 1, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `(?:${a}|${a}${b})+`) },
  );
  // JavaScript's engine takes the square and more of such a text: it has to be short.
  const pattern = fc
    .array(
      fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((alternatives) => alternatives.join('|'));
  test('any pattern that both know, in any text', () => {
    const flags = fc.constantFrom('gu', 'giu', 'gmu');
    const text = fc.array(letters, { maxLength: 10 }).map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, flags, text, (source, given, where) =>
        expectSame(new RegExp(source, given), where),
      ),
      { numRuns: 1000 },
    );
  });
});

test.each<[string, string]>([
  ['(?=a)', 'looks ahead; match what stands there too'],
  ['a(?!b)', 'looks ahead'],
  ['(?<=a)b', 'looks behind'],
  ['(?<!a)b', 'looks behind'],
  ['(a)\\1', 'refers back to a group; take both groups with $match'],
  ['(?<x>a)\\k<x>', 'refers back to a group'],
  ['(?i:a)', 'write flags behind the last slash'],
  ['a{1001}', 'up to 1000 repetitions'],
  ['(\\d{0,900}x\\d{0,900}y){1,2}\\d{0,900}z\\d{0,900}', 'repeats more than 3000 times'],
])('/%s/ does not compile, and it is said what would be right', async (pattern, words) => {
  const error = await compileMapping(`$match(t, /${pattern}/)`)
    .evaluate({ t: 'aab' })
    .catch((e: unknown) => e);
  expect(error).toMatchObject({ name: 'MappingError', kind: 'syntax' });
  expect(String(error)).toContain(`/${pattern}/`);
  expect(String(error)).toContain(words);
});

test('a search takes time in proportion to the text, however the pattern is made', () => {
  const measure = (length: number) => {
    const started = process.cpuUsage();
    for (const source of ['(a|aa)+$', '(a+)+$', '(\\s|\\u00a0|a)+$', '(.*)*x', 'a*a*a*a*b'])
      new LinearRegExp(new RegExp(source, 'g')).exec(`${'a'.repeat(length)}!`);
    const { user, system } = process.cpuUsage(started);
    return user + system;
  };
  measure(1000);
  // Ten times the text: ten times the time, with room for a noisy machine; its square would be a hundred.
  expect(measure(200_000)).toBeLessThan(50 * Math.max(measure(20_000), 1000));
});

test('JSONata’s functions do with it what they do with JavaScript’s', async () => {
  const evaluate = (source: string) =>
    compileMapping(source).evaluate({ t: '연락처 010-1234-5678, 02-123-4567' });
  expect(
    await evaluate('$match(t, /(\\d{2,3})-(\\d{3,4})/).{"m": match, "i": index, "g": [groups]}'),
  ).toEqual([
    { m: '010-1234', i: 4, g: ['010', '1234'] },
    { m: '02-123', i: 19, g: ['02', '123'] },
  ]);
  expect(await evaluate('$replace(t, /(\\d+)-(\\d+)-(\\d+)/, "$3/$1$$$4")')).toBe(
    '연락처 5678/010$, 4567/02$',
  );
  expect(await evaluate('$replace(t, /\\d/, function($m) {"<" & $m.match & ">"}, 2)')).toBe(
    '연락처 <0><1>0-1234-5678, 02-123-4567',
  );
  expect(await evaluate('$split(t, /, */)')).toEqual(['연락처 010-1234-5678', '02-123-4567']);
  expect(await evaluate('$contains("ABC\nxyz", /^X/im)')).toBe(true);
  expect(await evaluate('$map(["a1", "b"], $contains(?, /\\d/))')).toEqual([true, false]);
  expect(await evaluate('"a-b" ~> /-/')).toMatchObject({ match: '-', start: 1, end: 2 });
  await expect(evaluate('$match("ab", /x*/)')).rejects.toThrow('zero');
});
