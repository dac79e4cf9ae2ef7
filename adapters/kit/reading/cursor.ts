import { createHash } from 'node:crypto';
import { toReason } from '../../../schemas/reason.ts';
import { BoardError, type Pulled, type PulledPost } from '../../contract.ts';
import { minusSeconds } from '../text/board-time.ts';

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
  /**
   * Returns posts that changed at or after `since` (absent: all), the oldest change first. Pages count from 1. The last
   * page is the one that is not full.
   */
  fetchPage(since: string | undefined, page: number): Promise<PageRow[]>;
  /** For a board whose list does not show all of a post. Absent: it does. */
  complete?: Completion;
}

/** Adds to new and changed posts what the list does not show of them. */
export interface Completion {
  /** The most posts of one pull. The next pull reads the same page again, and skips them. */
  portion: number;
  /** `undefined`: the board does not have the post any more. Throws {@link BoardError}. */
  add(row: PageRow): Promise<Pick<PulledPost, 'version' | 'raw'> | undefined>;
}

/**
 * The position of the reader, which works in passes.
 *
 * A pass starts at `since`. After each page it goes on from the last time of that page. It uses page numbers only where
 * more posts than a page holds share one time. There, rows move up when an earlier row changes. So such posts are
 * counted through until two counts agree.
 *
 * A pass ends with the last page, or when it is `passLength` overlaps long. So `seen` stays small on a long backlog.
 * The next pass starts one overlap before `first`. That is the newest time that was known when the pass had read one
 * page. A post that the pass missed because it was not yet committed has a later time than that start. So the next pass
 * finds it. `seen` removes the posts that come again unchanged.
 *
 * Only the board's own times are compared, so a wrong clock does no harm.
 */
interface Position {
  since?: string;
  first?: string;
  newest?: string;
  /** How far the pass has come. Absent at its start. */
  from?: string;
  /** True: the board returns posts after a time, without those at that time. So it is asked for a moment earlier. */
  strict?: boolean;
  page: number;
  /** Digests of the posts that share one time: of the current count, and (`counted`) of the one before. */
  count?: string;
  counted?: string;
  /** Posts at or after `since`: the time and version by id. */
  seen: Record<string, [at: string, version: string]>;
}

const passLength = 3;

/** Pulls with the time-based cursor that adapters share; see the laws of `pull` in adapters/contract.ts. */
export async function pullPosts(plan: PullPlan): Promise<Pulled> {
  const at = readCursor(plan.cursor);
  const posts: PulledPost[] = [];
  for (let request = 0; request < plan.maxPages; request++) {
    const from = at.from ?? at.since;
    const asked = from !== undefined && at.strict ? minusSeconds(from, 0.001) : from;
    const rows = toPlaced(await plan.fetchPage(asked, at.page), asked);
    if (isStrict(at, rows)) {
      at.strict = true;
      continue;
    }
    const end = await takeRows(rows, at, posts, plan.complete);
    if (end) return { posts, cursor: JSON.stringify(at), more: true, ...end };
    count(rows, at);
    const last = rows.length < plan.pageSize;
    const recount = advance(at, rows, last, plan.overlapSeconds);
    if (last && !recount) return { posts, cursor: JSON.stringify(at), more: false };
  }
  return { posts, cursor: JSON.stringify(at), more: true };
}

/** The most seconds by which a board's clock may be ahead of ours. */
const farAhead = 31 * 86_400;

/**
 * A post with a time in the far future ("9999-12-31") would hide every later post. So it is placed by its position in
 * the list, like a post without a time.
 */
function toPlaced(rows: PageRow[], asked: string | undefined): PageRow[] {
  let before = asked ?? new Date(0).toISOString();
  return rows.map((row) => {
    if (Date.parse(row.updatedAt) > Date.now() + farAhead * 1000) return { ...row, updatedAt: before };
    before = row.updatedAt;
    return row;
  });
}

/**
 * Finds out whether the board understands `since` as "after". It was asked from the time of a post that it had just
 * returned, and returned none of that time. Posts that share the time would never be read. The reader then asks for a
 * moment earlier. If the post had only changed meanwhile, that does no harm.
 */
function isStrict({ from, page, strict }: Position, rows: PageRow[]): boolean {
  if (from === undefined || page > 1 || strict) return false;
  return !rows.some((row) => secondsBetween(from, row.updatedAt) <= 0);
}

