import { toReason } from '../../../schemas/reason.ts';
import type { Given, PulledPost } from '../../contract.ts';
import { fingerprint } from './digest.ts';
import { type HeldPosts, openHeldPosts } from './held-posts.ts';
import {
  addPost,
  type Ended,
  isRepeated,
  later,
  notePage,
  type PageMarks,
  type PageRow,
  type PullPlan,
  toPlaced,
} from './pull-plan.ts';

/**
 * The position in a board that gives all its posts at each reading, because it is not asked by time or ignores the
 * time. Its posts are compared with what the last reading met, so only new and changed ones are returned. Their times
 * and their order do not matter. A row that shifts while pages are read is met by the next reading.
 */
export interface WholePlace extends PageMarks {
  page: number;
  held: HeldPosts;
  /** The newest time that was met. */
  newest?: string;
  /** {@link Asks.mark} of the question to which the board gave everything. */
  mark?: string | undefined;
  /** True: it could be read by time, if its list were in the order of changes. */
  unsorted?: boolean;
}

/** As it stands in a cursor. */
type WholeCursor = Omit<WholePlace, 'held'> & { held: string };

export const openWhole = (cursor: Partial<WholeCursor>): WholePlace => ({
  ...cursor,
  page: cursor.page ?? 1,
  held: openHeldPosts(cursor.held ?? ''),
});

export const writeWhole = (place: WholePlace): string =>
  JSON.stringify({ ...place, held: place.held.toText() } satisfies WholeCursor);

/**
 * The most new posts of one pull. A first reply may hold all posts of a board; the hub takes them in portions. The
 * reply is then asked for again.
 */
export const portion = 2000;

export interface Step extends Ended {
  /** `portion`: the pull ends here, and the next one asks for the same page. */
  next: 'on' | 'portion' | 'end';
  notice?: Given | undefined;
}

/** Reads one page and adds to `posts` what is new or changed. `given`: the page, if it was already read. */
export async function readWholePage(
  plan: PullPlan,
  at: WholePlace,
  posts: PulledPost[],
  given?: PageRow[],
): Promise<Step> {
  const { page } = at;
  const rows = given ?? toPlaced(await plan.fetchPage(undefined, page), undefined);
  const repeated = isRepeated(at, page, rows);
  for (const row of repeated ? [] : rows) {
    if (posts.length === portion) return { next: 'portion' };
    const { externalId, updatedAt, version, raw } = row;
    const mark = version ?? fingerprint(raw);
    const ended = at.held.knows(externalId, mark) ? undefined : await addPost(plan, row, mark, posts);
    if (ended) return { next: 'portion', ...ended };
    at.held.meet(externalId, mark);
    at.newest = later(at.newest, updatedAt);
  }
  notePage(at, page, rows);
  const isFull = rows.length >= plan.pageSize;
  const isAlone = isFull && (plan.asks?.page === false || (repeated && page === 2));
  if (isFull && !repeated && !isAlone) {
    at.page += 1;
    return { next: 'on' };
  }
  at.page = 1;
  at.held.endReading();
  const notice = isAlone ? toUnpaged(rows.length, plan.pageSize) : at.unsorted && toReason('list_unsorted');
  return { next: 'end', ...(notice && { notice }) };
}

/** What a person should know of a board that gives its list in one reply. If the reply is just full, more may follow. */
export const toUnpaged = (n: number, size: number): Given =>
  n > size ? toReason('list_in_one', { n, size }) : toReason('list_cut', { n });
