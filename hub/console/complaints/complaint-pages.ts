import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRunning, mayBecome, type Problem, settableStatuses } from '../../../schemas/index.ts';
import { maskAddress, maskComplainant, maskFileName, maskName } from '../../access/people/masking.ts';
import { may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import type { Limits } from '../../attachments/limits.ts';
import type { AttachmentEntry } from '../../attachments/read-attachments.ts';
import { type Draft, listDrafts, removeDraft } from '../../complaints/drafts.ts';
import { type ComplaintFile, listEarlierComplaints } from '../../complaints/reading/read-complaint.ts';
import {
  type FormWithFiles,
  readFormFiles,
  toFileField,
  toFileMark,
  toFileProblem,
  toFormStatus,
} from '../../web/form-files.ts';
import { noProblems, toFormProblems, toShown } from '../../web/form-problems.ts';
import { PageError } from '../../web/page-error.ts';
import { findPostProblems, submit } from '../../web/submit.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toAsides } from './aside-pages.ts';
import { findTest, getFile, toSubject } from './complaint-file.ts';
import {
  type ComplaintForm,
  type ComplaintFormName,
  complaintFormNames,
  complaintForms,
  listUsableForms,
  toActingAgency,
} from './complaint-forms.ts';
import { toConfirmation, withoutConfirmation } from './confirmation.ts';
import { keepTyped } from './draft-pages.ts';

/** A form that came back. */
interface Returned {
  name: ComplaintFormName;
  given: FormWithFiles;
  problems: Problem[];
  /** The person wants to change it. Nothing is wrong. */
  isChanged?: true;
}

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
    const post = form.toPost(typed, files);
    // A form that can no longer be used is not asked about: it is refused at once, with the reason.
    const isUsable = listUsableForms(user, file).includes(name);
    if (form.asksFirst && isUsable && !typed.confirmed) {
      const problems = findPostProblems(post);
      if (problems.length > 0) return showComplaint(deps, request, reply, file, { name, given, problems });
      await keepTyped(deps.store, user, `/complaints/${file.receiptNumber}/${name}`, typed);
      return reply.page('confirm', toConfirmation(deps, user, file, { name, given }));
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

async function showComplaint(
  { store, directory, attachments }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  file: ComplaintFile,
  returned?: Returned,
) {
  const user = request.signedIn();
  const seesPerson = may(user, 'see_person', toSubject(file));
  const { complainant } = file.content;
  const earlier =
    seesPerson && may(user, 'register') ? await listEarlierComplaints(store, complainant, file.id) : [];
  const phone = directory.findAgency(file.assignee)?.phone ?? '';
  const usable = listUsableForms(user, file);
  const drafts = await listDrafts(store, { userId: user.id, complaintId: file.id });
  const opened = request.asked().draft;
  const forms = usable.map((name) => {
    const limits = attachments.limitsFor(toActingAgency(user, complaintForms[name], file));
    return {
      ...toFormData(name, user, phone, returned, drafts.get(name)),
      files: toFilesOf(name, limits, returned),
      isOpen: name === opened,
      draftAt: name === 'status' ? null : `/complaints/${file.receiptNumber}/${name}/draft`,
    };
  });
  const data = {
    file: seesPerson ? file : maskFile(file),
    earlier,
    routing: toShownRouting(file),
    isRunning: isRunning(file.status),
    answeredAt: file.events.findLast(({ type }) => type === 'answered')?.at ?? null,
    // The form of these problems is no longer on the page, because the complaint has changed since it was opened.
    problems: returned && !usable.includes(returned.name) ? toAllProblems(returned) : [],
    forms,
    asides: await toAsides(store, user, file),
    attachments: toPlaced(await attachments.list(file.id), file, seesPerson),
    mayDownload: seesPerson,
    agencies: directory.listAgencies().flatMap(({ code }) => (code === file.assignee ? [] : [code])),
    statuses: settableStatuses.filter((status) => mayBecome(file.status, status)),
  };
  const isRefused = returned && !returned.isChanged;
  return reply.page('complaint', data, isRefused ? toFormStatus(reply, returned.given) : 200);
}

function toFormData(
  name: ComplaintFormName,
  user: User,
  phone: string,
  returned: Returned | undefined,
  draft: Draft | undefined,
) {
  const form: ComplaintForm = complaintForms[name];
  const isReturned = returned?.name === name;
  const blank = form.blank(user, phone);
  return {
    name,
    isReturned,
    key: (isReturned && returned.given.typed.key) || randomUUID(),
    values: isReturned ? { ...blank, ...returned.given.typed } : { ...blank, ...draft?.fields },
    savedAt: isReturned ? null : (draft?.savedAt ?? null),
    problems: toShown(
      Object.keys(blank),
      isReturned ? toFormProblems(returned.problems, form.places, returned.given.typed) : noProblems,
    ),
  };
}

/** Why the complaint is where it is: a transfer says more than the rule by which it came to the agency before. */
function toShownRouting({ events, routing }: ComplaintFile) {
  const moved = events.findLast(({ type }) => type === 'assigned' || type === 'transferred');
  return moved?.type === 'transferred' ? { rule: 'person', text: String(moved.data.reason ?? '') } : routing;
}

const toAllProblems = ({ given, problems }: Returned): Problem[] => [
  ...given.problems.map(toFileProblem),
  ...problems,
];

/** Null: this form takes no files. */
function toFilesOf(name: ComplaintFormName, limits: Limits, returned: Returned | undefined) {
  const form: ComplaintForm = complaintForms[name];
  return form.takesFiles ? toFileField(limits, returned?.name === name ? returned.given : undefined) : null;
}

/**
 * Each file with its place on the page: the complaint's own text, or the event of an answer or question. A person who
 * must not see the complainant sees only the ending of the name.
 */
function toPlaced(attachments: AttachmentEntry[], { events }: ComplaintFile, seesPerson: boolean) {
  const texts = new Set(events.filter(({ type }) => isOwnText.has(type)).map(({ seq }) => seq));
  return attachments.map((one) => ({
    ...one,
    name: seesPerson ? one.name : maskFileName(one.name),
    place: texts.has(one.seq) ? 'text' : one.seq,
  }));
}
const isOwnText: ReadonlySet<string> = new Set(['registered', 'revised']);

function maskFile(file: ComplaintFile): ComplaintFile {
  return {
    ...file,
    content: { ...file.content, complainant: maskComplainant(file.content.complainant) },
    notices: file.notices.map((notice) => ({
      ...notice,
      recipient: maskName(notice.recipient),
      address: notice.address && maskAddress(notice.address),
    })),
  };
}
