import { type Post, type Problem, toReason } from '../../../schemas/index.ts';
import { may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { removeDraft } from '../../complaints/drafts.ts';
import type { ComplaintFile } from '../../complaints/reading/read-complaint.ts';
import { askRelease } from '../../complaints/reviews/reviews.ts';
import { type FormWithFiles, readFormFiles, toFileMark } from '../../web/form-files.ts';
import { PageError } from '../../web/page-error.ts';
import { submit } from '../../web/submit.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { needsRelease } from './answers/review-rules.ts';
import { findTest, getFile, toSubject } from './complaint-file.ts';
import type { ComplaintForm } from './complaint-form.ts';
import {
  type ComplaintFormName,
  complaintFormNames,
  complaintForms,
  listUsableForms,
  toActingAgency,
} from './complaint-forms.ts';
import { toConfirmation, withoutConfirmation } from './confirmation.ts';
import { keepTyped } from './draft-pages.ts';
import { holdForm, isHeldBack, toUndoSeconds } from './held/hold-form.ts';
import { findFormProblems } from './judge-form.ts';
import { showComplaint } from './show-complaint.ts';
import { readFileClock } from './steps/clock-account.ts';
import { toFormContext } from './steps/show-steps.ts';

/** A complaint with its history, and the forms to work on it. */
export const complaintPages: Pages = (app, deps) => {
  app.get('/complaints/:receiptNumber', async (request, reply) => {
    const test = await findTest(deps.store, request);
    if (test) return reply.redirect(`/agencies/${test.agency}/trial/${test.number}`, 302);
    return showComplaint(deps, request, reply, await getFile(deps.store, request));
  });

  app.post('/complaints/:receiptNumber/:form', { config: { carriesFiles: true } }, async (request, reply) => {
    const user = request.signedIn();
    const file = await getFile(deps.store, request);
    const { form: asked } = request.params as { form: string };
    const name = complaintFormNames.find((known) => known === asked);
    if (!name) throw new PageError('not_found');
    const form: ComplaintForm = complaintForms[name];
    if (!may(user, form.action, toSubject(file))) throw new PageError('forbidden');
    const agency = toActingAgency(user, form, file);
    const given = await readFormFiles(request, deps.attachments, agency);
    const { typed, files } = given;
    if (given.problems.length > 0)
      return showComplaint(deps, request, reply, file, { name, given, problems: [] });
    if (typed.change)
      return showComplaint(deps, request, reply, file, { name, given, problems: [], isChanged: true });
    const context = await toFormContext(deps, file, readFileClock(deps.directory, file));
    const post = form.toPost(typed, files, context);
    // A form that can no longer be used is not asked about: it is refused at once, with the reason.
    const isUsable = listUsableForms(user, file).includes(name);
    const isReviewed = needsRelease(deps.directory, file, name);
    const missing = form.findMissing?.(typed, context);
    const problems = await findFormProblems(deps, file, { post, isUsable, missing });
    if (problems.length > 0) return showComplaint(deps, request, reply, file, { name, given, problems });
    if (form.asksFirst && isUsable && !typed.confirmed) {
      await keepTyped(deps.store, user, `/complaints/${file.receiptNumber}/${name}`, typed);
      const asked = { name, given, post, isReviewed, joined: context.group.length };
      const undoSeconds = isReviewed ? 0 : toUndoSeconds(deps, name);
      return reply.page('confirm', { ...toConfirmation(deps, user, file, asked), undoSeconds });
    }
    const send = toSending(deps, name, { isUsable, isReviewed });
    const sent = await send(deps, user, file, { name, given, post });
    if ('problems' in sent) return showComplaint(deps, request, reply, file, { name, given, ...sent });
    await removeDraft(deps.store, { userId: user.id, complaintId: file.id, form: name });
    return reply.redirect(`/complaints/${file.receiptNumber}?done=${sent.done}`, 303);
  });
};

interface Filled {
  name: ComplaintFormName;
  given: FormWithFiles;
}
type SentOff = { done: string } | { problems: Problem[] };

/** What becomes of a form that was checked: it waits for a second person, or a moment for its sender, or goes out. */
function toSending(
  deps: ConsoleDeps,
  name: ComplaintFormName,
  { isUsable, isReviewed }: { isUsable: boolean; isReviewed: boolean },
) {
  // The exchange says why a form cannot be used any more.
  if (!isUsable) return sendForm;
  if (isReviewed) return askToRelease;
  return isHeldBack(deps, name) ? holdForm : sendForm;
}

/** Hands what was typed to the exchange, which tells everybody else. */
async function sendForm(
  { accept }: ConsoleDeps,
  user: User,
  file: ComplaintFile,
  { name, given: { typed, files }, post }: Filled & { post: Post },
): Promise<SentOff> {
  const submitted = await submit(accept, {
    agency: toActingAgency(user, complaintForms[name], file),
    user: user.login,
    complaintId: file.id,
    post,
    typed: { ...withoutConfirmation(typed), ...toFileMark(files) },
  });
  if (!submitted.ok) return submitted;
  const { accepted } = submitted;
  const nothing = accepted.outcome === 'applied' && accepted.events === 0;
  return { done: nothing ? 'nothing' : name.replace('-', '_') };
}

/** Keeps what was typed until a second person releases it. */
async function askToRelease(
  { store, directory }: ConsoleDeps,
  user: User,
  file: ComplaintFile,
  { name, given: { typed, files } }: Filled,
): Promise<SentOff> {
  const { formToken: _token, uploaded: _uploaded, ...fields } = withoutConfirmation(typed);
  const isAsked = await askRelease(store, {
    ...{ complaintId: file.id, receiptNumber: file.receiptNumber, form: name, fields, files },
    agency: toActingAgency(user, complaintForms[name], file),
    author: user.login,
    authorId: user.id,
    authorName: user.name,
    reviewers: directory.findAgency(file.assignee)?.answers?.review?.reviewers,
    seq: file.events.at(-1)?.seq ?? 0,
  });
  return isAsked
    ? { done: 'review_asked' }
    : { problems: [{ pointer: '', reason: toReason('review_waiting') }] };
}
