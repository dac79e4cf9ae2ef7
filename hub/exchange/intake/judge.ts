import { isStandIn } from '../../../adapters/contract.ts';
import type { Actor, Post, Problem } from '../../../schemas/index.ts';
import { fromGiven, fromGivenProblem, toReason } from '../../../schemas/reason.ts';
import { withFileNames } from '../../attachments/file-name.ts';
import { findPartLink } from '../../complaints/contributions/part-links.ts';
import { toPartNumber } from '../../complaints/contributions/part-number.ts';
import { decide } from '../../complaints/decide.ts';
import { isRepetition } from '../../complaints/repetition.ts';
import { contactCentre } from '../../complaints/speakers.ts';
import type { Decision, Link, Matter, Rules, Statement } from '../../complaints/state.ts';
import { speaksForBoard, type Target, toTimestamp } from './find-targets.ts';
import { findUnstorable } from './find-unstorable.ts';
import type { Accepted, Incoming } from './incoming.ts';
import type { KeyUse, RawItem } from './save-decisions.ts';

/** The result of one incoming thing, and the rows to write. */
export interface Judged {
  accepted: Accepted;
  decision?: Decision;
  rawItem?: RawItem;
  keyUse?: KeyUse;
}

/**
 * Judges one incoming thing by what is known: seen before, applied, parked (from a board) or refused (from a caller). A
 * repetition is recognised by the caller's key, otherwise by the state in force. An old state that comes back after
 * another one is news. The function is pure, except that it updates `matters` for the next thing.
 */
export function judge(
  incoming: Incoming,
  target: Target,
  matters: Map<string, Matter>,
  rules: Rules,
): Judged {
  const { earlier, keyUse, complaintId } = target;
  const gone = refuseForDestroyed(incoming, target, matters, rules);
  if (gone) return gone;
  if (keyUse) return repeatKey(incoming, target, keyUse, matters, rules);
  if (earlier && isSeenBefore(incoming, earlier)) return repeat(incoming, target, earlier, matters, rules);
  const late = setAsideLate(incoming, target, matters, rules);
  if (late) return late;
  if (!incoming.normalised.ok)
    return park(incoming, target, incoming.normalised.problems.map(fromGivenProblem), rules);
  // The item has only a stand-in id, from before its mapping was corrected. The next read of the board brings it under
  // its true id.
  if (isStandIn(incoming.externalId)) return park(incoming, target, [withoutId], rules);
  const post = withFileNames(incoming.normalised.post, incoming.source === 'poll' ? 'board' : 'upload');
  const unstorable = findUnstorable(post);
  if (unstorable) return park(incoming, target, [unstorable], rules);
  const matter = complaintId ? matters.get(complaintId) : undefined;
  if (matter && isSaidAgain(incoming, post, matter, rules))
    return changeNothing(incoming, target, matter, rules);
  if (matter && !isExpected(incoming.expectedSeq, matter.complaint.lastSeq))
    return { accepted: { outcome: 'refused', problems: [], why: 'changed-meanwhile' } };
  const wrong = findMismatch(incoming, target, matter);
  if (wrong) return park(incoming, target, [wrong], rules);
  const decided = decide(matter, toStatement(incoming, post, target), rules);
  if (!decided.ok) return park(incoming, target, decided.problems, rules);
  const { decision } = decided;
  const isNews = decision.events.length > 0;
  if (!isNews && (isCall(incoming) || (isSetting(incoming) && earlier)))
    return changeNothing(incoming, target, decision.matter, rules);
  matters.set(decision.matter.complaint.id, decision.matter);
  return apply(incoming, target, decision, rules);
}

/**
 * A destroyed complaint takes nothing more, or what was destroyed would come back. A board goes on showing its post: as
 * long as it is the same, that is no news.
 */
function refuseForDestroyed(
  incoming: Incoming,
  target: Target,
  matters: Map<string, Matter>,
  rules: Rules,
): Judged | undefined {
  const { earlier } = target;
  const matter = matters.get(target.complaintId ?? earlier?.complaintId ?? '');
  if (!matter?.destroyed) return undefined;
  const { receiptNumber: number } = matter.complaint;
  if (incoming.source === 'poll' && earlier && isSeenBefore(incoming, earlier))
    return { accepted: toDuplicate(matter) };
  return park(
    incoming,
    target,
    [{ pointer: '', reason: toReason('complaint_destroyed', { number }) }],
    rules,
  );
}

