import { may } from '../../access/people/rights.ts';
import { removeDraft } from '../../complaints/drafts.ts';
import { readFormFiles, toFileMark } from '../../web/form-files.ts';
import { PageError } from '../../web/page-error.ts';
import { submit } from '../../web/submit.ts';
import type { Pages } from '../visit/console-context.ts';
import { findTest, getFile, toSubject } from './complaint-file.ts';
import type { ComplaintForm } from './complaint-form.ts';
import { complaintFormNames, complaintForms, listUsableForms, toActingAgency } from './complaint-forms.ts';
import { toConfirmation, withoutConfirmation } from './confirmation.ts';
import { keepTyped } from './draft-pages.ts';
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
    const problems = await findFormProblems(deps, file, { post, isUsable });
    if (problems.length > 0) return showComplaint(deps, request, reply, file, { name, given, problems });
    if (form.asksFirst && isUsable && !typed.confirmed) {
      await keepTyped(deps.store, user, `/complaints/${file.receiptNumber}/${name}`, typed);
      const asked = { name, given, step: post.steps?.[0], joined: context.group.length };
      return reply.page('confirm', toConfirmation(deps, user, file, asked));
    }
    const submitted = await submit(deps.accept, {
      agency,
      user: user.login,
      complaintId: file.id,
      post,
      typed: { ...withoutConfirmation(typed), ...toFileMark(files) },
    });
    if (submitted.ok) {
      const { accepted } = submitted;
      await removeDraft(deps.store, { userId: user.id, complaintId: file.id, form: name });
      const nothing = accepted.outcome === 'applied' && accepted.events === 0;
      const done = nothing ? 'nothing' : name.replace('-', '_');
      return reply.redirect(`/complaints/${file.receiptNumber}?done=${done}`, 303);
    }
    return showComplaint(deps, request, reply, file, { name, given, problems: submitted.problems });
  });
};
