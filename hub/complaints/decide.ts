import {
  type Answer,
  digestText,
  type EventType,
  type FollowUp,
  filesOf,
  hasEnded,
  isInternalStep,
  isReopened,
  isUntouched,
  mayBecome,
  type NewEvent,
  type Problem,
  type Status,
  type Step,
  type StepOf,
  statusAfter,
} from '../../schemas/index.ts';
import { contribute } from './contributions/contribute.ts';
import { decidePart } from './contributions/decide-part.ts';
import { createDesk, type Desk, name } from './deciding-desk.ts';
import { discloseContent } from './disclosure/disclose.ts';
import { type Disclosure, disclosureOf } from './disclosure/disclosure.ts';
import { keepWithheld } from './disclosure/keep-withheld.ts';
import { answerTypes } from './event-facts.ts';
import { findProblems } from './find-problems.ts';
import { findTold, isOutdated } from './find-told.ts';
import { fingerprintContent } from './fingerprint.ts';
import { isCovered, isEcho, linkOf, openLink, settleLinks } from './links.ts';
import { remember, transferMark } from './remember.ts';
import { contactCentre, isAssignee, isAtHub, speaksForComplainant } from './speakers.ts';
import type { Decided, Link, Matter, Rules, Statement } from './state.ts';
import { findStepProblems } from './steps/find-step-problems.ts';
import { isStep, listNewSteps } from './steps/known-steps.ts';
import { tellClock } from './steps/tell-clock.ts';

/**
 * Decides what a statement changes. Pure: the same matter and statement give the same events. Each field has one
 * writer. Text, follow-ups and withdrawal belong to the origin, answers and progress to the assignee, assignment to the
 * hub. If another agency's board shows such a field, it is an echo of our own writing and is ignored.
 */
export function decide(known: Matter | undefined, statement: Statement, rules: Rules): Decided {
  if (known && statement.contribution !== undefined) return decidePart(known, statement, rules);
  const problems = findProblems(known, statement, rules);
  if (problems.length > 0) return { ok: false, problems };
  const desk = createDesk(known, statement, rules);
  const source = desk.matter.links.find((link) => link.agency === statement.actor.agency);
  if (known) reviseContent(desk, statement, source);
  else register(desk, statement);
  for (const followUp of statement.post.followUps ?? []) hearFollowUp(desk, statement, followUp);
  const untaken = hearSteps(desk, statement);
  if (untaken.length > 0) return { ok: false, problems: untaken };
  for (const answer of statement.post.answers ?? []) hearAnswer(desk, statement, answer);
  hearTransfer(desk, statement, source);
  hearStatus(desk, statement, source);
  hearWithdrawal(desk, statement);
  restate(desk, statement, source);
  if (source) remember(source, statement);
  if (desk.events.length > 0) tellClock(desk.matter, rules.now, rules.clock(desk.matter.complaint.assignee));
  settleLinks(desk.matter, desk.events, rules);
  return {
    ok: true,
    decision: { matter: desk.matter, events: desk.events, named: desk.named, isNew: !known },
  };
}

function register(desk: Desk, { post }: Statement): void {
  const { complaint, routing } = desk.matter;
  const registered = desk.add({ type: 'registered', data: { content: post.content ?? complaint.content } });
  name(desk, registered, post.content?.attachments);
  desk.add({ type: 'assigned', data: { to: complaint.assignee, reason: routing } }, contactCentre);
  complaint.status = 'assigned';
  if (complaint.assignee !== complaint.origin)
    linkOf(desk.matter, complaint.assignee, { rules: desk.rules, role: 'assignee' });
}

function reviseContent(desk: Desk, statement: Statement, source: Link | undefined): void {
  const { actor, post } = statement;
  const { complaint } = desk.matter;
  if (!post.content || !speaksForComplainant(desk.matter, actor.agency)) return;
  // A board shows what the hub wrote there in the place of what its agency does not get, and its programs read the same.
  const said =
    source && !isAtHub(actor)
      ? keepWithheld(post.content, complaint.content, source.role, disclosureFor(desk, actor.agency))
      : post.content;
  const shown = fingerprintContent(said);
  if (shown === fingerprintContent(complaint.content) || isOwnWriting(source, statement, shown)) return;
  if (actor.agency === contactCentre) keepShown(desk);
  complaint.content = { ...said, filedAt: complaint.content.filedAt };
  const revised = desk.add({ type: 'revised', data: { content: complaint.content } });
  desk.matter.revised = revised.seq;
  name(desk, revised, post.content.attachments);
}

const disclosureFor = ({ rules }: Desk, agency: string): Disclosure =>
  rules.disclosure?.(agency) ?? disclosureOf(undefined);

/**
 * The contact centre says the content anew, and the origin's board may go on showing what stood there before. That is kept, so that it
 * is no news until somebody there changes it.
 */
