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
    for (const row of rows) take(row, at, posts);
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

/** Skips a post that was already returned in this version. */
function take(row: PageRow, at: Position, posts: PulledPost[]): void {
  // Boards round `since` down to their own resolution. Posts before it were already read, and `seen` has forgotten
  // them.
  if (at.since && secondsBetween(at.since, row.updatedAt) < 0) return;
  const version = row.version ?? fingerprint(row.raw);
  const known = Object.hasOwn(at.seen, row.externalId) ? at.seen[row.externalId] : undefined;
  at.seen[row.externalId] = [row.updatedAt, version];
  if (known?.[1] === version) return;
  at.newest = later(at.newest, row.updatedAt);
  posts.push({ externalId: row.externalId, version, raw: row.raw });
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
