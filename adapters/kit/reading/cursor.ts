import { createHash } from 'node:crypto';
import { toReason } from '../../../schemas/reason.ts';
import { BoardError, type Pulled, type PulledPost } from '../../contract.ts';
import { minusSeconds } from '../text/board-time.ts';

/** One row of a page that a board gave. */
export interface PageRow {
  externalId: string;
  /** When the post last changed by the board's clock, RFC 3339 with offset. */
  updatedAt: string;
  /** The board's own mark of the version, where it has one that changes with every change. */
  version?: string;
  raw: unknown;
}

export interface PullPlan {
  cursor: string | undefined;
  /** How late a post may become visible behind its own time stamp. At least 1: stamps are often whole seconds. */
  overlapSeconds: number;
  pageSize: number;
  /** Requests per pull; what is left comes with the next one. */
  maxPages: number;
  /**
   * Posts that changed at or after `since` (absent: all), oldest change first; pages count from 1. A page
   * that is not full is the last.
   */
  fetchPage(since: string | undefined, page: number): Promise<PageRow[]>;
}

/**
 * Reading goes in passes. A pass starts at `since` and goes on from the last time of each page. Page numbers serve only
 * where more posts than a page share one time, since rows move up when one before them changes. Such posts are counted
 * through until two counts agree. A pass ends with the last page, or when it is `passLength` overlaps long, so that
 * `seen` stays small on a long backlog. The next pass starts one overlap before `first`, the newest time that was known
 * when the pass had read one page. What this pass went by while it was uncommitted bears a later time than that, and is
 * met again. `seen` drops what is met again unchanged.
 *
 * Only the board's own times are compared, so it does not matter how wrong its clock is.
 */
interface Position {
  since?: string;
  first?: string;
  newest?: string;
  /** Where the pass has come to; absent at its start. */
  from?: string;
  /** The board gives what changed after a time, and not at it: it is asked a moment earlier. */
  strict?: boolean;
  page: number;
  /** Marks of the posts of one time: as counted so far, and by the count before. */
  count?: string;
  counted?: string;
  /** Posts at or after `since`: the time and the version by id. */
  seen: Record<string, [at: string, version: string]>;
}

const passLength = 3;

/** The time-based cursor that adapters share; see the laws of `pull` in adapters/contract.ts. */
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

/** Seconds ahead of ours that a board's clock may be. */
const farAhead = 31 * 86_400;

/**
 * A post whose time lies far ahead of any clock ("9999-12-31") would hide every later one: it stands where the board put
 * it, as one without a time does.
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
 * A board that was asked from the time of a post that it had just given, and gives none of that time, means "after". What
 * shares the time would never be read. Asked a moment earlier it gives them; where the post only changed meanwhile, no harm is done.
 */
function isStrict({ from, page, strict }: Position, rows: PageRow[]): boolean {
  if (from === undefined || page > 1 || strict) return false;
  return !rows.some((row) => secondsBetween(from, row.updatedAt) <= 0);
}

/** Passes over a post that was delivered in this version. */
function take(row: PageRow, at: Position, posts: PulledPost[]): void {
  // Boards round `since` down to their own resolution: what lies before it was dealt with, and forgotten.
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

/** Where to read next; true when the posts of one time are counted again. */
function advance(at: Position, rows: PageRow[], last: boolean, overlap: number): boolean {
  const end = rows.at(-1)?.updatedAt;
  const starting = at.first === undefined;
  // A first page that reaches two overlaps far needs no second: the next pass starts from its end.
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

/** After the last page of one time: true when the posts were not the same as by the count before. */
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
    // Told below in words.
  }
  throw new BoardError('malformed', toReason('foreign_cursor'));
}

/** Equal for equal content: SHA-256 of the JSON with sorted names, shortened to 128 bits. */
export function fingerprint(raw: unknown): string {
  return createHash('sha256').update(canonicalJson(raw)).digest('hex').slice(0, 32);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
