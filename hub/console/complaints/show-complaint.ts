import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRunning, mayBecome, type Problem, settableStatuses, stepFacts } from '../../../schemas/index.ts';
import { maskAddress, maskComplainant, maskFileName, maskName } from '../../access/people/masking.ts';
import { may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import type { Limits } from '../../attachments/limits.ts';
import type { AttachmentEntry } from '../../attachments/read-attachments.ts';
import { hasParts } from '../../complaints/answers/answer-parts.ts';
import { type Draft, listDrafts } from '../../complaints/drafts.ts';
import { type ComplaintFile, listEarlierComplaints } from '../../complaints/reading/read-complaint.ts';
import { type FormWithFiles, toFileField, toFileProblem, toFormStatus } from '../../web/form-files.ts';
import { noProblems, toFormProblems, toShown } from '../../web/form-problems.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { answerFields } from './answers/answer-form.ts';
import { needsRelease } from './answers/review-rules.ts';
import { type ReturnedDecision, toReviews } from './answers/show-reviews.ts';
import { toAsides } from './aside-pages.ts';
import { isAnswered, toSubject } from './complaint-file.ts';
import type { ComplaintForm, FormContext } from './complaint-form.ts';
import {
  type ComplaintFormName,
  complaintForms,
  listUsableForms,
  toActingAgency,
} from './complaint-forms.ts';
import { readFileClock, toClockAccount } from './steps/clock-account.ts';
import { toFormContext, toShownEvents, toStepFields, toStepGroups, toTaking } from './steps/show-steps.ts';
import { toStepKind } from './steps/step-forms.ts';

/** A form that came back. */
export interface Returned {
  name: ComplaintFormName;
  given: FormWithFiles;
  problems: Problem[];
  /** The person wants to change it. Nothing is wrong. */
  isChanged?: true;
}

/** The page of a complaint, with the forms that this person may use on it now. */
export async function showComplaint(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  file: ComplaintFile,
  back?: Returned | ReturnedDecision,
) {
  const [returned, decision] = back && 'comment' in back ? [undefined, back] : [back, undefined];
  const { store, directory, attachments } = deps;
  const user = request.signedIn();
  const seesPerson = may(user, 'see_person', toSubject(file));
  const { complainant } = file.content;
  const earlier =
    seesPerson && may(user, 'register') ? await listEarlierComplaints(store, complainant, file.id) : [];
  const clock = readFileClock(directory, file);
  const context = await toFormContext(deps, file, clock);
  const reviews = await toReviews(deps, user, file, { context, decision });
  const isWaiting = reviews.some(({ state }) => state === 'waiting');
  // Two answers that wait would both go out.
  const usable = listUsableForms(user, file).filter(
    (name) => !isWaiting || !needsRelease(directory, file, name),
  );
  const account = toClockAccount(file, clock, directory.findAgency(file.assignee)?.statutory);
  const data = {
    file: { ...(seesPerson ? file : maskFile(file)), events: toShownEvents(file) },
    earlier,
    clock: account,
    routing: toShownRouting(file),
    isRunning: isRunning(file.status),
    answeredAt: file.events.findLast(({ type }) => type === 'answered')?.at ?? null,
    // The form of these problems is no longer on the page, because the complaint has changed since it was opened.
    problems: returned && !usable.includes(returned.name) ? toAllProblems(returned) : [],
    ...(await toForms(deps, request, file, { usable, context, returned })),
    reviews,
    asides: await toAsides(store, user, file),
    attachments: toPlaced(await attachments.list(file.id), file, seesPerson),
    mayDownload: seesPerson,
    agencies: directory.listAgencies().flatMap(({ code }) => (code === file.assignee ? [] : [code])),
    statuses: settableStatuses.filter((status) => mayBecome(file.status, status)),
  };
  const isRefused = returned && !returned.isChanged;
  if (decision) return reply.page('complaint', data, 422);
  return reply.page('complaint', data, isRefused ? toFormStatus(reply, returned.given) : 200);
}

interface Usable {
  usable: ComplaintFormName[];
  context: FormContext;
  returned: Returned | undefined;
}

/** The forms of the page: those that are always there, the choice of steps, and the step that was chosen. */
async function toForms(
  deps: ConsoleDeps,
  request: FastifyRequest,
  file: ComplaintFile,
  { usable, context, returned }: Usable,
) {
  const user = request.signedIn();
  const asked = request.asked();
  const phone = deps.directory.findAgency(file.assignee)?.phone ?? '';
  const drafts = await listDrafts(deps.store, { userId: user.id, complaintId: file.id });
  const toShownForm = (name: ComplaintFormName) => {
    const limits = deps.attachments.limitsFor(toActingAgency(user, complaintForms[name], file));
    return {
      ...toFormData(name, user, phone, returned, drafts.get(name)),
      files: toFilesOf(name, limits, returned),
      isOpen: name === asked.draft,
      parts: name === 'answer' && hasParts(file.kind) ? answerFields : null,
      isSecond: name === 'answer' && isAnswered(file),
      draftAt: name === 'status' ? null : `/complaints/${file.receiptNumber}/${name}/draft`,
    };
  };
  const steps = usable.flatMap((name) => toStepKind(name) ?? []);
  const chosen = [returned?.name, asked.draft, `step-${asked.step}`].find(
    (name) => name !== undefined && steps.some((kind) => name === `step-${kind}`),
  );
  const kind = chosen === undefined ? undefined : toStepKind(chosen);
  return {
    forms: usable.filter((name) => !toStepKind(name)).map(toShownForm),
    stepGroups: toStepGroups(steps),
    stepKind: kind ?? '',
    stepForm: kind
      ? {
          ...toShownForm(`step-${kind}`),
          fields: toStepFields(kind, file, context),
          article: stepFacts[kind].article,
          namesOfficer: 'officer' in complaintForms[`step-${kind}`].blank(user, phone),
        }
      : null,
    begunSteps: steps.filter((one) => drafts.has(`step-${one}`) && one !== kind),
    taking: toTaking(user, file, steps, deps),
    takingKey: randomUUID(),
  };
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
