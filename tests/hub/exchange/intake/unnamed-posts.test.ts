import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOwnPost, listUnnamedPosts } from '../../../../hub/exchange/intake/find-own-post.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import type { ComplaintContent } from '../../../../schemas/index.ts';
import { type BlockCounter, countBlocks, tellBlocks } from '../../../support/count-blocks.ts';
import { fillBoard, largeAgency } from '../../../support/fill-board.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
let blocks: BlockCounter;
const links = 40_000;

beforeAll(async () => {
  const url = await createFreshDatabase();
  await tellBlocks(url);
  store = openStore(url, 2);
  blocks = countBlocks(store);
  await fillBoard(store, links);
  await store.pool.query(
    `update links set external_id = null, attempting = 1 where id in (
       select id from links where agency = $1 order by complaint_id limit 1)`,
    [largeAgency],
  );
}, 300_000);
afterAll(() => store.close());

test('a new post of a board with many links costs what waits for its name, not what the board holds', async () => {
  const read = await blocks.count(async () => {
    const unnamed = await listUnnamedPosts(store.hot, largeAgency);
    expect(unnamed).toHaveLength(1);
  });
  expect(read, blocks.told()).toBeLessThan(20);
});

test('a post is our own when its words are, written as they may be', async () => {
  const [post] = await listUnnamedPosts(store.hot, largeAgency);
  const content = { title: ` ${post?.title} `, body: post?.body } as ComplaintContent;
  expect(findOwnPost(post ? [post] : [], content)?.id).toBe(post?.id);
  expect(findOwnPost(post ? [post] : [], { ...content, title: 'another' })).toBeUndefined();
});
