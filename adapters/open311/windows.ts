/**
 * Reading lists that can only be asked for by windows of time. GeoReport says nothing of their order and lets a server
 * cut them (GeoReport v2, GET Service Requests: "first 1000 requests"), so a reply as long as the longest is never
 * trusted: the window is made smaller until it fits, and pages are counted through only within one second.
 */
import { BoardError } from '../contract.ts';
import type { PageRow } from '../kit/cursor.ts';

export interface WindowPlan {
  /** For messages: the setting that describes this list. */
  name: string;
  /** Where reading begins when nothing has been read; RFC 3339. */
  from: string;
  /** Rows that one reply can hold. */
  pageSize: number;
  windowDays: number;
  paging: boolean;
  /** Both ends included; whole seconds in UTC. */
  fetch(window: { start: string; end: string; page: number }): Promise<PageRow[]>;
}

const second = 1000;
const day = 86_400 * second;
/** How far ahead of ours a board's clock may be when nothing has been read of it. */
const aheadOfUs = 2 * day;
const mostPages = 1000;

/**
 * The windows from a time on, oldest first, each with all of its rows in order of time. Goes on to `until`, by default
 * past the present of any clock. A row that changes meanwhile may come twice, and the later counts.
 */
export async function* readWindows(
  plan: WindowPlan,
  since = plan.from,
  until?: Date,
): AsyncGenerator<PageRow[]> {
  const longest = plan.windowDays * day;
  let at = Math.floor(Date.parse(since) / second) * second;
  // A board's clock may be ahead of ours: the first window is never cut short by our time.
  const end = until ? until.getTime() : Math.max(Date.now() + aheadOfUs, at + longest);
  let span = longest;
  let cutEnd = at;
  let edge = new Set<string>();
  while (at < end) {
    const rows = await readWindow(plan, at, span);
    if (!rows) {
      cutEnd = at + span;
      span = halfOf(span);
      continue;
    }
    yield rows.filter((row) => !edge.has(markOf(row)));
    edge = new Set(rows.map(markOf));
    at += span;
    // The other half of a window that was cut is too full as well when this one was empty.
    if (at < cutEnd) span = rows.length === 0 ? halfOf(span) : span;
    else if (rows.length * 2 < plan.pageSize) span = Math.min(longest, span * 2);
  }
}

const halfOf = (span: number) => Math.max(second, Math.floor(span / 2 / second) * second);

/** Windows share their edges: what stood on one comes again unchanged. */
const markOf = ({ externalId, updatedAt }: PageRow) => `${updatedAt} ${externalId}`;

/** What the cursor of adapters/kit asks for: the rows at or after `since`, oldest first, at least a page of them. */
export async function fetchRows(
  plan: WindowPlan,
  since: string | undefined,
  page: number,
): Promise<PageRow[]> {
  const rows = new Map<string, PageRow>();
  for await (const window of readWindows(plan, since)) {
    for (const row of window) rows.set(row.externalId, row);
    if (rows.size >= page * plan.pageSize) break;
  }
  return [...rows.values()].sort(byTime).slice((page - 1) * plan.pageSize);
}

/** Undefined: the reply may have been cut. */
async function readWindow(plan: WindowPlan, at: number, span: number): Promise<PageRow[] | undefined> {
  const { fetch, name, pageSize, paging } = plan;
  const window = { start: toParameter(at), end: toParameter(at + span) };
  const rows = await fetch({ ...window, page: 1 });
  if (rows.length >= pageSize) {
    if (span > second) return undefined;
    const advice = `${rows.length} within one second: set ${name}.pageSize to what one reply can hold, or ${name}.paging`;
    if (!paging) throw new BoardError('malformed', advice);
    for (let page = 2, last = rows.length; last >= pageSize; page++) {
      if (page > mostPages) throw new BoardError('malformed', advice);
      const more = await fetch({ ...window, page });
      last = more.length;
      rows.push(...more);
    }
  }
  return rows.sort(byTime);
}

/** In the W3C note's form, UTC: servers take no fractions and some no offset. */
const toParameter = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

const byTime = (a: PageRow, b: PageRow) =>
  Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || (a.externalId < b.externalId ? -1 : 1);
