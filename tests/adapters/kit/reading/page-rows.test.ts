import { expect, test } from 'vitest';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';
import { toPageRows } from '../../../../adapters/kit/reading/page-rows.ts';
import { parseJson } from '../../../../adapters/kit/text/json.ts';

const mapping = (items: string) => ({
  items: compileMapping(items),
  externalId: compileMapping('id'),
  updatedAt: compileMapping('at'),
});
const ids = async (items: string, reply: unknown) =>
  (await toPageRows(mapping(items), reply, undefined)).map(({ externalId }) => externalId);

test.each([
  ['204 or null', 'list', null],
  ['a list that is null', 'list', { list: null }],
  ['a list that is an empty text', 'list', { list: '' }],
  ['the same in brackets', '[list]', { list: null }],
  ['a list that is missing, in brackets', '[list]', {}],
  ['an empty list', 'list', { list: [] }],
])('%s is an empty list', async (_name, items, reply) => {
  expect(await ids(items, reply)).toEqual([]);
});

test('a list of one may come as one object, and a reply without a list is none', async () => {
  const post = { id: 7, at: '2026-11-29T00:00:00Z' };
  expect(await ids('list', { list: post })).toEqual(['7']);
  await expect(ids('list', { error: 'maintenance' })).rejects.toThrow('no list of posts');
  await expect(ids('list', undefined)).rejects.toThrow('no list of posts');
});

test('ids beyond 2^53 keep their digits', async () => {
  const reply = parseJson('{"list": [{"id": 9007199254740993}, {"id": 9007199254740992}]}');
  expect(await ids('list', reply)).toEqual(['9007199254740993', '9007199254740992']);
});