function keepShown({ matter: { complaint, links } }: Desk): void {
  const origin = links.find(({ agency, externalId }) => agency === complaint.origin && externalId !== null);
  if (!origin || origin.seen.content !== undefined) return;
  origin.seen = { ...origin.seen, content: digestText(fingerprintContent(complaint.content)) };
}

/**
 * Whether a board shows what it showed before the hub said it anew, or what the hub wrote into a post that the board got again. This holds
 * until somebody there changes it.
 */
function isOwnWriting(source: Link | undefined, { actor }: Statement, shown: string): boolean {
  if (!source || actor.via !== 'board') return false;
  const { content } = source.seen;
  return content === undefined ? source.returnedAt !== undefined : content === digestText(shown);
}

function hearFollowUp(desk: Desk, statement: Statement, followUp: FollowUp): void {
  const { complaint } = desk.matter;
  if (!speaksForComplainant(desk.matter, statement.actor.agency)) return;
  if (isKnown(desk, statement, followUp, ['followed_up'])) return;
  tell(desk, statement, { type: 'followed_up', data: { followUp } }, followUp);
  // The complainant came back, so the assignee has work again. What follows a demand supplements it (Decree, article 24).
  if (isReopened(complaint.status)) complaint.status = 'assigned';
  else if (complaint.status === 'supplement_requested') {
    desk.add({ type: 'status_changed', data: { from: complaint.status, to: 'in_progress' } }, contactCentre);
    complaint.status = 'in_progress';
  }
}

function hearAnswer(desk: Desk, statement: Statement, answer: Answer): void {
  const { complaint } = desk.matter;
  if (!isAssignee(desk.matter, statement.actor.agency)) return;
  if (isKnown(desk, statement, answer, answerTypes)) return;
  const type = answer.interim ? 'interim_answered' : 'answered';
  tell(desk, statement, { type, data: { answer } }, answer);
  if (!answer.interim) complaint.status = 'answered';
  else if (isUntouched(complaint.status)) complaint.status = 'in_progress';
}

function tell(desk: Desk, { actor }: Statement, event: NewEvent, part: Answer | FollowUp): void {
  const numbered = desk.add(event);
  const link = desk.matter.links.find((one) => one.agency === actor.agency);
  if (link && numbered.linkId === link.id && part.id) link.parts[numbered.seq] = part.id;
  name(desk, numbered, part.attachments);
}

/** Nothing new was said. But a board's own answer may have got a file since then. */
function isKnown(
  desk: Desk,
  statement: Statement,
  part: Answer | FollowUp,
  types: readonly EventType[],
): boolean {
  const told = findTold(desk.matter, statement, part, types);
  const own = desk.matter.links.find((link) => link.agency === statement.actor.agency);
  if (told && statement.actor.via === 'board' && told.linkId === own?.id) name(desk, told, part.attachments);
  return told !== undefined;
}

/**
 * Takes the steps that are news, and says why one cannot be taken. A board shows its whole history: a step from before
 * what is known, for which it is too late now, is no news.
 */
function hearSteps(desk: Desk, statement: Statement): Problem[] {
  const { matter, rules } = desk;
  const { actor, post } = statement;
  const steps = post.steps ?? [];
  for (const step of listNewSteps(matter, actor, steps)) {
    const { clock, now, arbiter, isAgency } = rules;
    const problems = findStepProblems(matter, step, {
      now: statement.saidAt ?? now,
      rules: clock(matter.complaint.assignee),
      arbiter,
      isAgency,
      around: statement.around,
    });
    if (problems.length > 0 && isPast(matter, statement, step)) continue;
    if (problems.length > 0) return problems.map(pointAt(`/steps/${steps.indexOf(step)}`));
    takeStep(desk, statement, step);
  }
  return [];
}

const pointAt =
  (place: string) =>
  (problem: Problem): Problem => ({ ...problem, pointer: `${place}${problem.pointer}` });

function isPast({ told }: Matter, { actor }: Statement, { at }: Step): boolean {
  const newest = told.at(-1);
  return (
    actor.via === 'board' &&
    at !== undefined &&
    newest !== undefined &&
    Date.parse(at) < Date.parse(newest.at)
  );
}

function takeStep(desk: Desk, statement: Statement, step: Step): void {
  const { matter, add } = desk;
  const { actor } = statement;
  const { id, ...taken } = step;
  if (isInternalStep(step)) {
    contribute(desk, statement, taken as Step, id);
    return;
  }
  const event = add({ type: 'step_taken', data: { step: taken as Step } });
  const link = matter.links.find((one) => one.agency === actor.agency);
  if (link && event.linkId === link.id && id) link.parts[event.seq] = id;
  name(desk, event, filesOf(step));
  if (step.kind === 'officer_assigned') setOfficer(matter, step, actor.via === 'console');
  const status = statusAfter(step);
  if (status !== undefined && status !== matter.complaint.status) {
    add({ type: 'status_changed', data: { from: matter.complaint.status, to: status } });
    matter.complaint.status = status;
  }
  if (step.kind === 'transfer_refused') sendBack(desk, step.reason);
}

