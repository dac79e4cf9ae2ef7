import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { longestText } from '../../../../adapters/kit/expressions/long-text.ts';
import { compileMapping, MappingError } from '../../../../adapters/kit/mapping/mapping.ts';

const endless = '($f := function($x) {$f($x + 1)}; $f(1))';
/** So many milliseconds of processor: an endless loop is ended by them, and by nothing else. */
const timeLimit = 1500;

describe('an expression that does not end', () => {
  test('delays no other owner, and its owner waits for it', async () => {
    const ended: string[] = [];
    const note = (name: string) => () => void ended.push(name);
    const slow = compileMapping(endless, { owner: 'slow', timeLimit });
    const held = [slow.evaluate({}), slow.evaluate({})].map((one) => one.catch(note('slow')));
    const behind = compileMapping('1', { owner: 'slow' }).evaluate({}).then(note('behind'));
    const others = Array.from({ length: 50 }, (_, n) =>
      compileMapping('$.n', { owner: `other-${n % 5}` }).evaluate({ n }),
    );
    expect(await Promise.all(others)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(ended).toEqual([]);
    await Promise.all([...held, behind]);
    expect(ended).toEqual(['slow', 'slow', 'behind']);
  });

  test('nor do several of them: the slow ones wait for each other', async () => {
    const slow = ['a', 'b', 'c', 'd', 'e'].map((owner) => compileMapping(endless, { owner, timeLimit: 300 }));
    const run = () => slow.map((one) => one.evaluate({}).catch((error: unknown) => String(error)));
    const first = await Promise.all(run());
    expect(new Set(first)).toEqual(new Set(['MappingError: it took longer than 300 ms']));
    // Now they are known.
    let left = slow.length;
    const again = run().map((one) => one.finally(() => left--));
    expect(await compileMapping('1 + 1', { owner: 'quick' }).evaluate({})).toBe(2);
    expect(left).toBeGreaterThanOrEqual(slow.length - 1);
    await Promise.all(again);
  });

  test('does not hold up the process', async () => {
    let turns = 0;
    const turning = setInterval(() => turns++, 10);
    await expect(compileMapping(endless, { timeLimit: 1000 }).evaluate({})).rejects.toThrow(
      'longer than 1000 ms',
    );
    clearInterval(turning);
    expect(turns).toBeGreaterThan(10);
  });
});

describe('a text that is too long for an expression', () => {
  const long = '가'.repeat(longestText + 1);
  test('goes through it whole', async () => {
    expect(await compileMapping('{"kept": t, "list": [t, "x"]}').evaluate({ t: long })).toEqual({
      kept: long,
      list: [long, 'x'],
    });
  });
  test.each([
    '$substring(t, 0, 5)',
    't & "x"',
    '$length(t)',
    '$string($)',
    '$match(t, /가/)',
    '$phone(t)',
    '$uppercase(t)',
  ])('%s says how long it is', async (source) => {
    const error = await compileMapping(source)
      .evaluate({ t: long })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'MappingError', kind: 'limit' });
    expect(String(error)).toContain(
      `a text of ${long.length} characters is too long for an expression: at the most ${longestText}`,
    );
  });
  test('$text takes what makes HTML long out of it', async () => {
    const html = `<p>사진</p><img src="data:image/png;base64,${'A'.repeat(3_000_000)}"><p>끝</p>`;
    expect(await compileMapping('$text(t)').evaluate({ t: html })).toBe('사진\n\n끝');
    await expect(compileMapping('$text(t)').evaluate({ t: long })).rejects.toThrow(
      'too long for an expression',
    );
  });
  test('one that fits is a text like every other', async () => {
    const fits = '가'.repeat(100_000);
    expect(await compileMapping('$length(t & $substring(t, 0, 2))').evaluate({ t: fits })).toBe(100_002);
    expect(
      await compileMapping('$pad(t, 5, "나다") & $pad("가", -3) & $pad("abc", 2)').evaluate({ t: '가' }),
    ).toBe('가나다나다  가abc');
  });
});

test('an input is read at once: what is changed later is not seen', async () => {
  const input = { n: 1 };
  const result = compileMapping('n').evaluate(input);
  input.n = 2;
  expect(await result).toBe(1);
});

test('what is no JSON, and code in a text, are named errors', async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  await expect(compileMapping('1').evaluate(circle)).rejects.toThrow(MappingError);
  await expect(compileMapping('$eval("1")').evaluate({})).rejects.toThrow('$eval cannot be used');
});

test('a handle holds hardly more than its text', async () => {
  const script = `
    import { compileMapping } from './adapters/kit/mapping/mapping.ts';
    const text = (n) => '{ "title": $trim(subject), "n": ' + n + ', "body": $text($replace(contents, /x+$/, "")) }';
    const options = { codes: {}, timeZone: 'Asia/Seoul', owner: 'a' };
    gc();
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: 20000 }, (_, n) => compileMapping(text(n), options));
    gc();
    console.log((process.memoryUsage().heapUsed - before) / kept.length, await kept[7].evaluate({ subject: ' a ' }));`;
  // With flags as the hub has them.
  const flags = [
    '--expose-gc',
    '--max-semi-space-size=16',
    '--max-old-space-size=1024',
    '--input-type=module',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--eval', script]);
  expect(stdout).toContain("{ title: 'a', n: 7 }");
  expect(Number.parseFloat(stdout)).toBeLessThan(2000);
});
