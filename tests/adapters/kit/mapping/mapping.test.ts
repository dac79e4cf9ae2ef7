import { describe, expect, test } from 'vitest';
import { CodeError } from '../../../../adapters/kit/expressions/codes.ts';
import { compileMapping, MappingError } from '../../../../adapters/kit/mapping/mapping.ts';

const codes = { status: { RCPT: 'received', NEW: 'received', DONE: 'answered' } };
const evaluate = (source: string, input: unknown = {}) => compileMapping(source, { codes }).evaluate(input);

/** The error of a call that must fail. */
async function errorOf<E extends Error>(kind: new (...given: never[]) => E, work: () => unknown): Promise<E> {
  const error = await Promise.resolve()
    .then(work)
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(kind);
  return error as E;
}

describe('results', () => {
  test('are plain JSON: ordinary arrays and objects, no functions', async () => {
    const input = { items: [{ x: 1 }, { x: 2 }] };
    const result = await evaluate(
      '{"all": items.x, "rows": [items.{"n": x}], "f": function($a) {$a}, "r": /a/}',
      input,
    );
    expect(result).toStrictEqual({ all: [1, 2], rows: [{ n: 1 }, { n: 2 }] });
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(Object.keys((result as { all: object }).all)).toEqual(['0', '1']);
  });

  test('an array as input is one document', async () => {
    expect(await evaluate('$count($)', [1, 2, 3])).toBe(3);
  });
});

