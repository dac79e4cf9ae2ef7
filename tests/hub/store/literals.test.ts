import { expect, test } from 'vitest';
import { toLiterals } from '../../../hub/store/literals.ts';

test('words of our own become a list of SQL, and nothing from outside does', () => {
  expect(toLiterals(['in_progress', 'received'])).toBe("'in_progress', 'received'");
  for (const text of ["x' or '1", '', 'Ä', 'a b'])
    expect(() => toLiterals([text])).toThrow('no word of ours');
});
