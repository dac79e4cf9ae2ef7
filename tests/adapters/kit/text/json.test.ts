import { expect, test } from 'vitest';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';
import { parseJson } from '../../../../adapters/kit/text/json.ts';

test('whole numbers beyond 2^53 stay as they were written, and others stay numbers', () => {
  const text = `{"list":[{"id":9023393775362049,"n":9007199254740991,"b":-9223372036854775808,"f":1.5,"e":1e30,
    "answers":[{"id":2033735037361704962},{"id":2033735037361704963}],"t":"9023393775362049"}]}`;
  expect(parseJson(text)).toEqual({
    list: [
      {
        id: '9023393775362049',
        n: 9_007_199_254_740_991,
        b: '-9223372036854775808',
        f: 1.5,
        e: 1e30,
        answers: [{ id: '2033735037361704962' }, { id: '2033735037361704963' }],
        t: '9023393775362049',
      },
    ],
  });
  expect(() => parseJson('{"cut":')).toThrow(SyntaxError);
});

test.each([5_000, 200_000])(
  'a value nested %i deep stays text, whatever its texts hold, and the rest is read',
  async (depth) => {
    const value = `${'['.repeat(depth)}"]\\"["${']'.repeat(depth)}`;
    const read = parseJson(`{"list":[{"id":1},{"id":2033735037361704962,"x":${value}},{"id":3}]}`);
    const list = (await compileMapping('list').evaluate(read)) as { id: unknown; x?: unknown }[];
    expect(list.map(({ id }) => id)).toEqual([1, '2033735037361704962', 3]);
    let [inner, levels] = [list[1]?.x, 0];
    for (; Array.isArray(inner); levels += 1) inner = inner[0];
    // The reply, its list and the record are three levels.
    expect(inner).toBe(value.slice(levels, value.length - levels));
    expect(levels).toBe(500 - 3);
  },
);