function apply(incoming: Incoming, target: Target, decision: Decision, rules: Rules): Judged {
  const { id: complaintId, receiptNumber, lastSeq } = decision.matter.complaint;
  return {
    accepted: { outcome: 'applied', complaintId, receiptNumber, lastSeq, events: decision.events.length },
    decision,
    rawItem: toRawItem(incoming, target, rules, { outcome: 'applied', complaintId }),
    ...noteKey(incoming, complaintId, rules),
  };
}

function toStatement(incoming: Incoming, post: Post, { around, contribution }: Target): Statement {
  return {
    actor: toActor(incoming),
    post,
    ...(speaksForBoard(incoming) && { externalId: incoming.externalId }),
    ...(incoming.readAt !== undefined && { readAt: incoming.readAt }),
    ...(around && { around }),
    ...(incoming.held && { saidAt: new Date(incoming.held.sentAt) }),
    ...(contribution !== undefined && { contribution }),
  };
}

const isExpected = (expected: Incoming['expectedSeq'], lastSeq: number) =>
  expected === undefined || [expected].flat().includes(lastSeq);

/** Whether it repeats what is in force. With its own key it is another call, whatever it says. */
function isSaidAgain(incoming: Incoming, post: Post, matter: Matter, rules: Rules): boolean {
  const mayBe = incoming.idempotencyKey === undefined && (isCall(incoming) || isSetting(incoming));
  return mayBe && isRepetition(matter, toActor(incoming), post, rules.now);
}

/** A door's caller says what it wants now, whatever was said before. A board shows what it holds. */
const isCall = ({ source }: Incoming) => source === 'rest' || source === 'soap';

/** A form that a person went back to sets a state anew. What a form adds, it adds once. */
function isSetting({ source, normalised, complaintId }: Incoming): boolean {
  if (source !== 'console' || complaintId === undefined || !normalised.ok) return false;
  return !normalised.post.answers?.length && !normalised.post.followUps?.length;
}

const isSeenBefore = (incoming: Incoming, { rawItemId, hasReturned }: NonNullable<Target['earlier']>) =>
  !isCall(incoming) && !isSetting(incoming) && incoming.retryOf !== rawItemId && !hasReturned;

const withoutId: Problem = {
  pointer: '',
  reason: toReason('record_read_without_id'),
};

/** If the sender named a complaint: whether this sender has a part in it, under this id. */
function findMismatch(
  incoming: Incoming,
  { contribution: number }: Target,
  matter: Matter | undefined,
): Problem | undefined {
  const named = incoming.normalised.ok ? incoming.normalised.post.receiptNumber : undefined;
  if (!matter) {
    if (incoming.complaintId) return { pointer: '', reason: toReason('no_complaint') };
    return named === undefined
      ? undefined
      : { pointer: '/receiptNumber', reason: toReason('no_receipt_number') };
  }
  if (incoming.agency === contactCentre) return undefined;
  const { agency } = incoming;
  const link =
    number === undefined
      ? matter.links.find((one) => one.agency === agency)
      : findPartLink(matter, { agency, number });
  if (!link) return { pointer: '/receiptNumber', reason: toReason('no_part') };
  if (speaksForBoard(incoming) && link.externalId && link.externalId !== incoming.externalId)
    return { pointer: '/receiptNumber', reason: toReason('held_already', { post: link.externalId }) };
  return findOtherPost(incoming, matter, link);
}

/** A board that was restored from an old copy reuses numbers. Then the post is another one than before. */
function findOtherPost(incoming: Incoming, { complaint }: Matter, link: Link): Problem | undefined {
  const { seen } = link;
  if (incoming.source !== 'poll' || incoming.remapped || !incoming.normalised.ok) return undefined;
  const { receiptNumber, content } = incoming.normalised.post;
  const number =
    'contribution' in link
      ? toPartNumber(complaint.receiptNumber, Number(link.contribution))
      : complaint.receiptNumber;
  const known = { post: incoming.externalId, number };
  if (receiptNumber !== undefined && receiptNumber !== number)
    return { pointer: '/receiptNumber', reason: toReason('another_post', known) };
  if (!seen.filedAt || !content || Date.parse(seen.filedAt) === Date.parse(content.filedAt)) return undefined;
  return { pointer: '/content/filedAt', reason: toReason('restored_board', { ...known, at: seen.filedAt }) };
}

function repeat(
  incoming: Incoming,
  target: Target,
  earlier: NonNullable<Target['earlier']>,
  matters: Map<string, Matter>,
  rules: Rules,
): Judged {
  const matter = matters.get(earlier.complaintId ?? '');
  const { rawItemId, problems } = earlier;
  if (!matter) return { accepted: { outcome: 'parked', rawItemId, problems, isKnown: true } };
  // A poll that reads a window twice is no second delivery. Only a second delivery is counted.
  if (incoming.source === 'poll') return { accepted: toDuplicate(matter) };
  return changeNothing(incoming, target, matter, rules);
}

