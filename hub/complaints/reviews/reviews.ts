import { sql, type Transaction } from 'kysely';
import { type AttachmentReference, byOfficers, maskValue } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { sealedJsonText, sealedText } from '../../store/sealing/keyed.ts';
import { clearMembers } from '../../store/sealing/sealed-columns.ts';
import type { Tables } from '../../store/tables/tables.ts';

/** Days that the files of an answer are kept for it while it waits or is mended. */
const fileDays = 90;

type ReviewState = 'waiting' | 'released' | 'returned' | 'withdrawn' | 'superseded';

/** An answer that was written and is sent only when a second person releases it. */
export interface Review {
  id: string;
  complaintId: string;
  agency: string;
  form: string;
  fields: Record<string, string>;
  files: AttachmentReference[];
  /** The login of the person who wrote it. */
  author: string;
  authorId: string | null;
  /** The newest event of the complaint when it was written. */
  seq: number;
  state: ReviewState;
  comment: string | null;
  decidedBy: string | null;
  sentAt: Date;
  decidedAt: Date | null;
}

const selectReviews = ({ db }: Pick<Store, 'db'>) =>
  db
    .selectFrom('answer_reviews')
    .select(['id', 'complaint_id as complaintId', 'agency', 'form', 'fields', 'files', 'author', 'seq'])
    .select(['author_id as authorId', 'state', 'comment', 'decided_by as decidedBy'])
    .select(['sent_at as sentAt', 'decided_at as decidedAt']);

/** The answers to a complaint that waited or wait, oldest first. */
export const listReviews = (store: Store, complaintId: string): Promise<Review[]> =>
  selectReviews(store).where('complaint_id', '=', complaintId).orderBy('sent_at').execute();

export type NewReview = Pick<
  Review,
  'complaintId' | 'agency' | 'form' | 'fields' | 'files' | 'author' | 'seq'
> & {
  authorId: string;
  authorName: string;
  receiptNumber: string;
  /** The logins that may release. Undefined: every other officer of the agency. */
  reviewers: readonly string[] | undefined;
};

