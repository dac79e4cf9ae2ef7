import { reasonOf, toReason } from '../../../schemas/reason.ts';
import type { CheckReport } from '../../contract.ts';
import { minusSeconds } from '../text/board-time.ts';
import { isRepeated, later, notePage, type PageMarks, type PageRow, type PullPlan } from './pull-plan.ts';
import { isUnsorted, mostRounding } from './timed-reading.ts';
import { toUnpaged } from './whole-reading.ts';

type Line = CheckReport['lines'][number];
type Plan = Pick<PullPlan, 'asks' | 'pageSize' | 'fetchPage'>;

/**
 * The part of "test connection" that tells how the board is read: whether it gives its list in pages, and whether it
 * heeds the time. It takes up to three calls.
 */
export async function checkPaging(plan: Plan): Promise<Line[]> {
  try {
    const rows = await plan.fetchPage(undefined, 1);
    if (rows.length === 0) return [];
    return [...(await checkPages(plan, rows)), ...(await checkTime(plan, rows))];
  } catch (error) {
    return [{ what: toReason('checked_pages'), ok: false, detail: reasonOf(error) }];
  }
}

async function checkPages({ asks, pageSize, fetchPage }: Plan, rows: PageRow[]): Promise<Line[]> {
  const what = toReason('checked_pages');
  const n = rows.length;
  const isFull = n >= pageSize;
  if (asks?.page === false)
    return [
      {
        what,
        ok: n !== pageSize,
        detail: isFull ? toUnpaged(n, pageSize) : toReason('no_page_asked', { n }),
      },
    ];
  const marks: PageMarks = {};
  notePage(marks, 1, rows);
  const next = await fetchPage(undefined, 2);
  if (isRepeated(marks, 2, next))
    return [
      {
        what,
        ok: n !== pageSize,
        detail: isFull ? toUnpaged(n, pageSize) : toReason('pages_ignored', { n }),
      },
    ];
  const isShort = !isFull && next.length > 0;
  if (isShort) return [{ what, ok: false, detail: toReason('pages_shorter', { n, size: pageSize }) }];
  return isFull ? [{ what, ok: true, detail: toReason('pages_given') }] : [];
}

/** A board that heeds the time holds nothing that is later than its newest post. */
async function checkTime({ asks, fetchPage }: Plan, rows: PageRow[]): Promise<Line[]> {
  const what = toReason('checked_since');
  if (asks?.since === false) return [{ what, ok: true, detail: toReason('no_time_asked') }];
  if (isUnsorted(rows)) return [{ what, ok: true, detail: toReason('list_unsorted') }];
  const newest = rows.reduce((time, row) => later(time, row.updatedAt), new Date(0).toISOString());
  const beyond = await fetchPage(minusSeconds(newest, -2 * mostRounding), 1);
  const isIgnored = beyond.some((row) => Date.parse(row.updatedAt) <= Date.parse(newest));
  return [{ what, ok: true, detail: toReason(isIgnored ? 'time_ignored' : 'time_heeded') }];
}
