import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { type BlockCounter, countBlocks, planAsForMany, tellBlocks } from '../../../support/count-blocks.ts';
import { type DeskPage, deskPages, firstPages, openDesk } from '../../../support/desk-pages.ts';
import { fillDesk } from '../../../support/fill-desk.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

/**
 * A page of the desk reads what waits and what it shows, not what is stored: measured in blocks, with as much to do on two
 * boards of which one has stored six times as much. `npm run bench -- --desk` measures the same pages with a million.
 */
const sizes = { small: 2_000, large: 12_000, quiet: 12_000, busy: 12_000 };
type Size = keyof typeof sizes;
/** How much is to be done. In the quiet one it is more than pages show already, and in the busy one five times as much. */
const open: Record<Size, number> = { small: 200, large: 200, quiet: 2_000, busy: 10_000 };
type Board = { store: Store; blocks: BlockCounter; desk: Awaited<ReturnType<typeof openDesk>> };
let boards: Record<Size, Board>;

beforeAll(async () => {
  const openBoard = async (size: Size): Promise<Board> => {
    const url = await createFreshDatabase();
    await tellBlocks(url);
    await planAsForMany(url);
    const store = openStore(url, 4);
    const blocks = countBlocks(store);
    await fillDesk(store, sizes[size], open[size]);
    return { store, blocks, desk: await openDesk(store, blocks) };
  };
  const [small, large, quiet, busy] = await Promise.all([
    openBoard('small'),
    openBoard('large'),
    openBoard('quiet'),
    openBoard('busy'),
  ]);
  boards = { small, large, quiet, busy };
}, 240_000);
afterAll(async () => {
  for (const { store, desk } of Object.values(boards ?? {})) {
    await desk.close();
    await store.close();
  }
});

/** Blocks by which a page may differ for other reasons: an index is one level deeper, more was late this month. */
const slack = 200;

const read = ({ blocks, desk }: Board, page: DeskPage) => blocks.count(() => desk.get(page));
const named = (pages: readonly DeskPage[]) => pages.map((page) => [page.name, page] as const);

describe('as much is read however much is stored:', () => {
  test.each(named(deskPages))('%s', async (_name, page) => {
    const [small, large] = await Promise.all([read(boards.small, page), read(boards.large, page)]);
    const hint = `${small} blocks at ${sizes.small}, ${large} at ${sizes.large}`;
    expect(small, 'what the page asks is counted').toBeGreaterThan(0);
    expect(large, `${hint}\n${boards.large.blocks.heaviest()}`).toBeLessThan(small * 1.5 + slack);
  });
});

describe('as much is read however much is to be done:', () => {
  test.each(named(firstPages))('%s', async (_name, page) => {
    const [quiet, busy] = await Promise.all([read(boards.quiet, page), read(boards.busy, page)]);
    const hint = `${quiet} blocks with ${open.quiet} open, ${busy} with ${open.busy}`;
    expect(busy, `${hint}\n${boards.busy.blocks.heaviest()}`).toBeLessThan(quiet * 1.5 + slack);
  });
});
