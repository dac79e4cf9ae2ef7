import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type AttachmentReference,
  isRunning,
  mayBecome,
  type Problem,
  settableStatuses,
  stepFacts,
} from '../../../schemas/index.ts';
import { maskFileName } from '../../access/people/masking.ts';
import { may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import type { Limits } from '../../attachments/limits.ts';
import { type AttachmentEntry, isOpenTo } from '../../attachments/read-attachments.ts';
import { hasParts } from '../../complaints/answers/answer-parts.ts';
import { type Draft, listDrafts } from '../../complaints/drafts.ts';
import type { Surroundings } from '../../complaints/joining/surroundings.ts';
import { readMasked } from '../../complaints/reading/read-asides.ts';
import { type ComplaintFile, listEarlierComplaints } from '../../complaints/reading/read-complaint.ts';
import { withoutTarget } from '../../complaints/route.ts';
import { readDeskSettings } from '../../desk/desk-settings.ts';
import { listAbsent } from '../../desk/people.ts';
import { findPartAbsence } from '../../exchange/parts/find-part-absence.ts';
import { maskFile } from '../../personal/mask-file.ts';
import { type TellLog, withPersonal } from '../../personal/with-personal.ts';
import { type FormWithFiles, toFileField, toFileProblem, toFormStatus } from '../../web/form-files.ts';
import { noProblems, toFormProblems, toShown } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';
import { answerFields } from './answers/answer-form.ts';
import { needsRelease } from './answers/review-rules.ts';
import { type ReturnedDecision, toReviews } from './answers/show-reviews.ts';
import { toAsides } from './aside-pages.ts';
import { addCanned, toShownCanned } from './canned/show-canned.ts';
import { isAnswered, seesComplainant, toSubject } from './complaint-file.ts';
import type { ComplaintForm, FormContext } from './complaint-form.ts';
import {
  type ComplaintFormName,
  complaintForms,
  listUsableForms,
  toActingAgency,
} from './complaint-forms.ts';
import {
  joinReplies,
  listSeenFiles,
  toShownContributions,
  toShownHolders,
  viewFor,
  withoutOthersSteps,
} from './contributions/show-contributions.ts';
import { findKeptFiles } from './held/kept-files.ts';
import { toHeld } from './held/show-held.ts';
import { readAround, toCandidates, toJoining, toPrefill, withCause } from './joining/show-joining.ts';
import { type ReturnedNote, toShownNotes } from './notes/show-notes.ts';
import { keepsNumbers } from './numbers/keeps-numbers.ts';
import { toShownNotices } from './show-notices.ts';
import { readFileClock, toClockAccount } from './steps/clock-account.ts';
import { toFormContext, toShownEvents, toStepFields, toStepGroups, toTaking } from './steps/show-steps.ts';
import { toStepKind } from './steps/step-forms.ts';

/** A form that came back. */
interface Returned {
  name: ComplaintFormName;
  given: FormWithFiles;
  problems: Problem[];
  /** The person wants to change it. Nothing is wrong. */
  isChanged?: true;
}
type Back = Returned | ReturnedDecision | { note: ReturnedNote };

/** The page of a complaint, with the forms that this person may use on it now. */
export async function showComplaint(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  whole: ComplaintFile,
  back?: Back,
) {
  const data = await withPersonal(deps.store, toReader(request), (store, tell) =>
    toData({ ...deps, store }, request, { whole, back, tell }),
  );
  const returned = back && 'name' in back ? back : undefined;
  const isRefused = returned && !returned.isChanged;
  if (back && !('name' in back)) return reply.page('complaint', data, 422);
  return reply.page('complaint', data, isRefused ? toFormStatus(reply, returned.given) : 200);
}

/** What the page shows. {@link getFile} has told the log of the complaint itself; here it is told of those around it. */
async function toData(
  deps: ConsoleDeps,
  request: FastifyRequest,
  { whole, back, tell }: { whole: ComplaintFile; back: Back | undefined; tell: TellLog },
) {
  const returned = back && 'name' in back ? back : undefined;
  const note = back && 'note' in back ? back.note : undefined;
  const decision = back && 'comment' in back ? back : undefined;
  const { store, directory, attachments } = deps;
  const user = request.signedIn();
  const file = withoutOthersSteps(user, whole);
  const seesPerson = seesComplainant(user, whole);
  const mayDownload = may(user, 'see_person', toSubject(whole));
  const { complainant } = file.content;
  const earlier =
    seesPerson && may(user, 'register') ? await listEarlierComplaints(store, complainant, file.id) : [];
  tellOfEarlier(tell, earlier);
  const around = await readAround(deps, file);
  tellOfPeers(tell, around, seesPerson);
  const clock = readFileClock(directory, file);
  const context = await toFormContext(deps, file, clock);
  const reviews = await toReviews(deps, user, file, { context, decision });
  const { held, returned: cameBack } = await toHeld(deps, user, whole);
  const isWaiting = reviews.some(({ state }) => state === 'waiting');
  // Two answers that wait would both go out.
  const usable = withCause(listUsableForms(user, whole), file, around).filter(
    (name) => !isWaiting || !needsRelease(directory, file, name),
  );
  const account = toClockAccount(file, clock, directory.findAgency(file.assignee)?.statutory);
  const forms = await toForms(deps, request, whole, { usable, around, context, returned });
  tellOfCandidates(tell, forms.stepForm?.candidates ?? []);
  const shown = seesPerson ? file : maskFile(file);
  return {
    file: {
      ...shown,
      events: toShownEvents(file, seesPerson),
      links: toShownHolders(user, file, whole),
      notices: toShownNotices(shown),
    },
    ...(await toJoining(deps, user, file, { around, usable })),
    earlier,
    clock: account,
    routing: toShownRouting(file),
    isRunning: isRunning(file.status),
    answeredAt: file.events.findLast(({ type }) => type === 'answered')?.at ?? null,
    // The form of these problems is no longer on the page, because the complaint has changed since it was opened.
    problems: returned && !usable.includes(returned.name) ? toAllProblems(returned) : [],
    contributions: toShownContributions(user, whole, (agency) => findPartAbsence(deps, agency)),
    ...forms,
    // What is being released is decided.
    reviews: held?.isRelease ? reviews.map((one) => ({ ...one, isOwn: false, mayRelease: false })) : reviews,
    held,
    cameBack,
    shortcuts: (await readDeskSettings(store, user.id)).shortcuts,
    notes: await toShownNotes(deps, request, whole, note),
    masked: Object.keys(await readMasked(store, file.id)),
    keepsNumbers: await keepsNumbers(store, user, file),
    asides: seesPerson ? await toAsides(store, user, file) : [],
    attachments: toPlaced(listSeenFiles(await attachments.list(file.id), file), file, { mayDownload, user }),
    mayDownload,
    isMasked: !seesPerson,
    agencies: directory.listAgencies().flatMap(({ code }) => (code === file.assignee ? [] : [code])),
    statuses: settableStatuses.filter((status) => mayBecome(file.status, status)),
  };
}

/** The page names these by the person whose complaint it is. */
const tellOfEarlier = (tell: TellLog, earlier: readonly { id: string }[]): void =>
  tell({
    act: 'list',
    purpose: 'identifying',
    subjects: earlier.map(({ id }) => id),
    items: ['name', 'contact', 'text'],
    masked: false,
  });

/** Complaints that are joined to it, and earlier ones with the same text. */
const tellOfPeers = (tell: TellLog, { group, earlier }: Surroundings, seesPerson: boolean): void =>
  tell({
    act: 'list',
    purpose: 'handling',
    subjects: [...group, ...earlier].map(({ id }) => id),
    items: ['name', 'text'],
    masked: !seesPerson,
  });

/** Whoever may join them answers them too, and sees who wrote them. */
const tellOfCandidates = (tell: TellLog, candidates: readonly { id: string }[]): void =>
  tell({
    act: 'list',
    purpose: 'handling',
    subjects: candidates.map(({ id }) => id),
    items: ['name', 'text'],
    masked: false,
  });

interface Usable {
  usable: ComplaintFormName[];
  around: Surroundings;
  context: FormContext;
  returned: Returned | undefined;
}

/** The forms of the page: those that are always there, the choice of steps, and the step that was chosen. */
async function toForms(
  deps: ConsoleDeps,
  request: FastifyRequest,
  file: ComplaintFile,
  { usable, around, context, returned }: Usable,
) {
  const user = request.signedIn();
  const asked = request.asked();
  const phone = deps.directory.findAgency(file.assignee)?.phone ?? '';
  const drafts = await listDrafts(deps.store, { userId: user.id, complaintId: file.id });
  const kept = await findKeptFiles(deps, user, file, drafts);
  const isJoining = asked.join !== undefined;
  const nameOf = (code: string) => deps.directory.findAgency(code)?.name.ko ?? code;
  const joined = (name: ComplaintFormName) => {
    if (!isJoining || name !== 'answer') return undefined;
    const replies = joinReplies(viewFor(user, file).asked, nameOf);
    return { fields: hasParts(context.kind) ? { decided: replies } : { text: replies }, savedAt: null };
  };
  const canned = await toShownCanned(deps, request, file);
  const toShownForm = (name: ComplaintFormName) => {
    const limits = deps.attachments.limitsFor(toActingAgency(user, complaintForms[name], file));
    const prefill = toPrefill(name, file, around);
    const shown = toFormData(name, { user, phone, prefill }, returned, drafts.get(name) ?? joined(name));
    if (name === asked.draft && 'text' in shown.values)
      shown.values.text = addCanned(shown.values.text, canned, asked.canned);
    return {
      ...shown,
      files: toFilesOf(name, limits, returned, kept.get(name)),
      isOpen: name === asked.draft || (isJoining && name === 'answer'),
      parts: name === 'answer' && hasParts(context.kind) ? answerFields : null,
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
    canned,
    forms: usable.filter((name) => !toStepKind(name)).map(toShownForm),
    stepGroups: toStepGroups(steps),
    stepKind: kind ?? '',
    stepForm: kind
      ? {
          ...toShownForm(`step-${kind}`),
          fields: toStepFields(kind, user, file, context),
          article: stepFacts[kind].article,
          candidates: await toCandidates(deps, kind, file),
          absent: kind === 'officer_assigned' ? await listAbsent(deps.store, file.assignee) : [],
          namesOfficer: 'officer' in complaintForms[`step-${kind}`].blank(user, phone),
        }
      : null,
    begunSteps: steps.filter((one) => drafts.has(`step-${one}`) && one !== kind),
    taking: toTaking(user, file, steps, deps),
    takingKey: randomUUID(),
    repeatsKey: randomUUID(),
  };
}

function toFormData(
  name: ComplaintFormName,
  { user, phone, prefill }: { user: User; phone: string; prefill: Typed | undefined },
  returned: Returned | undefined,
  draft: (Pick<Draft, 'fields'> & { savedAt: Draft['savedAt'] | null }) | undefined,
) {
  const form: ComplaintForm = complaintForms[name];
  const isReturned = returned?.name === name;
  const blank = { ...form.blank(user, phone), ...prefill };
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
function toShownRouting({ events, routing, assignee }: ComplaintFile) {
  const moved = events.findLast(({ type }) => type === 'assigned' || type === 'transferred');
  return moved?.type === 'transferred'
    ? { rule: 'person', text: String(moved.data.reason ?? '') }
    : withoutTarget(routing, assignee);
}

const toAllProblems = ({ given, problems }: Returned): Problem[] => [
  ...given.problems.map(toFileProblem),
  ...problems,
];

/** Null: this form takes no files. */
function toFilesOf(
  name: ComplaintFormName,
  limits: Limits,
  returned: Returned | undefined,
  files: AttachmentReference[] = [],
) {
  const form: ComplaintForm = complaintForms[name];
  const drafted = { typed: {}, files, problems: [] };
  return form.takesFiles ? toFileField(limits, returned?.name === name ? returned.given : drafted) : null;
}

/**
 * Each file with its place on the page: the complaint's own text, or the event of an answer or question. A person who
 * must not read the files sees only the ending of the name.
 */
function toPlaced(
  attachments: AttachmentEntry[],
  file: ComplaintFile,
  { mayDownload, user }: { mayDownload: boolean; user: User },
) {
  const { events } = file;
  const texts = new Set(events.filter(({ type }) => isOwnText.has(type)).map(({ seq }) => seq));
  return attachments.map((one) => ({
    ...one,
    name: mayDownload ? one.name : maskFileName(one.name),
    place: texts.has(one.seq) ? 'text' : one.seq,
    isOpen: isOpenTo(one, user.agency),
    mayDecide: may(user, 'answer', toSubject(file)),
  }));
}
const isOwnText: ReadonlySet<string> = new Set(['registered', 'revised']);
