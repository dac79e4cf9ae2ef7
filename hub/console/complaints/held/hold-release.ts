import type { Reason } from '../../../../schemas/index.ts';
import { toReason } from '../../../../schemas/reason.ts';
import { writeAudit } from '../../../access/audit/audit.ts';
import type { User } from '../../../access/people/users.ts';
import { holdIn } from '../../../complaints/held/hold-act.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { listReviews } from '../../../complaints/reviews/reviews.ts';
import { toExternalId } from '../../../web/submit.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { mayRelease } from '../answers/review-rules.ts';
import { type ComplaintFormName, complaintForms } from '../complaint-forms.ts';
import { readFileClock } from '../steps/clock-account.ts';
import { toFormContext } from '../steps/show-steps.ts';
import { findPresentProblems, toWaiting } from './hold-form.ts';
import { maskAct } from './mask-act.ts';

/**
 * Holds the release of an answer. The answer waits for its release until it goes out, so that undoing has nothing to
 * mend. Resolves with the reason why it is not released; undefined: it is held.
 */
export async function holdRelease(
  deps: ConsoleDeps,
  user: User,
  file: ComplaintFile,
  id: string,
): Promise<Reason | undefined> {
  const { store, directory, settings } = deps;
  const review = (await listReviews(store, file.id)).find((one) => one.id === id && one.state === 'waiting');
  if (!review) return toReason('review_over');
  if (!mayRelease(directory, user, file, review)) return toReason('review_own');
  const { agency, fields, files, author } = review;
  const form = review.form as ComplaintFormName;
  const context = await toFormContext(deps, file, readFileClock(directory, file));
  const post = complaintForms[form].toPost(fields, files, context);
  const [problem] = await findPresentProblems(deps, user, file, { agency, post });
  if (problem) return problem.reason;
  const held = await store.db.transaction().execute(async (trx) => {
    const act = maskAct({
      ...{ complaintId: file.id, receiptNumber: file.receiptNumber, userId: user.id, login: user.login },
      ...{ agency, form, action: 'release' as const, fields, files, post, reviewId: id },
      externalId: toExternalId({ ...fields, key: `review-${id}` }),
      seq: file.events.at(-1)?.seq ?? 0,
    });
    const holding = await holdIn(trx, act, settings.UNDO_SECONDS);
    if (holding.ok)
      await writeAudit(trx, {
        ...{ actor: user.login, way: 'console', action: 'answer.released', agency },
        subject: `complaint ${file.receiptNumber}`,
        detail: { form, author },
      });
    return holding;
  });
  return held.ok ? undefined : toWaiting(held.by).reason;
}