function setOfficer(
  matter: Matter,
  { officer, user }: StepOf<'officer_assigned'>,
  knowsLogins: boolean,
): void {
  matter.complaint.officer = officer;
  if (user && knowsLogins) matter.officerUser = user;
  else delete matter.officerUser;
}

/** A complaint that its agency would not take goes back to the one before. After two refusals, the arbiter has it. */
function sendBack(desk: Desk, reason: string): void {
  const { told, complaint } = desk.matter;
  const last = told.findLast(({ type }) => type === 'transferred');
  const refusals = told.filter(
    (event) => isStep(event) && event.data.step.kind === 'transfer_refused',
  ).length;
  const before = last?.type === 'transferred' ? last.data.from : complaint.origin;
  move(desk, refusals > 1 ? desk.rules.arbiter : before, reason, contactCentre);
}

function hearTransfer(desk: Desk, { actor, post }: Statement, source: Link | undefined): void {
  const { complaint } = desk.matter;
  const { transfer } = post;
  if (!transfer || hasEnded(complaint.status)) return;
  if (!isAssignee(desk.matter, actor.agency) && actor.agency !== contactCentre) return;
  const isSeen = actor.via === 'board' && source?.seen.transfer === transferMark(transfer);
  if (transfer.to === complaint.assignee || isSeen) return;
  move(desk, transfer.to, transfer.reason);
}

function move(desk: Desk, to: string, reason: string, by?: 'hub'): void {
  const { complaint, links } = desk.matter;
  if (to === complaint.assignee) return;
  desk.add({ type: 'transferred', data: { from: complaint.assignee, to, reason } }, by);
  complaint.assignee = to;
  complaint.status = 'assigned';
  delete complaint.officer;
  delete desk.matter.officerUser;
  for (const link of links) if (link.role === 'assignee') link.role = 'copy';
  const link = linkOf(desk.matter, to, { rules: desk.rules, role: 'assignee', joined: complaint.lastSeq });
  if (link) openLink(link, { rules: desk.rules, joined: complaint.lastSeq });
  if (link && link.role !== 'origin') {
    if (link.role === 'copy') giveAgain(desk, link);
    link.role = 'assignee';
  }
}

/**
 * A board that only showed the complaint for a while was told of revised texts without the person (hub/complaints/disclosure).
 * When its agency has to answer again, it is told of the newest text with the person.
 */
function giveAgain(desk: Desk, link: Link): void {
  const { matter, rules, add } = desk;
  const { revised = 0, told, complaint } = matter;
  const left = told.findLast(
    ({ type, data }) => type === 'transferred' && 'from' in data && data.from === link.agency,
  );
  if (revised <= (left?.seq ?? 0) || !rules.carries(link.agency)?.has('revised')) return;
  const as = (role: 'copy' | 'assignee') =>
    discloseContent(complaint.content, role, disclosureFor(desk, link.agency));
  if (fingerprintContent(as('copy')) === fingerprintContent(as('assignee'))) return;
  matter.revised = add({ type: 'revised', data: { content: complaint.content } }, contactCentre).seq;
}

function hearStatus(desk: Desk, statement: Statement, source: Link | undefined): void {
  const { actor, post } = statement;
  const { complaint } = desk.matter;
  const { status } = post;
  if (!status || status === complaint.status || !isAssignee(desk.matter, actor.agency)) return;
  if (actor.via === 'board' && source?.seen.status === status) return;
  if (isOutdated(source, statement)) return;
  if (actor.via === 'board' && source && isEcho(desk.matter, source, status)) return;
  if (!mayBecome(complaint.status, status)) return;
  desk.add({ type: 'status_changed', data: { from: complaint.status, to: status } });
  complaint.status = status;
}

function hearWithdrawal(desk: Desk, { actor, post }: Statement): void {
  const { complaint } = desk.matter;
  const asked = post.withdrawal ?? (post.status === 'withdrawn' ? {} : undefined);
  if (!asked || !speaksForComplainant(desk.matter, actor.agency) || hasEnded(complaint.status)) return;
  desk.add({ type: 'withdrawn', data: asked.reason === undefined ? {} : { reason: asked.reason } });
  complaint.status = 'withdrawn' satisfies Status;
}

/**
 * If the hub's older status has overwritten one that an officer set on the board, the board gets the officer's status
 * again, once.
 */
function restate({ matter, rules, add }: Desk, statement: Statement, source: Link | undefined): void {
  const { actor, post } = statement;
  if (actor.via !== 'board' || !source || !post.status || isOutdated(source, statement)) return;
  if (!isCovered(matter, source, post.status)) return;
  if (!rules.carries(source.agency)?.has('status_changed')) return;
  add({ type: 'status_changed', data: { from: post.status, to: matter.complaint.status } }, contactCentre);
}
