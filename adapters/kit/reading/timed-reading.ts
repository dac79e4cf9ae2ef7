import { toReason } from '../../../schemas/reason.ts';
import type { PulledPost } from '../../contract.ts';
import { toBoardError } from '../outcome/call-error.ts';
import { minusSeconds } from '../text/board-time.ts';
import { fingerprint } from './digest.ts';
import {
  addPost,
  type Ended,
  isRepeated,
  later,
  notePage,
  type PageMarks,
  type PageRow,
  type PullPlan,
  secondsBetween,
  toPlaced,
} from './pull-plan.ts';
import { openWhole, portion, type Step, type WholePlace } from './whole-reading.ts';

/**
 * The position of a reader that asks by time and works in passes.
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
export interface TimedPlace extends PageMarks {
  since?: string;
  first?: string;
  newest?: string;
  /** How far the pass has come. Absent at its start. */
  from?: string;
  /** True: the board returns posts after a time, without those at that time. So it is asked for a moment earlier. */
  strict?: boolean;
  /** True: the board was asked for what is later than its newest post, and had nothing. So it heeds the time. */
  heeds?: boolean;
  page: number;
  /** Digests of the posts that share one time: of the current count, and (`counted`) of the one before. */
  count?: string;
  counted?: string;
  /** How often `from` was moved past posts that cannot be read, see {@link stepPast}. */
  steps?: number;
  /** Posts in a reply that was cut at one time. Behind them others may be hidden. */
  cut?: number;
  /** Posts at or after `since`: the time and version by id. */
  seen: Record<string, [at: string, version: string]>;
}

const passLength = 3;

/** The board must be read whole. `rows`: its first page, as it was just read. */
export interface Whole {
  whole: WholePlace;
  rows?: PageRow[];
}

/** Reads one page. Returns {@link Whole} if the board turns out to ignore the time, or to be in another order. */
export async function readTimedPage(
  plan: PullPlan,
  at: TimedPlace,
  posts: PulledPost[],
): Promise<Step | Whole> {
  const from = at.from ?? at.since;
  // A post's time may have any offset. Boards are asked in UTC always, so that an expression can rely on it.
  const asked = from && minusSeconds(from, at.strict ? 0.001 : 0);
  const rows = toPlaced(await plan.fetchPage(asked, at.page), asked);
  if (isStrict(at, rows)) {
    at.strict = true;
    return { next: 'on' };
  }
  if (await ignoresTime(plan, at, asked, rows)) return { whole: toWhole(plan, at), rows };
  if (rows.length >= plan.pageSize && isUnsorted(rows))
    return { whole: { ...toWhole(plan, at), unsorted: true } };
  const repeated = isRepeated(at, at.page, rows);
  const taken = toPortion(rows);
  const isPortion = taken.length < rows.length;
  for (const row of taken) {
    const ended = await take(plan, row, at, posts);
    if (ended) return { next: 'portion', ...ended };
  }
  notePage(at, at.page, rows);
  count(taken, at);
  const last = !isPortion && (rows.length < plan.pageSize || repeated);
  const goesOn = advance(at, taken, { last, repeated }, plan);
  if (isPortion) return { next: 'portion' };
  if (goesOn || !last) return { next: 'on' };
  const { cut } = at;
  delete at.cut;
  return { next: 'end', ...(cut !== undefined && { notice: toReason('list_cut', { n: cut }) }) };
}

/** The first posts of a long reply, with all of the last one's time. The next pull asks from that time on. */
function toPortion(rows: PageRow[]): PageRow[] {
  const end = rows[portion - 1]?.updatedAt;
  if (end === undefined) return rows;
  const next = rows.findIndex((row, index) => index >= portion && secondsBetween(end, row.updatedAt) > 0);
  return next < 0 ? rows : rows.slice(0, next);
}

/**
 * Finds out whether the board understands `since` as "after". It was asked from the time of a post that it had just
 * returned, and returned none of that time. Posts that share the time would never be read. The reader then asks for a
 * moment earlier. If the post had only changed meanwhile, that does no harm.
 */
function isStrict({ from, page, strict, steps }: TimedPlace, rows: PageRow[]): boolean {
  if (from === undefined || page > 1 || strict || steps) return false;
  return !rows.some((row) => secondsBetween(from, row.updatedAt) <= 0);
}

/**
 * True: the list is not in the order of changes. Then the last time of a page does not say how far the reader has come.
 * Such a board is read whole, so that nothing is missed.
 */
export const isUnsorted = (rows: PageRow[]): boolean =>
  rows.some(
    (row, index) => index > 0 && secondsBetween(rows[index - 1]?.updatedAt ?? '', row.updatedAt) < -1,
  );

/** No board rounds a time down by more than a day, in whatever zone. */
export const mostRounding = 36 * 3600;

/**
 * Finds out whether the board returns all its posts whatever the time. A new reader asks once for the time after the
 * newest post: a board that heeds the time has nothing there. Later, posts far earlier than asked for prove it.
 */
