import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Transaction } from 'kysely';
import { toReason } from '../../../../schemas/reason.ts';
import { giveBackDraft } from '../../../complaints/drafts.ts';
import { findHeld } from '../../../complaints/held/list-held.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { decideReview, type Review } from '../../../complaints/reviews/reviews.ts';
import type { Tables } from '../../../store/tables/tables.ts';
import { PageError } from '../../../web/page-error.ts';
import { submit } from '../../../web/submit.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { getFile } from '../complaint-file.ts';
import { type ComplaintFormName, complaintForms } from '../complaint-forms.ts';
import { toWaiting } from '../held/hold-form.ts';
import { holdRelease } from '../held/hold-release.ts';
import { showComplaint } from '../show-complaint.ts';
import { readFileClock } from '../steps/clock-account.ts';
import { toFormContext } from '../steps/show-steps.ts';
import { isAuthor, mayRelease } from './review-rules.ts';

const decisions = { release: 'released', return: 'returned', withdraw: 'withdrawn' } as const;

/** Decisions about an answer that waits: released and sent, returned with a comment, or taken back by its author. */
export const releasePages: Pages = (app, deps) => {
  app.post('/complaints/:receiptNumber/reviews/:id/:decision', async (request, reply) => {
    const { id = '', decision = '' } = request.params as Record<string, string>;
    const file = await getFile(deps.store, request);
    const to = Object.hasOwn(decisions, decision) ? decisions[decision as keyof typeof decisions] : undefined;
    if (!to || !isUuid.test(id)) throw new PageError('not_found');
    return decide(deps, request, reply, { file, id, to });
  });
};

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Asked {
  file: ComplaintFile;
  id: string;
  to: (typeof decisions)[keyof typeof decisions];
}

async function decide(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { file, id, to }: Asked,
) {
  const user = request.signedIn();
  const comment = (request.typed().comment ?? '').trim();
  const waiting = await findHeld(deps.store, file.id, user.id);
  const refuse = (problem: unknown) => showComplaint(deps, request, reply, file, { comment, problem });
  if (to === 'returned' && comment === '') return refuse(toReason('review_comment'));
  if (waiting) return refuse(toWaiting(waiting.login).reason);
  if (to === 'released' && deps.settings.UNDO_SECONDS > 0) {
    const why = await holdRelease(deps, user, file, id);
    return why ? refuse(why) : reply.redirect(`/complaints/${file.receiptNumber}?done=held`, 303);
  }
  let problem: unknown;
  const whose = { id, complaintId: file.id, receiptNumber: file.receiptNumber, by: user.login };
  const decided = await decideReview(deps.store, { ...whose, to, comment }, async (review, trx) => {
    if (to === 'withdrawn' ? !isAuthor(user, review) : !mayRelease(deps.directory, user, file, review))
      problem = toReason('review_own');
    else if (to === 'released') problem = await send(deps, file, review, user.login);
    else await giveBack(trx, file, review);
    return problem === undefined;
  });
  if (!decided) return refuse(toReason('review_over'));
  if (problem !== undefined) return refuse(problem);
  return reply.redirect(`/complaints/${file.receiptNumber}?done=review_${to}`, 303);
}

/** Sends what was released. The same review sent twice is one call. Resolves with what the exchange refuses. */
async function send(deps: ConsoleDeps, file: ComplaintFile, review: Review, user: string) {
  const context = await toFormContext(deps, file, readFileClock(deps.directory, file));
  const form = complaintForms[review.form as ComplaintFormName];
  const submitted = await submit(deps.accept, {
    agency: review.agency,
    user,
    complaintId: file.id,
    post: form.toPost(review.fields, review.files, context),
    typed: { ...review.fields, key: `review-${review.id}` },
  });
  return submitted.ok ? undefined : submitted.problems[0]?.reason;
}

/** The author goes on with it in the form where it was written, with its files. */
async function giveBack(
  trx: Transaction<Tables>,
  { id }: ComplaintFile,
  { authorId, form, fields, files }: Review,
) {
  if (authorId === null) return;
  const { key: _key, ...typed } = fields;
  await giveBackDraft(trx, { userId: authorId, complaintId: id, form }, { fields: typed, files });
}
