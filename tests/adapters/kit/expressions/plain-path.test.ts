import fc from 'fast-check';
import { expect, it } from 'vitest';
import { notPlain, readPlainPath, toPlainPath } from '../../../../adapters/kit/expressions/plain-path.ts';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';

const name = fc.constantFrom('a', 'b', 'c', 'toString', 'constructor');
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, '', '민원', 0, 1.5, true, false),
    fc.array(tie('tree'), { maxLength: 2 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 3 }),
  ),
}));

it('what is read in place is what JSONata finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 3 }), tree, async (names, input) => {
      const found = readPlainPath(toPlainPath(names.join('.')) ?? [], input);
      // Brackets around it: this one goes to a thread.
      const said = await compileMapping(`(${names.join('.')})`).evaluate(input);
      if (found !== notPlain) expect(found).toEqual(said);
    }),
    { numRuns: 500 },
  );
});

it.each(['and', 'null', 'a.true', '$phone', 'a[0]', 'a.*', '`a`', 'a..b', '', '1a', '민원'])(
  '%s is no plain path',
  (source) => expect(toPlainPath(source)).toBeUndefined(),
);
