/**
 * Reading lists that can only be asked for by windows of time. GeoReport says nothing of their order and lets a server
 * cut them (GeoReport v2, GET Service Requests: "first 1000 requests"). So a reply as long as the longest is never
 * trusted: the window is made smaller until it fits. Pages are counted through only within one second.
 */
import { toReason } from '../../schemas/reason.ts';
import { BoardError } from '../contract.ts';
import type { PageRow } from '../kit/reading/cursor.ts';

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

export interface WindowReader {
  /**
   * The windows from a time on, oldest first, each with all of its rows in order of time. Goes on to `until`, by default
   * past the present of any clock. A row that changes meanwhile may come twice, and the later counts.
   */
  windows(since?: string, until?: Date): AsyncGenerator<PageRow[]>;
  /** What the cursor of adapters/kit asks for: the rows at or after `since`, oldest first, at least a page of them. */
  rows(since: string | undefined, page: number): Promise<PageRow[]>;
}

/** A reader for one look at the board: it begins each reading with the length of window that fitted last. */
export function createWindowReader(plan: WindowPlan): WindowReader {
  const longest = plan.windowDays * day;
  let span = longest;

  async function* windows(since = plan.from, until?: Date): AsyncGenerator<PageRow[]> {
    let at = Math.floor(Date.parse(since) / second) * second;
    // A board's clock may be ahead of ours: the first window is never cut short by our time.
    const end = until ? until.getTime() : Math.max(Date.now() + aheadOfUs, at + longest);
    let cutEnd = at;
    let edge = new Set<string>();
    while (at < end) {
      const rows = await readWindow(plan, at, span);
      if (!rows) {
        cutEnd = at + span;
        span = halfOf(span);
        continue;
      }
      at += span;
      span = Math.min(longest, nextSpan(span, rows.length / plan.pageSize, at < cutEnd));
      yield rows.filter((row) => !edge.has(markOf(row)));
      edge = new Set(rows.map(markOf));
    }
  }

  return {
    windows,
    async rows(since, page) {
      const rows = new Map<string, PageRow>();
      for await (const window of windows(since)) {
        for (const row of window) rows.set(row.externalId, row);
        if (rows.size >= page * plan.pageSize) break;
      }
      return [...rows.values()].sort(byTime).slice((page - 1) * plan.pageSize);
    },
  };
}

/** The length of the next window by how full this one was; below one that was cut, no longer than this. */
function nextSpan(span: number, fullness: number, isBelowCut: boolean): number {
  // The other half of a window that was cut is too full as well when this one was empty.
  if (isBelowCut) return fullness === 0 ? halfOf(span) : span;
  if (fullness === 0) return span * 8;
  return fullness < 0.5 ? span * 2 : span;
}

const halfOf = (span: number) => Math.max(second, Math.floor(span / 2 / second) * second);

/** Windows share their edges: what stood on one comes again unchanged. */
const markOf = ({ externalId, updatedAt }: PageRow) => `${updatedAt} ${externalId}`;

/** Undefined: the reply may have been cut. */
async function readWindow(plan: WindowPlan, at: number, span: number): Promise<PageRow[] | undefined> {
  const { fetch, name, pageSize, paging } = plan;
  const window = { start: toParameter(at), end: toParameter(at + span) };
  const rows = await fetch({ ...window, page: 1 });
  if (rows.length >= pageSize) {
    if (span > second) return undefined;
    const advice = toReason('window_too_full', { count: rows.length, setting: name });
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
