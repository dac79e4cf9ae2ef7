/**
 * Reads lists that can be asked for only by time windows. GeoReport promises no order and lets a server truncate a list
 * (GeoReport v2, GET Service Requests: "first 1000 requests"). So a reply of the greatest length is never trusted: the
 * reader shrinks the window until the reply fits. It counts pages only within one second.
 */
import { toReason } from '../../schemas/reason.ts';
import { BoardError } from '../contract.ts';
import type { PageRow } from '../kit/reading/pull-plan.ts';

export interface WindowPlan {
  /** The setting that describes this list, for messages. */
  name: string;
  /** Where the first read begins; RFC 3339. */
  from: string;
  /** The most rows of one reply. */
  pageSize: number;
  windowDays: number;
  paging: boolean;
  /** Both ends are included. Times are whole seconds in UTC. */
  fetch(window: { start: string; end: string; page: number }): Promise<PageRow[]>;
}

const second = 1000;
const day = 86_400 * second;
/** How far a board's clock may be ahead of ours, before anything was read from it. */
const aheadOfUs = 2 * day;
const mostPages = 1000;

export interface WindowReader {
  /**
   * Returns the windows from a time on, oldest first, each with all its rows in order of time. It ends at `until`, by
   * default later than any clock's present. A row that changes meanwhile may come twice; the later one counts.
   */
  windows(since?: string, until?: Date): AsyncGenerator<PageRow[]>;
  /** Serves the cursor of adapters/kit: the rows at or after `since`, oldest first, and at least one page of them. */
  rows(since: string | undefined, page: number): Promise<PageRow[]>;
}

/** Creates a reader for one poll. Each read begins with the window length that fitted last. */
export function createWindowReader(plan: WindowPlan): WindowReader {
  const longest = plan.windowDays * day;
  let span = longest;

  async function* windows(since = plan.from, until?: Date): AsyncGenerator<PageRow[]> {
    let at = Math.floor(Date.parse(since) / second) * second;
    // A board's clock may be ahead of ours. So our time never shortens the first window.
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

/** The length of the next window, by how full this one was. After a truncated window the length does not grow. */
function nextSpan(span: number, fullness: number, isBelowCut: boolean): number {
  // If one half of a truncated window is empty, the other half is too full as well.
  if (isBelowCut) return fullness === 0 ? halfOf(span) : span;
  if (fullness === 0) return span * 8;
  return fullness < 0.5 ? span * 2 : span;
}

const halfOf = (span: number) => Math.max(second, Math.floor(span / 2 / second) * second);

/** Windows share their edges. A row on an edge comes again unchanged. */
const markOf = ({ externalId, updatedAt }: PageRow) => `${updatedAt} ${externalId}`;

/** Undefined: the reply may be truncated. */
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

/** The format of the W3C note, in UTC. Servers accept no fractions, and some accept no offset. */
const toParameter = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

const byTime = (a: PageRow, b: PageRow) =>
  Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || (a.externalId < b.externalId ? -1 : 1);
