import type { Selectable } from 'kysely';
import { toReason } from '../../../schemas/reason.ts';
import type { ReportedChange } from '../../store/states/notice-state.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { planFallback, toToldOtherwise } from '../fallback.ts';
import type { Reported } from '../message.ts';

export type NoticeRow = Selectable<Tables['notices']>;

/**
 * What a report changes about its notice. Undefined: nothing, as with a report that comes again.
 *
 * Reports come in any order. "Delivered" stands, whatever comes after it: providers sum up the parts of a long text in
 * one report. "Not delivered" gives way to it only. A report that comes before the outcome of the call, or in place of
 * it, shows that the provider took the message. `awaitedFor`: milliseconds.
 */
export function judgeReport(
  row: NoticeRow,
  reported: Reported,
  now: Date,
  awaitedFor: number,
): ReportedChange | undefined {
  const sent = { id: row.id, sent_at: row.sent_at ?? now };
  switch (reported.kind) {
    case 'under-way':
      if (row.state !== 'due') return undefined;
      return {
        ...sent,
        state: 'sent',
        report: 'awaited',
        reported_at: null,
        report_by: new Date(now.getTime() + awaitedFor),
        last_error: null,
      };
    case 'delivered':
      if (row.report === 'delivered') return undefined;
      return {
        ...sent,
        state: 'sent',
        report: 'delivered',
        reported_at: now,
        report_by: null,
        last_error: null,
      };
    case 'undelivered': {
      // A notice that has failed was lost before, and its own reason says more: Kannel also reports what it refused.
      if (row.report === 'delivered' || row.state === 'failed') return undefined;
      const fallback = planFallback(row, now);
      const reason = fallback
        ? toToldOtherwise(reported.reason, fallback)
        : toReason('no_other_way', { detail: reported.reason });
      return {
        ...sent,
        state: 'failed',
        report: 'undelivered',
        reported_at: now,
        report_by: null,
        last_error: reason,
        fallback,
      };
    }
  }
}
