import { sql } from 'kysely';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { toMonth, toMonthBefore } from '../log/months.ts';
import { makeReview, type ReviewReport } from './make-review.ts';

export interface Review {
  month: string;
  madeAt: Date;
  report: ReviewReport;
  confirmedBy: string | null;
  confirmedAt: Date | null;
  note: string;
}

/**
 * Makes the review of last month, once, and plans a mail to each auditor with an address: who reviews. In one transaction.
 * Undefined: it is made already, or nothing was logged before this month.
 */
export async function makeDueReview({ pool, db }: Store, now = new Date()): Promise<string | undefined> {
  const month = toMonthBefore(toMonth(now));
  const known = await db
    .selectFrom('access_reviews')
    .select('month')
    .where('month', '=', month)
    .executeTakeFirst();
  if (known) return undefined;
  const report = await makeReview(pool, month);
  if (report.accounts.length === 0) return undefined;
  await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('access_reviews')
      .values({ month, report: sql`${JSON.stringify(report)}::jsonb` })
      .onConflict((conflict) => conflict.doNothing())
      .returning('month')
      .executeTakeFirst();
    const auditors = await trx
      .selectFrom('users')
      .select(['id', 'email'])
      .where('role', '=', 'auditor')
      .where('email', 'is not', null)
      .where('disabled_at', 'is', null)
      .execute();
    if (!made || auditors.length === 0) return;
    await trx
      .insertInto('account_mails')
      .values(
        auditors.map(({ id, email }) => ({
          ...{ id: newId(), user_id: id, kind: 'access_review' as const },
          ...{ address: email as string, about: month },
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return month;
}

const columns = [
  'month',
  'made_at as madeAt',
  'report',
  'confirmed_by as confirmedBy',
  'confirmed_at as confirmedAt',
  'note',
] as const;

export async function findReview({ db }: Store, month: string): Promise<Review | undefined> {
  const row = await db
    .selectFrom('access_reviews')
    .select(columns)
    .where('month', '=', month)
    .executeTakeFirst();
  return row as Review | undefined;
}

/** The months of which there is a review, the newest first. The log holds two years at the most. */
export const listReviews = ({ db }: Store): Promise<Omit<Review, 'report'>[]> =>
  db
    .selectFrom('access_reviews')
    .select([
      'month',
      'made_at as madeAt',
      'confirmed_by as confirmedBy',
      'confirmed_at as confirmedAt',
      'note',
    ])
    .orderBy('month', 'desc')
    .limit(24)
    .execute();

/** Notes that a person looked at it, and what came of it. False: somebody else did before. */
export const confirmReview = (
  { db }: Store,
  { month, by, note }: { month: string; by: string; note: string },
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const confirmed = await trx
      .updateTable('access_reviews')
      .set({ confirmed_by: by, confirmed_at: new Date(), note })
      .where('month', '=', month)
      .where('confirmed_at', 'is', null)
      .returning('month')
      .executeTakeFirst();
    if (!confirmed) return false;
    const subject = `month ${month}`;
    await writeAudit(trx, {
      actor: by,
      way: 'console',
      action: 'access.reviewed',
      subject,
      detail: { note },
    });
    return true;
  });
