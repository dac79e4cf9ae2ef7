import { ok, deepStrictEqual as same } from 'node:assert';
import { toWords } from './in-words.ts';
import { drain, fileAt, type Law, second, times } from './law.ts';

/** The laws of `normalise` and `check`. */
export const mappingLaws: Law[] = [
  {
    name: 'every post of the board can be normalised, with the same result each time',
    run: async ({ adapter, board }) => {
      fileAt(board, times(3, second));
      for (const { raw } of (await drain(adapter)).posts) {
        const [first, again] = [await adapter.normalise(raw), await adapter.normalise(structuredClone(raw))];
        ok(first.ok, toWords(first));
        same(again, first);
      }
    },
  },
  {
    name: 'an unknown code is a problem that names the code',
    run: async ({ adapter, board, unknownCode }) => {
      const [id] = fileAt(board, times(1, 0)) as [string];
      board.setCode(id, unknownCode);
      const result = await adapter.normalise((await drain(adapter)).posts.at(-1)?.raw);
      ok(!result.ok, 'the post must not be accepted');
      ok(JSON.stringify(result.problems).includes(unknownCode), toWords(result.problems));
    },
  },
  {
    name: 'normalise never throws, whatever it is given',
    run: async ({ adapter }) => {
      for (const raw of [undefined, null, 42, 'text', [], {}, { list: [] }]) {
        const result = await adapter.normalise(raw);
        ok(!result.ok && result.problems.length > 0, `accepted ${JSON.stringify(raw)}`);
      }
    },
  },
  {
    name: 'check reports, and never throws',
    run: async ({ adapter, board, secret }) => {
      fileAt(board, times(1, 0));
      const good = await adapter.check(AbortSignal.timeout(5 * second));
      same(good.ok, true, toWords(good));
      for (const fault of ['unauthorised', 'malformed', 'hang'] as const) {
        board.fault(fault);
        const report = await adapter.check(AbortSignal.timeout(500));
        same(report.ok, false, fault);
        ok(!JSON.stringify(report).includes(secret), 'a secret is in the report');
      }
    },
  },
];
