import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { type BlockCounter, countBlocks, planAsForMany, tellBlocks } from '../../../support/count-blocks.ts';
import { deskPages, openDesk } from '../../../support/desk-pages.ts';
import { fillDesk } from '../../../support/fill-desk.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

/**
 * A page of the desk reads what waits and what it shows, not what is stored: measured in blocks, with as much to do on two
 * boards of which one has stored six times as much. `npm run bench -- --desk` measures the same pages with a million.
 */
const sizes = { small: 2_000, large: 12_000 };
const open = 200;
type Size = keyof typeof sizes;
type Board = { store: Store; blocks: BlockCounter; desk: Awaited<ReturnType<typeof openDesk>> };
let boards: Record<Size, Board>;

beforeAll(async () => {
  const openBoard = async (size: Size): Promise<Board> => {
    const url = await createFreshDatabase();
    await tellBlocks(url);
    await planAsForMany(url);
    const store = openStore(url, 4);
    const blocks = countBlocks(store);
    await fillDesk(store, sizes[size], open);
    return { store, blocks, desk: await openDesk(store, blocks) };
  };
  const [small, large] = await Promise.all([openBoard('small'), openBoard('large')]);
  boards = { small, large };
}, 120_000);
afterAll(async () => {
  for (const { store, desk } of Object.values(boards ?? {})) {
    await desk.close();
    await store.close();
  }
});

/** Blocks by which a page may differ for other reasons: an index is one level deeper, more was late this month. */
const slack = 200;

describe('as much is read however much is stored:', () => {
  test.each(deskPages.map((page) => [page.name, page] as const))('%s', async (_name, page) => {
    const read = ({ blocks, desk }: Board) => blocks.count(() => desk.get(page));
    const [small, large] = await Promise.all([read(boards.small), read(boards.large)]);
    const hint = `${small} blocks at ${sizes.small}, ${large} at ${sizes.large}`;
    expect(small, 'what the page asks is counted').toBeGreaterThan(0);
    expect(large, `${hint}\n${boards.large.blocks.heaviest()}`).toBeLessThan(small * 1.5 + slack);
  });
});
