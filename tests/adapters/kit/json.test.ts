import { expect, test } from 'vitest';
import { parseJson } from '../../../adapters/kit/json.ts';

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
