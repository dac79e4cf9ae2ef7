import { BoardError, type PulledPost } from '../../contract.ts';
import { fingerprint } from './digest.ts';

/** One row of a page from a board. */
export interface PageRow {
  externalId: string;
  /** The post's last change by the board's clock; RFC 3339 with offset. */
  updatedAt: string;
  /** The board's own mark of the version, if it changes with every change of the post. */
  version?: string;
  raw: unknown;
}

export interface PullPlan {
  cursor: string | undefined;
  /**
   * How long after its own time stamp a post may become visible. At least 1, because time stamps are often whole
   * seconds.
   */
  overlapSeconds: number;
  pageSize: number;
  /** Requests per pull. The next pull reads the rest. */
  maxPages: number;
  /** What the question to the board depends on. Absent: on both the time and the page. */
  asks?: Asks | undefined;
  /**
   * Returns posts that changed at or after `since` (absent: all), the oldest change first. Pages count from 1. The last
   * page is the one that is not full, or that repeats an earlier one.
   */
  fetchPage(since: string | undefined, page: number): Promise<PageRow[]>;
  /** For a board whose list does not show all of a post. Absent: it does. */
  complete?: Completion | undefined;
}

/** Adds to new and changed posts what the list does not show of them. */
export interface Completion {
  /** The most posts of one pull. The next pull reads the same page again, and skips them. */
  portion: number;
  /** `undefined`: the board does not have the post any more. Throws {@link BoardError}. */
  add(row: PageRow): Promise<Pick<PulledPost, 'version' | 'raw'> | undefined>;
}

/** The pull ends within a page, which the next pull reads again. `failed`: why, if the board is at fault. */
export interface Ended {
  failed?: BoardError;
}

/** Adds a new or changed post to `posts`, completed. Returns {@link Ended} if it must wait for the next pull. */
export async function addPost(
  { complete }: PullPlan,
  row: PageRow,
  version: string,
  posts: PulledPost[],
): Promise<Ended | undefined> {
  const { externalId, raw } = row;
  if (!complete) {
    posts.push({ externalId, version, raw });
    return undefined;
  }
  if (posts.length >= complete.portion) return {};
  try {
    const post = await complete.add(row);
    if (post) posts.push({ externalId, ...post });
    return undefined;
  } catch (error) {
    // What was completed before is kept. Otherwise a board that limits its calls would never be read to the end.
    if (posts.length === 0 || !(error instanceof BoardError)) throw error;
    return { failed: error };
  }
}

export interface Asks {
  /** False: the board is never asked by time, so each reading gives all that it holds. */
  since: boolean;
  /** False: the board is never asked for a page, so each reply is complete. */
  page: boolean;
  /** Changes when the question changes. */
  mark: string;
}

/** Digests of the first page and of the page before. */
export interface PageMarks {
  head?: string;
  tail?: string;
}

/**
 * True: the page brings the same posts as the first page or as the page before. Then the board ignores page numbers, or
 * begins anew behind its last page, or repeats its last page. Without this rule its pages would have no end.
 */
export function isRepeated(marks: PageMarks, page: number, rows: PageRow[]): boolean {
  const ids = digestIds(rows);
  return page > 1 && (ids === marks.head || ids === marks.tail);
}

/** Remembers a page for {@link isRepeated}. */
export function notePage(marks: PageMarks, page: number, rows: PageRow[]): void {
  marks.tail = digestIds(rows);
  if (page === 1) marks.head = marks.tail;
}

/** Some boards give the same posts in another order each time. */
const digestIds = (rows: PageRow[]): string => fingerprint(rows.map(({ externalId }) => externalId).sort());

/** The most seconds by which a board's clock may be ahead of ours. */
const farAhead = 31 * 86_400;

/**
 * A post with a time in the far future ("9999-12-31") would hide every later post. So it is placed by its position in
 * the list, like a post without a time.
 */
export function toPlaced(rows: PageRow[], asked: string | undefined): PageRow[] {
  let before = asked ?? new Date(0).toISOString();
  return rows.map((row) => {
    if (Date.parse(row.updatedAt) > Date.now() + farAhead * 1000) return { ...row, updatedAt: before };
    before = row.updatedAt;
    return row;
  });
}

export function later(a: string | undefined, b: string): string {
  return a !== undefined && Date.parse(a) >= Date.parse(b) ? a : b;
}

export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
