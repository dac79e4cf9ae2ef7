import { openStore } from '../../hub/store/database.ts';
import { migrate } from '../../hub/store/migrate.ts';
import { countBlocks, tellBlocks } from '../support/count-blocks.ts';
import { type DeskPage, deskPages, firstPages, lookingPages, openDesk } from '../support/desk-pages.ts';
import { fillDesk } from '../support/fill-desk.ts';
import type { DatabaseServer } from './services.ts';

const pages: readonly DeskPage[] = [...deskPages, ...lookingPages];

/** What a page cost at one size. Times are in milliseconds. */
interface PageCost {
  p50: number;
  p95: number;
  /** The blocks of the database that it touched: they do not depend on how busy the machine is. */
  blocks: number;
}

export interface DeskRun {
  complaints: number;
  pages: Record<string, PageCost>;
}

/** Calls that are measured: of the pages that people open first, and of each other. */
const calls = { first: 60, other: 10 };
/** Milliseconds. */
export const deskLimit = 150;
/** The most by which a page may be slower than with the fewest complaints, beyond what a busy machine adds. */
const flat = { ratio: 2, slack: 20 };
/** The most by which it may touch more blocks: with few complaints a page shows few rows, and indexes are lower. */
const flatBlocks = { ratio: 3, slack: 200 };

const isFirst = (page: DeskPage) => firstPages.some(({ name }) => name === page.name);

async function measure(url: string, complaints: number): Promise<DeskRun> {
  const times = await withDesk(url, async ({ desk }) => {
    const measured = new Map<string, Omit<PageCost, 'blocks'>>();
    for (const page of pages) measured.set(page.name, await time(() => desk.get(page), isFirst(page)));
    return measured;
  });
  // To have each statement tell its blocks costs time, so they are counted apart.
  await tellBlocks(url);
  return withDesk(url, async ({ desk, blocks }) => {
    const costs: DeskRun['pages'] = {};
    for (const page of pages) {
      const counted = await blocks.count(() => desk.get(page));
      costs[page.name] = { ...(times.get(page.name) ?? { p50: 0, p95: 0 }), blocks: counted };
    }
    return { complaints, pages: costs };
  });
}

type Opened = { desk: Awaited<ReturnType<typeof openDesk>>; blocks: ReturnType<typeof countBlocks> };

async function withDesk<T>(url: string, ask: (opened: Opened) => Promise<T>): Promise<T> {
  const store = openStore(url, 4);
  const blocks = countBlocks(store);
  const desk = await openDesk(store, blocks);
  try {
    return await ask({ desk, blocks });
  } finally {
    await desk.close();
    await store.close();
  }
}

async function time(call: () => Promise<unknown>, isFirst: boolean): Promise<Omit<PageCost, 'blocks'>> {
  const took: number[] = [];
  // The first calls read from disk and compile the view.
  for (let n = isFirst ? -10 : -2; n < (isFirst ? calls.first : calls.other); n += 1) {
    const began = performance.now();
    await call();
    if (n >= 0) took.push(performance.now() - began);
  }
  const sorted = took.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Pages for people at growing sizes, each in a database of its own that is filled by SQL. */
export async function measureDesk(
  database: DatabaseServer,
  sizes: number[],
  tell: (text: string) => void,
): Promise<DeskRun[]> {
  const runs: DeskRun[] = [];
  for (const complaints of sizes) {
    const name = `bench_desk_${complaints}`;
    const url = await database.createDatabase(name);
    try {
      const store = openStore(url, 4);
      const began = performance.now();
      await migrate(store.pool);
      await fillDesk(store, complaints);
      await store.close();
      tell(`${complaints} complaints stored in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      runs.push(await measure(url, complaints));
    } finally {
      await database.dropDatabase(name);
    }
  }
  return runs;
}

/** Whether a page is within its limit at every size, as fast as with the fewest complaints, and reads as much. */
const isPageFlat = (runs: DeskRun[], { name }: DeskPage): boolean =>
  runs.every((run) => {
    const [first, own] = [runs[0]?.pages[name], run.pages[name]];
    if (!first || !own) return false;
    const isQuick = own.p95 <= deskLimit && own.p95 <= first.p95 * flat.ratio + flat.slack;
    return isQuick && own.blocks <= first.blocks * flatBlocks.ratio + flatBlocks.slack;
  });

/** Whether every page that people open first is flat. */
export const isFlat = (runs: DeskRun[]): boolean => firstPages.every((page) => isPageFlat(runs, page));

/** A Markdown table: the pages, their p95 and blocks at each size, and whether they keep the target. */
export function toDeskReport(runs: DeskRun[]): string {
  const head = ['page', ...runs.map(({ complaints }) => `p50 / p95 ms, blocks at ${complaints}`), 'target'];
  const rows = pages.map((page) => {
    const cells = runs.map(({ pages: { [page.name]: one } }) =>
      one ? `${one.p50.toFixed(0)} / ${one.p95.toFixed(0)}, ${one.blocks}` : '',
    );
    return [page.name, ...cells, isPageFlat(runs, page) ? 'kept' : 'missed'];
  });
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  const target = `Target: p95 within ${deskLimit} ms, and within ${flat.ratio} times that of the first size and ${flat.slack} ms;
blocks within ${flatBlocks.ratio} times those of the first size and ${flatBlocks.slack}.`;
  return [...table, '', `${target} The exit code follows the first ${firstPages.length} pages.`].join('\n');
}
