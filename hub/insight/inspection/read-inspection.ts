import { type RawBuilder, sql } from 'kysely';
import type { ComplaintKind } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import type { NoticeState } from '../../store/tables/column-types.ts';
import type { CaseState } from '../process/case-figures.ts';
import { endOf, startOf } from './month.ts';

/**
 * What the monthly inspection looks at (Decree, article 22), of complaints that an agency took in until the end of the
 * month.
 *
 * - `overdue`: not answered, and beyond the deadline. As it is now, whichever month is looked at.
 * - `late`: answered after the deadline in that month
 * - `slow`: in time, and not answered 30 days after the intake: the clock stands, was extended, or no period applies
 */
export const inspectedParts = ['overdue', 'late', 'slow'] as const;
export type InspectedPart = (typeof inspectedParts)[number];

/** A reminder letter, and what became of it. */
interface Letter {
  rule: string;
  madeBy: string;
  madeAt: Date;
  /** The states of its notices, one for each officer and channel. */
  sent: NoticeState[];
}

export interface Inspected {
  id: string;
  receiptNumber: string;
  title: string;
  kind: ComplaintKind;
  state: CaseState;
  takenInAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
  letters: Letter[];
}

/** Rows of a part that a page shows; the longest waiting first. */
export const mostShown = 50;
/** Counts stop here. */
const mostCounted = 1000;
const slowAfterDays = 30;

/** The words are those of the indexes of migration 0055. */
const conditions: Record<InspectedPart, (agency: string, month: string) => RawBuilder<boolean>> = {
  overdue: (
    agency,
    month,
  ) => sql`p.agency = ${agency} and p.state in ('open', 'overdue') and p.state = 'overdue'
    and p.taken_in_at < ${endOf(month)}`,
  late: (agency, month) => sql`p.agency = ${agency} and p.state = 'late'
    and p.ended_at >= ${startOf(month)} and p.ended_at < ${endOf(month)}`,
  slow: (agency, month) => sql`p.agency = ${agency} and p.state in ('open', 'overdue') and p.state = 'open'
    and p.taken_in_at < least(now(), ${endOf(month)}) - ${sql.lit(slowAfterDays)} * interval '1 day'`,
};

/** How many of each part there are, up to {@link mostCounted}. */
export async function countInspected(
  { db }: Pick<Store, 'db'>,
  agency: string,
  month: string,
): Promise<Record<InspectedPart, number>> {
  const counted = inspectedParts.map(
    (part) => sql`(select count(*)::int from (select from process_cases p
      where ${conditions[part](agency, month)} limit ${sql.lit(mostCounted)}) found) as ${sql.id(part)}`,
  );
  const { rows } = await sql<Record<InspectedPart, number>>`select ${sql.join(counted)}`.execute(db);
  return rows[0] ?? { overdue: 0, late: 0, slow: 0 };
}

const order: Record<InspectedPart, RawBuilder<unknown>> = {
  overdue: sql`p.taken_in_at`,
  late: sql`p.ended_at`,
  slow: sql`p.taken_in_at`,
};

/** The first rows of a part, with the letters that were made. */
export async function listInspected(
  { db }: Pick<Store, 'db'>,
  part: InspectedPart,
  agency: string,
  month: string,
): Promise<Inspected[]> {
  const { rows } = await sql<Inspected>`
    with found as materialized (
      select * from process_cases p where ${conditions[part](agency, month)} order by ${order[part]} limit ${sql.lit(mostShown)})
    select c.id, c.receipt_number as "receiptNumber", c.content ->> 'title' as title, p.kind, p.state,
      p.taken_in_at as "takenInAt", c.due_at as "dueAt", p.ended_at as "endedAt",
      coalesce((select jsonb_agg(jsonb_build_object('rule', r.rule, 'madeBy', r.made_by, 'madeAt', r.made_at, 'sent', coalesce((
          select jsonb_agg(n.state) from notices n where n.complaint_id = r.complaint_id and n.seq = 0 and n.template = 'reminder'
            and n.agency = r.agency and n.about = r.rule), '[]')) order by r.made_at)
        from reminder_letters r where r.complaint_id = c.id and r.agency = p.agency), '[]') as letters
    from found p join complaints c on c.id = p.complaint_id order by ${order[part]}`.execute(db);
  return rows.map((row) => ({
    ...row,
    letters: row.letters.map((letter) => ({ ...letter, madeAt: new Date(letter.madeAt) })),
  }));
}

/** Who confirmed an inspection, and what it showed then. */
export interface Confirmed {
  note: string;
  confirmedBy: string;
  confirmedAt: Date;
  counts: Record<string, number>;
}

export async function findConfirmed(
  { db }: Pick<Store, 'db'>,
  agency: string,
  month: string,
): Promise<Confirmed | undefined> {
  return db
    .selectFrom('inspections')
    .select(['note', 'counts', 'confirmed_by as confirmedBy', 'confirmed_at as confirmedAt'])
    .where('agency', '=', agency)
    .where('month', '=', month)
    .executeTakeFirst();
}
