import type { Agency, ComplaintKind } from '../../schemas/index.ts';
import { complaintKinds } from '../../schemas/vocabulary.ts';

/** How long an agency keeps complaints of some kinds. */
export interface RetentionSpan {
  kinds: ComplaintKind[];
  years: number;
  /** The schedule or the law that says so. */
  source: string;
}

/** Korea has no summer time: a year begins at 15:00 UTC of the day before. */
const seoul = 9 * 60 * 60_000;

/**
 * What was completed before this instant has been kept for so many years. The years are counted from 1 January after the
 * year in which it was completed (공공기록물 관리에 관한 법률 시행령, article 26, paragraph 2).
 */
export function toCutoff(years: number, now: Date): Date {
  const year = new Date(now.getTime() + seoul).getUTCFullYear();
  return new Date(Date.UTC(year - years, 0, 1) - seoul);
}

/** The rules of an agency with the kinds that each is for: the first one that names a kind decides, and one without kinds takes the rest. */
export function listSpans({ retention = [] }: Pick<Agency, 'retention'>): RetentionSpan[] {
  const open = new Set<ComplaintKind>(complaintKinds);
  return retention.flatMap(({ kinds = complaintKinds, years, source }) => {
    const own = kinds.filter((kind) => open.delete(kind));
    return own.length > 0 ? [{ kinds: own.sort(), years, source }] : [];
  });
}

const day = 24 * 60 * 60_000;
/** People have a week to look. */
const notice = 7 * day;

/** When something that is announced now is destroyed: at 02:00 (Asia/Seoul) of the first Monday after a week. */
export function toPlannedAt(announced: Date): Date {
  const earliest = new Date(announced.getTime() + notice + seoul);
  const twoOClock = Date.UTC(earliest.getUTCFullYear(), earliest.getUTCMonth(), earliest.getUTCDate(), 2);
  const first = twoOClock < earliest.getTime() ? twoOClock + day : twoOClock;
  const monday = (8 - new Date(first).getUTCDay()) % 7;
  return new Date(first + monday * day - seoul);
}