/** A state of the post that is older than what was applied. It is kept like a repetition and changes nothing. */
function setAsideLate(
  incoming: Incoming,
  target: Target,
  matters: Map<string, Matter>,
  rules: Rules,
): Judged | undefined {
  const matter = target.isLate && target.complaintId ? matters.get(target.complaintId) : undefined;
  if (!matter) return undefined;
  const complaintId = matter.complaint.id;
  return {
    accepted: toDuplicate(matter),
    rawItem: toRawItem(incoming, target, rules, { outcome: 'duplicate', complaintId }),
  };
}

/** One key is one call, whatever it is about (draft-ietf-httpapi-idempotency-key-header, 2.2 and 2.7). */
function repeatKey(
  incoming: Incoming,
  target: Target,
  { externalId, version, complaintId }: NonNullable<Target['keyUse']>,
  matters: Map<string, Matter>,
  rules: Rules,
): Judged {
  const matter = matters.get(complaintId);
  if (!matter || externalId !== incoming.externalId || version !== incoming.version)
    return { accepted: { outcome: 'refused', problems: [], why: 'key-reused' } };
  return changeNothing(incoming, target, matter, rules);
}

/**
 * The statement is true already. In the ledger it counts as a repetition if the same was said before. Otherwise it was
 * the first to say it: somebody else had brought the complaint there.
 */
function changeNothing(incoming: Incoming, target: Target, matter: Matter, rules: Rules): Judged {
  const { id } = matter.complaint;
  const outcome = target.earlier?.complaintId ? 'duplicate' : 'applied';
  return {
    accepted: toDuplicate(matter),
    rawItem: toRawItem(incoming, target, rules, { outcome, complaintId: id }),
    ...(!target.keyUse && noteKey(incoming, id, rules)),
  };
}

const toDuplicate = ({ complaint: { id, receiptNumber, lastSeq } }: Matter): Accepted => ({
  outcome: 'duplicate',
  complaintId: id,
  receiptNumber,
  lastSeq,
});

function noteKey(incoming: Incoming, complaintId: string, rules: Rules): { keyUse?: KeyUse } {
  const { agency, idempotencyKey: key, externalId, version } = incoming;
  if (key === undefined) return {};
  const keyUse = { agency, key, external_id: externalId, version, complaint_id: complaintId };
  return { keyUse: { ...keyUse, used_at: rules.now.toISOString() } };
}

/** A board's post is kept until a person has looked; a caller is told at once. */
function park(incoming: Incoming, target: Target, problems: Problem[], rules: Rules): Judged {
  if (incoming.source !== 'poll' || incoming.remapped) return { accepted: { outcome: 'refused', problems } };
  const rawItem = toRawItem(incoming, target, rules, { outcome: 'parked', problems });
  return { accepted: { outcome: 'parked', rawItemId: rawItem.id, problems }, rawItem };
}

function toRawItem(
  incoming: Incoming,
  { earlier }: Target,
  rules: Rules,
  how: { outcome: RawItem['outcome']; complaintId?: string; problems?: Problem[] },
): RawItem {
  const now = rules.now.toISOString();
  const aside = (how.outcome === 'applied' && incoming.normalised.ok && incoming.normalised.aside) || {};
  return {
    id: incoming.retryOf ?? rules.newId(),
    agency: incoming.agency,
    source: incoming.source,
    external_id: incoming.externalId,
    version: incoming.version,
    body: JSON.stringify(incoming.raw),
    actor: toActor(incoming),
    received_at: now,
    outcome: how.outcome,
    complaint_id: how.complaintId ?? null,
    problems: how.problems ?? null,
    // Mappings and codes belong to the administrator. Every parked thing has an owner who has to look.
    owner: how.outcome === 'parked' ? 'administrator' : null,
    decided_by: incoming.retryOf ? (incoming.user ?? null) : null,
    decided_at: incoming.retryOf ? now : null,
    round: earlier ? earlier.round + 1 : 0,
    read_at: toTimestamp(incoming.readAt),
    note: aside.note === undefined ? null : fromGiven(aside.note),
    cut: aside.cut ?? null,
    masked: incoming.masked ?? null,
  };
}

function toActor(incoming: Incoming): Actor {
  const via = incoming.ofLead ? 'hub' : incoming.source === 'poll' ? 'board' : incoming.source;
  return { agency: incoming.agency, via, ...(incoming.user && { user: incoming.user }) };
}
