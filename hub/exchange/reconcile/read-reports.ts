import type { Reason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { DriftKind, DriftPart, DriftState, LinkState } from '../../store/tables/column-types.ts';

/** One comparison and how much it found. */
export interface ReportEntry {
  id: string;
  agency: string;
  since: Date | null;
  askedBy: string | null;
  askedAt: Date;
  state: 'asked' | 'reading' | 'done' | 'failed';
  finishedAt: Date | null;
  posts: number;
  underWay: number;
  error: Reason | null;
  /** Drifts by state. */
  open: number;
  repairing: number;
  repaired: number;
  dismissed: number;
}

const reports = `
select r.id, r.agency, r.since, r.asked_by as "askedBy", r.asked_at as "askedAt", r.state, r.finished_at as "finishedAt",
  r.posts, r.under_way as "underWay", r.error, d.* from reconciliations r, lateral (
    select count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'repairing')::int as repairing,
      count(*) filter (where state = 'repaired')::int as repaired, count(*) filter (where state = 'dismissed')::int as dismissed
    from drifts where reconciliation_id = r.id) d`;

/** Newest first. */
export async function listReports({ pool }: Store, place: Place = {}): Promise<Page<ReportEntry>> {
  const backwards = place.before !== undefined;
  const { rows } = await pool.query<ReportEntry>(
    `${reports} where $1::uuid is null or r.id ${backwards ? '>' : '<'} $1 order by r.id ${backwards ? 'asc' : 'desc'} limit ${pageSize + 1}`,
    [place.before ?? place.after ?? null],
  );
  return toPage(rows, place, ({ id }) => id);
}

export async function findReport({ pool }: Store, id: string): Promise<ReportEntry | undefined> {
  const { rows } = await pool.query<ReportEntry>(`${reports} where r.id = $1`, [id]);
  return rows[0];
}

/** The newest completed comparison of an agency. */
export async function findNewestReport({ pool }: Store, agency: string): Promise<ReportEntry | undefined> {
  const { rows } = await pool.query<ReportEntry>(
    `${reports} where r.agency = $1 and r.state = 'done' order by r.id desc limit 1`,
    [agency],
  );
  return rows[0];
}

/** One drift, with the state of its repair. */
export interface DriftEntry {
  id: string;
  kind: DriftKind;
  externalId: string;
  receiptNumber: string | null;
  /** What a repair does about it, part by part. */
  parts: DriftPart[];
  state: DriftState;
  note: Reason | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** The state of its link, if it has one. */
  linkState: LinkState | null;
  held: number | null;
  reached: number | null;
}

/** The drifts of one report, as they were found. */
export async function listDrifts(
  { pool }: Store,
  reconciliationId: string,
  place: Place = {},
  limit = pageSize,
): Promise<Page<DriftEntry>> {
  const backwards = place.before !== undefined;
  const { rows } = await pool.query<DriftEntry>(
    `select d.id, d.kind, d.external_id as "externalId", c.receipt_number as "receiptNumber", d.parts, d.state, d.note,
       d.decided_by as "decidedBy", d.decided_at as "decidedAt", l.state as "linkState", l.held, l.reached
     from drifts d left join links l on l.id = d.link_id left join complaints c on c.id = l.complaint_id
     where d.reconciliation_id = $1 and ($2::uuid is null or d.id ${backwards ? '<' : '>'} $2)
     order by d.id ${backwards ? 'desc' : 'asc'} limit $3`,
    [reconciliationId, place.before ?? place.after ?? null, limit + 1],
  );
  return limit === pageSize
    ? toPage(rows, place, ({ id }) => id)
    : { rows: rows.slice(0, limit), ...(rows.length > limit && { next: rows[limit - 1]?.id ?? '' }) };
}

/** A decision, for the page that shows who did what. */
export interface Decision {
  action: string;
  detail: string | null;
  decidedBy: string;
  decidedAt: Date;
}

/** The last hundred decisions, newest first. */
export async function listDecisions({ pool }: Store, subjectId: string): Promise<Decision[]> {
  const { rows } = await pool.query<Decision>(
    `select action, detail, decided_by as "decidedBy", decided_at as "decidedAt" from repair_decisions
     where subject_id = $1 order by id desc limit 100`,
    [subjectId],
  );
  return rows;
}
