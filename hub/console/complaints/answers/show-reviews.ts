import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { listReviews, type Review } from '../../../complaints/reviews/reviews.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toSubject } from '../complaint-file.ts';
import type { ComplaintForm, FormContext } from '../complaint-form.ts';
import { type ComplaintFormName, complaintForms } from '../complaint-forms.ts';
import { toShownStep } from '../steps/shown-step.ts';
import { isAuthor, mayRelease } from './review-rules.ts';

/** What was typed for a decision about an answer and could not be taken. */
export interface ReturnedDecision {
  comment: string;
  /** The key of a text or a reason, at the field of the comment. */
  problem: unknown;
}

/** The answers of a complaint that wait or were returned, with what this person may decide, as its page shows them. */
export async function toReviews(
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  user: User,
  file: ComplaintFile,
  { context, decision }: { context: FormContext; decision?: ReturnedDecision | undefined },
) {
  // What nobody released is for those who answer alone.
  if (!may(user, 'answer', toSubject(file))) return [];
  const shown = (await listReviews(store, file.id)).filter(
    ({ state }) => state === 'waiting' || state === 'returned',
  );
  return shown.map((review) => ({
    ...review,
    ...toWords(review, context),
    isOwn: isAuthor(user, review),
    mayRelease: review.state === 'waiting' && mayRelease(directory, user, file, review),
    /** Something happened to the complaint since it was written. */
    isOutdated: (file.events.at(-1)?.seq ?? 0) > review.seq,
    files: review.files.map(({ name }) => name),
    typed: decision?.comment ?? '',
    problem: decision?.problem ?? null,
  }));
}

/** What it would say. */
function toWords({ form, fields, files }: Review, context: FormContext) {
  const known: ComplaintForm = complaintForms[form as ComplaintFormName];
  const post = known.toPost(fields, files, context);
  const [step] = post.steps ?? [];
  const [answer] = post.answers ?? [];
  return {
    text: answer?.text ?? '',
    officer: answer?.officer ?? null,
    step: step ? toShownStep(step) : null,
  };
}