/** Returns a value if the pull ends within the page. The cursor then stays at this page. */
async function takeRows(
  rows: PageRow[],
  at: Position,
  posts: PulledPost[],
  complete?: Completion,
): Promise<{ failed?: BoardError } | undefined> {
  for (const row of rows) {
    const version = findNews(row, at);
    if (version === undefined) continue;
    if (complete && posts.length >= complete.portion) return {};
    let post: Pick<PulledPost, 'version' | 'raw'> | undefined;
    try {
      post = complete ? await complete.add(row) : { version, raw: row.raw };
    } catch (error) {
      // What was completed before is kept. Otherwise a board that limits its calls would never be read to the end.
      if (posts.length === 0 || !(error instanceof BoardError)) throw error;
      return { failed: error };
    }
    at.seen[row.externalId] = [row.updatedAt, version];
    at.newest = later(at.newest, row.updatedAt);
    if (post) posts.push({ externalId: row.externalId, ...post });
  }
  return undefined;
}

/** The version of a new or changed post. `undefined`: it was already returned in this version. */
function findNews(row: PageRow, at: Position): string | undefined {
  // Boards round `since` down to their own resolution. Posts before it were already read, and `seen` has forgotten
  // them.
  if (at.since && secondsBetween(at.since, row.updatedAt) < 0) return undefined;
  const version = row.version ?? fingerprint(row.raw);
  const known = Object.hasOwn(at.seen, row.externalId) ? at.seen[row.externalId] : undefined;
  if (known?.[1] !== version) return version;
  at.seen[row.externalId] = [row.updatedAt, version];
  return undefined;
}

function count(rows: PageRow[], at: Position): void {
  const from = at.from ?? at.since;
  const ids = rows
    .filter((row) => from && secondsBetween(from, row.updatedAt) <= 0)
    .map((row) => row.externalId);
  at.count = fingerprint([at.page > 1 ? at.count : null, ids]);
}

/** Moves to where the next read begins. True: the posts of one time are counted again. */
function advance(at: Position, rows: PageRow[], last: boolean, overlap: number): boolean {
  const end = rows.at(-1)?.updatedAt;
  const starting = at.first === undefined;
  // If the first page covers two overlaps, a second is not needed: the next pass starts from its end.
  const far = starting && !last && end && at.since && secondsBetween(at.since, end) >= 2 * overlap;
  const newest = far ? end : at.newest;
  if (starting && newest) at.first = newest;
  const long = at.first && at.newest && secondsBetween(at.first, at.newest) >= passLength * overlap;
  const from = at.from ?? at.since;
  const moved = end !== undefined && (from === undefined || secondsBetween(from, end) > 0);
  if ((last || moved) && countAgain(at)) return true;
  if (far || last || long) {
    startPass(at, overlap);
  } else {
    if (moved) at.from = end;
    at.page = moved ? 1 : at.page + 1;
  }
  return false;
}

/** After the last page of one time: true if this count differs from the one before. */
function countAgain(at: Position): boolean {
  if (at.page > 1 && at.count !== undefined && at.count !== at.counted) {
    at.counted = at.count;
    at.page = 1;
    return true;
  }
  delete at.counted;
  return false;
}

function startPass(at: Position, overlap: number): void {
  at.page = 1;
  delete at.from;
  delete at.count;
  delete at.counted;
  if (at.first === undefined) return;
  const since = minusSeconds(at.first, overlap);
  const kept = Object.entries(at.seen).filter(([, [time]]) => secondsBetween(since, time) >= 0);
  at.since = since;
  at.seen = Object.fromEntries(kept);
  delete at.first;
}

function later(a: string | undefined, b: string): string {
  return a !== undefined && Date.parse(a) >= Date.parse(b) ? a : b;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

function readCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return { page: 1, seen: {} };
  try {
    const at = JSON.parse(cursor) as Position;
    if (Number.isInteger(at.page) && typeof at.seen === 'object' && at.seen !== null) return at;
  } catch {
    // The throw below reports it.
  }
  throw new BoardError('malformed', toReason('foreign_cursor'));
}

/** A digest of the content: SHA-256 of the JSON with sorted names, shortened to 128 bits. */
export function fingerprint(raw: unknown): string {
  return createHash('sha256').update(canonicalJson(raw)).digest('hex').slice(0, 32);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