/** Sends an answer to be released. What was returned before is over. False: another one waits already. */
export function askRelease({ db }: Store, review: NewReview): Promise<boolean> {
  const { complaintId, agency, form, fields, files, author, authorId, seq, receiptNumber } = review;
  return db.transaction().execute(async (trx) => {
    await trx
      .updateTable('answer_reviews')
      .set({ state: 'superseded' })
      .where('complaint_id', '=', complaintId)
      .where('state', '=', 'returned')
      .execute();
    const made = await trx
      .insertInto('answer_reviews')
      .values({
        ...{ complaint_id: complaintId, agency, form, author, author_id: authorId, seq },
        fields: sealedJsonText(maskValue(fields, byOfficers)),
        files: sealedJsonText(files, clearMembers.files),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) return false;
    await keepFiles(trx, files);
    await tellReviewers(trx, made.id, review);
    await note(trx, { agency, form, author, receiptNumber }, author, 'answer.review_asked');
    return true;
  });
}

/** Plans a mail to each who may release it and has an address. The person who wrote it is none of them. */
async function tellReviewers(
  trx: Transaction<Tables>,
  reviewId: string,
  { agency, authorId, authorName, receiptNumber, reviewers }: NewReview,
): Promise<void> {
  const told = await trx
    .selectFrom('users')
    .select(['id', 'email'])
    .where('role', '=', 'officer')
    .where('agency', '=', agency)
    .where('id', '<>', authorId)
    .where('email', 'is not', null)
    .where('disabled_at', 'is', null)
    .$if(reviewers !== undefined, (query) => query.where('login', 'in', [...(reviewers ?? []), '']))
    .execute();
  if (told.length === 0) return;
  const facts = JSON.stringify({ number: receiptNumber, author: authorName }) as never;
  await trx
    .insertInto('account_mails')
    .values(
      told.map(({ id, email }) => ({
        ...{ id: newId(), user_id: id, kind: 'answer_waiting' as const },
        ...{ address: email as string, about: reviewId, facts },
      })),
    )
    .execute();
}

const keepFiles = (trx: Transaction<Tables>, files: readonly AttachmentReference[]) => {
  const ids = files.flatMap(({ id }) => id ?? []);
  return sql`update uploads set kept_until = now() + make_interval(days => ${sql.lit(fileDays)})
    where id::text = any(${ids})`.execute(trx);
};

type Noted = Pick<Review, 'agency' | 'form' | 'author'> & { receiptNumber: string };

const note = (
  trx: Transaction<Tables>,
  { agency, form, author, receiptNumber }: Noted,
  actor: string,
  action: 'answer.review_asked' | 'answer.released' | 'answer.returned' | 'answer.review_withdrawn',
) =>
  writeAudit(trx, {
    ...{ actor, way: 'console', action, agency },
    subject: `complaint ${receiptNumber}`,
    detail: { form, author },
  });

const actions = {
  released: 'answer.released',
  returned: 'answer.returned',
  withdrawn: 'answer.review_withdrawn',
} as const;

/** A decision about an answer that waits. */
export interface ReviewDecision {
  id: string;
  complaintId: string;
  receiptNumber: string;
  /** The login of the person who decides. */
  by: string;
  to: keyof typeof actions;
  comment?: string;
}

/**
 * Decides about an answer that waits. `act` does what follows, in the same transaction where it can, while nobody else
 * can decide: if it gives false, the answer goes on waiting. Resolves with the review; undefined: it does not wait any more.
 */
export function decideReview(
  { db }: Store,
  { id, complaintId, receiptNumber, by, to, comment }: ReviewDecision,
  act: (review: Review, trx: Transaction<Tables>) => Promise<boolean>,
): Promise<Review | undefined> {
  return db.transaction().execute(async (trx) => {
    const review = await selectReviews({ db: trx })
      .where('id', '=', id)
      .where('complaint_id', '=', complaintId)
      .where('state', '=', 'waiting')
      .forUpdate()
      .executeTakeFirst();
    if (!review || !(await act(review, trx))) return review;
    await trx
      .updateTable('answer_reviews')
      .set({
        state: to,
        comment: comment === undefined ? null : sealedText(comment),
        decided_by: by,
        decided_at: sql`now()`,
      })
      .where('id', '=', id)
      .execute();
    await note(trx, { ...review, receiptNumber }, by, actions[to]);
    return review;
  });
}

/** An answer in a person's work: to be released, or returned to its author. */
export interface ReviewEntry {
  receiptNumber: string;
  title: string;
  form: string;
  author: string;
  comment: string | null;
  decidedBy: string | null;
  at: Date;
}

/** Rows of each list that a page shows. */
const most = 20;

/** What waits for an officer: answers of others to release, and own ones that were returned. */
export async function readReviewWork(
  { db }: Store,
  { agency, login, userId }: { agency: string; login: string; userId: string },
): Promise<{ toRelease: ReviewEntry[]; returned: ReviewEntry[] }> {
  const entries = db
    .selectFrom('answer_reviews as r')
    .innerJoin('complaints as c', 'c.id', 'r.complaint_id')
    .select(['c.receipt_number as receiptNumber', 'r.form', 'r.author', 'r.comment'])
    .select(['r.decided_by as decidedBy', sql<string>`c.content ->> 'title'`.as('title')])
    .select(sql<Date>`coalesce(r.decided_at, r.sent_at)`.as('at'))
    .limit(most);
  const [toRelease, returned] = await Promise.all([
    entries
      .where('r.state', '=', 'waiting')
      .where('r.agency', '=', agency)
      .where('r.author', '<>', login)
      .orderBy('r.sent_at')
      .execute(),
    entries
      .where('r.state', '=', 'returned')
      .where('r.author_id', '=', userId)
      .orderBy('r.decided_at')
      .execute(),
  ]);
  return { toRelease, returned };
}