describe('errors', () => {
  test('an expression that does not compile is refused with its position', async () => {
    const error = await errorOf(MappingError, () => evaluate('{"a": '));
    expect(error).toMatchObject({ kind: 'syntax', position: 6 });
    expect(error.message).toContain('Expected "}"');
  });

  test('a code table that does not exist is found when compiling', async () => {
    const error = await errorOf(MappingError, () => evaluate('$code("statuses", x)'));
    expect(error.kind).toBe('syntax');
    expect(error.message).toContain('no code table "statuses"; known: status');
  });

  test.each([
    ['an endless loop', '($f := function($x) {$f($x + 1)}; $f(1))'],
    ['an endless recursion', '($f := function($x) {1 + $f($x + 1)}; $f(1))'],
    ['a huge range', '[1..1000000].($)'],
    ['a padding without end', '$pad("", 100000000)'],
    [
      'a text that doubles',
      '($f := function($s, $n) {$n = 0 ? $length($s) : $f($s & $s, $n - 1)}; $f("가", 27))',
    ],
    ['the same in a list', '($s := $pad("", 400000, "가"); $string([1..500].($s)))'],
    ['many texts of their own', '[1..90000].($pad($string($), 4000, "가"))'],
    ['a list of lists', '($f := function($a, $n) {$n = 0 ? $a : $f([$a, [$a]], $n - 1)}; $f([1], 40))'],
  ])('%s ends in time', async (_name, source) => {
    const started = performance.now();
    const error = await errorOf(MappingError, () => evaluate(source));
    expect(error.kind).toBe('limit');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test.each([
    ['(a+)+$', '^(a+)+$', 'a'.repeat(40)],
    ['overlapping alternatives', '(a|aa)+$', 'a'.repeat(40)],
    ['blanks that are trimmed', '(\\s|\u00a0)+$', ' '.repeat(45)],
    ['one quantifier on a long text', 'a+b', 'a'.repeat(90_000)],
  ])(
    'a pattern that makes JavaScript try every way finds nothing at once: %s',
    async (_name, pattern, many) => {
      expect(await evaluate(`$replace(t, /${pattern}/, "")`, { t: `주차${many}문의` })).toBe(
        `주차${many}문의`,
      );
    },
  );

  test('a regular expression finds what JSONata finds with it, short or watched', async () => {
    const phone = '연락처 010-1234-5678, 02-123-4567';
    expect(await evaluate('$match(t, /\\d/).match', { t: 'a1b2' })).toEqual(['1', '2']);
    expect(await evaluate('$match(t, /(\\d{2,3})-(\\d{3,4})-\\d{4}/).groups', { t: phone })).toEqual([
      '010',
      '1234',
      '02',
      '123',
    ]);
    expect(await evaluate('$replace(t, /\\s+|-/, "")', { t: phone })).toBe('연락처01012345678,021234567');
    expect(await evaluate('$split(t, /, */)', { t: 'a,b,  c' })).toEqual(['a', 'b', 'c']);
  });

  test('many evaluations at once do not use up each other’s time', async () => {
    const slow = compileMapping('$sum([1..20000].($ * 2))', { timeLimit: 1000 });
    const results = await Promise.all(Array.from({ length: 120 }, () => slow.evaluate({})));
    expect(results).toEqual(Array(120).fill(400020000));
  });

  test('an unknown code names table, value and the known codes', async () => {
    const error = await errorOf(CodeError, () => evaluate('$code("status", s)', { s: 'HOLD' }));
    expect(error).toMatchObject({ table: 'status', value: 'HOLD', known: ['RCPT', 'NEW', 'DONE'] });
    await errorOf(CodeError, () => evaluate('$code("status", s)', { s: 'constructor' }));
    await errorOf(CodeError, () => evaluate('$boardCode("status", "merged")'));
  });
});

describe('functions', () => {
  test('codes go both ways; the first of two codes is used backwards', async () => {
    expect(await evaluate('$code("status", s)', { s: 'NEW' })).toBe('received');
    expect(await evaluate('$boardCode("status", "received")')).toBe('RCPT');
    expect(await evaluate('{"s": $code("status", s)}', { s: null })).toEqual({});
  });

  test.each([
    ['010-1234-5678', '+821012345678'],
    ['01012345678', '+821012345678'],
    ['82-10-1234-5678', '+821012345678'],
    ['+82 (0)10 1234 5678', '+821012345678'],
    ['0082-10-1234-5678', '+821012345678'],
    ['010.1234.5678', '+821012345678'],
    ['０１０－１２３４－５６７８', '+821012345678'],
    ['02)123-4567', '+8221234567'],
    ['051-888-1234', '+82518881234'],
    ['1588-1234', '+8215881234'],
    ['02-123-4567 내선 12', '+8221234567'],
    ['02-123-4567(내선번호: 12)', '+8221234567'],
    ['0507-1234-5678', '+8250712345678'],
    ['+1 650-253-0000', '+16502530000'],
    ['010-123-456', undefined],
    ['010-123-4567', undefined],
    ['010-0000-0000', undefined],
    ['없음', undefined],
    ['', undefined],
    [null, undefined],
  ])('$phone(%j) is %j', async (text, phone) => {
    expect(await evaluate('$phone(t)', { t: text })).toBe(phone);
  });

  test.each([
    ['+821012345678', '010-1234-5678'],
    ['+8221234567', '02-123-4567'],
    ['+8250712345678', '0507-1234-5678'],
    ['+825051234567', '0505-123-4567'],
    ['+16502530000', '+1 650 253 0000'],
  ])('$koreanPhone(%j) is %j', async (phone, text) => {
    expect(await evaluate('$koreanPhone(t)', { t: phone })).toBe(text);
  });

  test.each([
    [' Hong.Gil@Company.EXAMPLE ', 'Hong.Gil@company.example'],
    ['a@b', undefined],
    ['없음', undefined],
    ['a@b.kr, c@d.kr', undefined],
    ['a..b@c.kr', undefined],
  ])('$email(%j) is %j', async (text, email) => {
    expect(await evaluate('$email(t)', { t: text })).toBe(email);
  });

  test.each([
    ['2026-11-20 09:30:00', '2026-11-20T09:30:00+09:00'],
    ['2026-11-20 09:30:00.120', '2026-11-20T09:30:00.120+09:00'],
    ['20261120093000', '2026-11-20T09:30:00+09:00'],
    ['2026.11.20 09:30', '2026-11-20T09:30:00+09:00'],
    ['2026-11-20', '2026-11-20T00:00:00+09:00'],
    ['2026-11-22 9:05:07', '2026-11-22T09:05:07+09:00'],
    ['2026. 1. 2. 9:05', '2026-01-02T09:05:00+09:00'],
    ['2026-11-22T09:00:00+14:00', '2026-11-22T04:00:00+09:00'],
    ['2026-11-20T00:30:00Z', '2026-11-20T09:30:00+09:00'],
    ['2026-11-19T19:30:00-05:00', '2026-11-20T09:30:00+09:00'],
    ['0000-00-00 00:00:00', undefined],
    ['00000000000000', undefined],
    ['', undefined],
  ])('$instant(%j) is %j', async (text, instant) => {
    expect(await evaluate('$instant(t)', { t: text })).toBe(instant);
  });

  test('$instant follows a pattern, and summer time where there is one', async () => {
    expect(await evaluate('$instant(t, "dd/MM/yyyy HH:mm")', { t: '20/11/2026 09:30' })).toBe(
      '2026-11-20T09:30:00+09:00',
    );
    expect(await evaluate('$instant(t, "M/d/yyyy H:mm")', { t: '1/12/2026 9:05' })).toBe(
      '2026-01-12T09:05:00+09:00',
    );
    const berlin = (t: string) =>
      compileMapping('$instant(t)', { timeZone: 'Europe/Berlin' }).evaluate({ t });
    expect(await berlin('2026-07-01 12:00:00')).toBe('2026-07-01T12:00:00+02:00');
    expect(await berlin('2026-12-01 12:00:00')).toBe('2026-12-01T12:00:00+01:00');
  });

  test.each([
    '어제',
    '2026-02-31 00:00:00',
    '2026-13-01',
    '2026-11-20 25:00:00',
    '2026-11-00 00:00:00',
    '2026-11-22T09:00:00+25:00',
    '2026-11-22T09:00:00-13:00',
    '2026-11-22T09:00:00+09:60',
    '2026-11-22 09:00:60',
    '2026-11-22 9:5:60',
    '2026-1-1 24:00',
  ])('$instant refuses %j', async (t) => {
    expect((await errorOf(MappingError, () => evaluate('$instant(t)', { t }))).message).toContain(
      'is not a date',
    );
  });

  test('$boardTime writes an instant as the board does', async () => {
    const t = '2026-11-20T00:30:00.5Z';
    expect(await evaluate('$boardTime(t, "yyyy-MM-dd HH:mm:ss.SSS")', { t })).toBe('2026-11-20 09:30:00.500');
    expect(await evaluate('$boardTime(t, "yyyyMMddHHmmss")', { t })).toBe('20261120093000');
  });

  test('$utc and $epoch write an instant in the usual spellings of UTC, never later than it is', async () => {
    const t = '2026-11-29T09:00:00.999+09:00';
    expect(await evaluate('$utc(t)', { t })).toBe('2026-11-29T00:00:00Z');
    expect(await evaluate('$utc(t, "yyyyMMddHHmmss")', { t })).toBe('20261129000000');
    expect(await evaluate('$utc(t, "yyyy-MM-dd HH:mm:ss.SSSXXX")', { t })).toBe(
      '2026-11-29 00:00:00.999+00:00',
    );
    // 20,786 days since 1970.
    expect(await evaluate('$epoch(t)', { t })).toBe(20_786 * 86_400);
    expect(await evaluate('$instant($fromMillis(n * 1000))', { n: 20_786 * 86_400 })).toBe(
      '2026-11-29T09:00:00.000+09:00',
    );
    for (const none of ['$utc(none)', '$epoch(none)', '$utc(t)', '$epoch(t)'])
      expect(await evaluate(none, { t: '' })).toBeUndefined();
  });

  test('$number refuses a number that would become another one', async () => {
    expect(await evaluate('$number(t)', { t: '9007199254740991' })).toBe(9007199254740991);
    expect(await evaluate('$number(t)', { t: '0.1' })).toBe(0.1);
    for (const t of ['9007199254740993', '-9007199254740993'])
      expect((await errorOf(MappingError, () => evaluate('$number(t)', { t }))).message).toContain(
        'exact number',
      );
  });

  test('$text keeps lines and leaves out scripts and styles; $html escapes', async () => {
    const html =
      '<style>p{}</style><p>첫 줄<br>둘째 줄</p><script>alert(1)</script><ul><li>하나</li><li>둘 &amp; 셋</li></ul>';
    const text = (await evaluate('$text(t)', { t: html })) as string;
    expect(text.split('\n').map((line) => line.trim())).toEqual([
      '첫 줄',
      '둘째 줄',
      '',
      '* 하나',
      '* 둘 & 셋',
    ]);
    expect(await evaluate('$html(t)', { t: '1 < 2\n"둘"\r\n\r\n셋' })).toBe(
      '<p>1 &lt; 2<br>&quot;둘&quot;</p><p>셋</p>',
    );
    expect(await evaluate('$text($html(t))', { t: 'a <b>\n\nc & d' })).toBe('a <b>\n\nc & d');
  });
});
