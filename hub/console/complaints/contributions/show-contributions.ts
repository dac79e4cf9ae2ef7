import { owingStatuses, type Reason, type StepKind, stepFacts } from '../../../../schemas/index.ts';
import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import type { AttachmentEntry } from '../../../attachments/read-attachments.ts';
import { type Asked, isContributionOverdue } from '../../../complaints/contributions/fold-contributions.ts';
import {
  type AboutContribution,
  allowedStates,
} from '../../../complaints/contributions/judge-contribution.ts';
import { toPartNumber } from '../../../complaints/contributions/part-number.ts';
import { viewContributions } from '../../../complaints/contributions/view-contributions.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { toMatter } from '../../../complaints/reading/to-matter.ts';
import { toSubject } from '../complaint-file.ts';

/** What this person sees of the steps between agencies. Officers see what concerns their agency. */
export function viewFor(user: User, file: ComplaintFile) {
  const mayLook = may(user, 'see_contributions', toSubject(file));
  const reader = mayLook && user.agency === null ? 'all' : { agency: (mayLook && user.agency) || '' };
  return viewContributions(toMatter(file).told, file.assignee, reader);
}

/** The file as this person sees it: without events, and notices of events, that stay between other agencies. */
export function withoutOthersSteps(user: User, file: ComplaintFile): ComplaintFile {
  const { sees } = viewFor(user, file);
  const hidden = new Set(file.events.filter((event) => !sees(event)).map(({ seq }) => seq));
  return {
    ...file,
    events: file.events.filter(({ seq }) => !hidden.has(seq)),
    notices: file.notices.filter(({ seq }) => !hidden.has(seq)),
    links: mayKnowPartners(user, file)
      ? file.links
      : file.links.filter(({ role, agency }) => role !== 'part' || agency === user.agency),
    partLinks: mayKnowPartners(user, file)
      ? file.partLinks
      : file.partLinks.filter(({ agency }) => agency === user.agency),
  };
}

/** Who was asked is known to those who lead, and to the hub's own people. Another asked agency knows of itself. */
function mayKnowPartners(user: User, file: ComplaintFile): boolean {
  return may(user, 'see_contributions') && (user.agency === null || user.agency === file.assignee);
}

/** The files of what this person sees. `file`: without what stays between others. */
export function listSeenFiles(files: AttachmentEntry[], { events }: ComplaintFile): AttachmentEntry[] {
  const seen = new Set(events.map(({ seq }) => seq));
  return files.filter(({ seq }) => seen.has(seq));
}

/** Where the agency that was asked reads it: by a post on its own board, or at the hub, and why. Null: it is over. */
function toWhere(
  file: ComplaintFile,
  { to, number, state }: Asked,
  findAbsence: (agency: string) => Reason | undefined,
  isOpen: boolean,
) {
  const link = file.partLinks.find(({ agency, contribution }) => agency === to && contribution === number);
  if (link) return { link: { ...link, number: toPartNumber(file.receiptNumber, number) }, absence: null };
  const absence = isOpen && state === 'asked' ? findAbsence(to) : undefined;
  return absence ? { link: null, absence } : null;
}

/** The contributions as the page shows them. `findAbsence`: why what is asked of an agency comes to no board of it. */
export function toShownContributions(
  user: User,
  file: ComplaintFile,
  findAbsence: (agency: string) => Reason | undefined,
  now = new Date(),
) {
  const isLead = user.agency === null || user.agency === file.assignee;
  const isOpen = owingStatuses.includes(file.status);
  const rows = viewFor(user, file).asked.map((one) => ({
    ...one,
    replySeq: one.replySeq ?? null,
    where: isLead ? toWhere(file, one, findAbsence, isOpen) : null,
    askedAt: new Date(one.askedAt),
    dueAt: new Date(one.dueAt),
    endedAt: one.endedAt ? new Date(one.endedAt) : null,
    isAwaited: isOpen && one.state === 'asked',
    overdue: isOpen && isContributionOverdue(one, now),
    isOwn: isOpen && one.state === 'asked' && one.to === user.agency,
  }));
  return { rows, isLead, mayJoin: isOpen && isLead && rows.some(({ state }) => state === 'answered') };
}

const isAbout = (kind: StepKind): kind is AboutContribution => kind in allowedStates;

/** The requests that a step can be about, for this person. Undefined: it is about none. */
export function listChoosable(kind: StepKind, user: User, file: ComplaintFile): Asked[] | undefined {
  if (!isAbout(kind)) return undefined;
  const isReply = stepFacts[kind].by === 'asked';
  return viewFor(user, file).asked.filter(
    ({ state, to, shared }) =>
      allowedStates[kind].includes(state) &&
      (!isReply || to === user.agency) &&
      !(kind === 'contribution_shared' && shared),
  );
}

/** A request as a choice: its number and its agency. */
export const toChoice = ({ number, to }: Pick<Asked, 'number' | 'to'>): string => `${number}/${to}`;
/** The number of a choice. Anything else is no number, and the schema refuses it. */
export const fromChoice = (choice: string): number => Number.parseInt(choice, 10);

/**
 * The replies one after another, for the officer to make one answer of: each with its agency and who wrote it, in Korean,
 * as the complainant reads it.
 */
export function joinReplies(asked: readonly Asked[], nameOf: (agency: string) => string): string {
  return asked
    .flatMap(({ state, to, reply, officer }) => {
      if (state !== 'answered' || reply === undefined) return [];
      const who = [officer?.department, officer?.name, officer?.contact].filter(Boolean).join(' ');
      return `■ ${nameOf(to)}${who && ` (${who})`}\n${reply}`;
    })
    .join('\n\n');
}
