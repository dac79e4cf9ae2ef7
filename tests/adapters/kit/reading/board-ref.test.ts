import { expect, test } from 'vitest';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';
import { toId } from '../../../../adapters/kit/reading/board-ref.ts';

test.each([
  [{ id: 17 }, '17'],
  [{ id: '가-17' }, '가-17'],
  [{ id: 'nullable' }, 'nullable'],
  [{ id: null }, undefined],
  [{}, undefined],
])('%j, written as a text, has the id %j', async (raw, id) => {
  expect(toId(await compileMapping('$string(id)').evaluate(raw))).toBe(id);
});