async function ignoresTime(
  plan: PullPlan,
  at: TimedPlace,
  asked: string | undefined,
  rows: PageRow[],
): Promise<boolean> {
  if (at.page > 1 || rows.length === 0) return false;
  const early = (row: PageRow) => asked !== undefined && secondsBetween(row.updatedAt, asked) > mostRounding;
  if (rows.some(early)) return true;
  if (at.heeds) return false;
  const newest = rows.reduce(
    (time, row) => later(time, row.updatedAt),
    at.newest ?? new Date(0).toISOString(),
  );
  const beyond = minusSeconds(newest, -2 * mostRounding);
  const answer = await plan.fetchPage(beyond, 1).catch(asNothing);
  const isIgnored = answer.some((row) => secondsBetween(row.updatedAt, newest) >= 0);
  at.heeds = !isIgnored;
  return isIgnored;
}

/** A board may refuse a time in the future. So it looks at the time. */
function asNothing(error: unknown): PageRow[] {
  if (toBoardError(error).kind !== 'malformed') throw error;
  return [];
}

/** What was read up to here is not returned again. */
export function toWhole({ asks }: PullPlan, { seen, newest }: TimedPlace): WholePlace {
  const place = openWhole({ mark: asks?.mark, ...(newest && { newest }) });
  for (const [id, [, version]] of Object.entries(seen)) place.held.meet(id, version);
  return place;
}

/** Skips a post that was already returned in this version. Returns a value if the pull ends before it. */
async function take(
  plan: PullPlan,
  row: PageRow,
  at: TimedPlace,
  posts: PulledPost[],
): Promise<Ended | undefined> {
  // Boards round `since` down to their own resolution. Posts before it were already read, and `seen` has forgotten
  // them.
  if (at.since && secondsBetween(at.since, row.updatedAt) < 0) return undefined;
  const version = row.version ?? fingerprint(row.raw);
  const known = Object.hasOwn(at.seen, row.externalId) ? at.seen[row.externalId] : undefined;
  const isNews = known?.[1] !== version;
  const ended = isNews ? await addPost(plan, row, version, posts) : undefined;
  if (ended) return ended;
  at.seen[row.externalId] = [row.updatedAt, version];
  if (isNews) at.newest = later(at.newest, row.updatedAt);
  return undefined;
}

function count(rows: PageRow[], at: TimedPlace): void {
  const from = at.from ?? at.since;
  const ids = rows
    .filter((row) => from && secondsBetween(from, row.updatedAt) <= 0)
    .map((row) => row.externalId);
  at.count = fingerprint([at.page > 1 ? at.count : null, ids]);
}

interface PageKind {
  last: boolean;
  repeated: boolean;
}

/** Moves to where the next read begins. True: the pass goes on although this page was the last of its time. */
function advance(
  at: TimedPlace,
  rows: PageRow[],
  { last, repeated }: PageKind,
  { overlapSeconds: overlap, pageSize }: PullPlan,
): boolean {
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
  if (repeated && stepPast(at, from, rows.length, pageSize)) return true;
  if (moved) delete at.steps;
  if (far || last || long) startPass(at, overlap);
  else moveOn(at, moved ? end : undefined);
  return false;
}

/** To a later time, or to the next page of the same time. */
function moveOn(at: TimedPlace, to: string | undefined): void {
  if (to !== undefined) at.from = to;
  at.page = to === undefined ? at.page + 1 : 1;
}

/** After the last page of one time: true if this count differs from the one before. */
function countAgain(at: TimedPlace): boolean {
  if (at.page > 1 && at.count !== undefined && at.count !== at.counted) {
    at.counted = at.count;
    at.page = 1;
    return true;
  }
  delete at.counted;
  return false;
}

/** Seconds by which the reader steps past a time, as boards have coarser and coarser times. */
const strides = [0.001, 1, 60, 3600, 86_400];

/**
 * More posts than a page holds share one time, and the board gives the same page again. What lies behind cannot be
 * read. The reader goes on behind that time, so that later posts are read, and tells a person. False: the next time of
 * this board was not found.
 */
function stepPast(at: TimedPlace, from: string | undefined, n: number, pageSize: number): boolean {
  // Nothing is hidden where the reply is longer than a page, or where a later page repeats the last one.
  if (from === undefined || n !== pageSize || at.page > 2) return false;
  at.cut = n;
  const stride = strides[at.steps ?? 0];
  if (stride === undefined) return false;
  at.steps = (at.steps ?? 0) + 1;
  at.from = minusSeconds(from, -stride);
  at.page = 1;
  return true;
}

function startPass(at: TimedPlace, overlap: number): void {
  at.page = 1;
  delete at.from;
  delete at.count;
  delete at.counted;
  delete at.steps;
  if (at.first === undefined) return;
  const since = minusSeconds(at.first, overlap);
  const kept = Object.entries(at.seen).filter(([, [time]]) => secondsBetween(since, time) >= 0);
  at.since = since;
  at.seen = Object.fromEntries(kept);
  delete at.first;
}
