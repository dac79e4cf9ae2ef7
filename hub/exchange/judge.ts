import type { Actor, Problem } from '../../schemas/index.ts';
import { decide } from '../board/decide.ts';
import { contactCentre } from '../board/find-problems.ts';
import type { Decision, Link, Matter, Rules } from '../board/state.ts';
import { findUnstorable } from './find-unstorable.ts';
import type { Accepted, Incoming } from './incoming.ts';
import { speaksForBoard, type Target } from './load-matters.ts';
import type { RawItem } from './save-decisions.ts';

/** What became of one incoming thing, and what is to be written. */
export interface Judged {
  accepted: Accepted;
  decision?: Decision;
  rawItem?: RawItem;
}

/**
 * Applies one incoming thing to what is known: seen before, applied, parked (a board's) or refused (a caller's). Pure but
 * for `matters`, which it brings up to date for the next.
 */
export function judge(
  incoming: Incoming,
  target: Target,
  matters: Map<string, Matter>,
  rules: Rules,
): Judged {
  const { earlier, complaintId } = target;
  if (earlier && incoming.retryOf !== earlier.rawItemId) return repeat(incoming, earlier, matters, rules);
  if (!incoming.normalised.ok) return park(incoming, incoming.normalised.problems, rules);
  const { post } = incoming.normalised;
  const unstorable = findUnstorable(post);
  if (unstorable) return park(incoming, [unstorable], rules);
  const matter = complaintId ? matters.get(complaintId) : undefined;
  if (matter && incoming.expectedSeq !== undefined && incoming.expectedSeq !== matter.complaint.lastSeq)
    return { accepted: { outcome: 'refused', problems: [], why: 'changed-meanwhile' } };
  const wrong = findMismatch(incoming, matter);
  if (wrong) return park(incoming, [wrong], rules);
  const decided = decide(
    matter,
    {
      actor: toActor(incoming),
      post,
      ...(speaksForBoard(incoming) && { externalId: incoming.externalId }),
      ...(incoming.readAt !== undefined && { readAt: incoming.readAt }),
    },
    rules,
  );
  if (!decided.ok) return park(incoming, decided.problems, rules);
  const { decision } = decided;
  const { complaint } = decision.matter;
  matters.set(complaint.id, decision.matter);
  return {
    accepted: {
      outcome: 'applied',
      complaintId: complaint.id,
      receiptNumber: complaint.receiptNumber,
      lastSeq: complaint.lastSeq,
      events: decision.events.length,
    },
    decision,
    rawItem: toRawItem(incoming, rules, { outcome: 'applied', complaintId: complaint.id }),
  };
}

/** The sender named a complaint: is it one that this sender has a part in, under this id? */
function findMismatch(incoming: Incoming, matter: Matter | undefined): Problem | undefined {
  const named = incoming.normalised.ok ? incoming.normalised.post.receiptNumber : undefined;
  if (!matter) {
    if (incoming.complaintId) return { pointer: '', message: 'there is no such complaint' };
    return named === undefined
      ? undefined
      : { pointer: '/receiptNumber', message: 'is not a receipt number of this hub' };
  }
  if (incoming.agency === contactCentre) return undefined;
  const link = matter.links.find(({ agency }) => agency === incoming.agency);
  if (!link)
    return { pointer: '/receiptNumber', message: 'names a complaint in which this agency has no part' };
  if (speaksForBoard(incoming) && link.externalId && link.externalId !== incoming.externalId)
    return { pointer: '/receiptNumber', message: `is held by the board's post ${link.externalId} already` };
  return findOtherPost(incoming, matter, link);
}

/** A board that was restored from an old copy gives numbers again: then the post is not the one that it was. */
function findOtherPost(incoming: Incoming, { complaint }: Matter, { seen }: Link): Problem | undefined {
  if (incoming.source !== 'poll' || incoming.remapped || !incoming.normalised.ok) return undefined;
  const { receiptNumber, content } = incoming.normalised.post;
  const known = `the hub knows the board's post ${incoming.externalId} as ${complaint.receiptNumber}`;
  if (receiptNumber !== undefined && receiptNumber !== complaint.receiptNumber)
    return { pointer: '/receiptNumber', message: `is another: ${known}; reconcile this board` };
  if (!seen.filedAt || !content || Date.parse(seen.filedAt) === Date.parse(content.filedAt)) return undefined;
  const message = `is another: ${known}, filed at ${seen.filedAt}; was the board restored? Reconcile it`;
  return { pointer: '/content/filedAt', message };
}

function repeat(
  incoming: Incoming,
  earlier: NonNullable<Target['earlier']>,
  matters: Map<string, Matter>,
  rules: Rules,
): Judged {
  const complaint = matters.get(earlier.complaintId ?? '')?.complaint;
  if (!complaint)
    return {
      accepted: {
        outcome: 'parked',
        rawItemId: earlier.rawItemId,
        problems: earlier.problems,
        isKnown: true,
      },
    };
  if (earlier.body !== undefined && earlier.body !== JSON.stringify(incoming.raw))
    return { accepted: { outcome: 'refused', problems: [], why: 'key-reused' } };
  // A poll that reads a window twice is not a delivery that came twice: only the latter is counted.
  const isCounted = incoming.source !== 'poll';
  return {
    accepted: {
      outcome: 'duplicate',
      complaintId: complaint.id,
      receiptNumber: complaint.receiptNumber,
      lastSeq: complaint.lastSeq,
    },
    ...(isCounted && {
      rawItem: toRawItem(incoming, rules, { outcome: 'duplicate', complaintId: complaint.id }),
    }),
  };
}

/** What a board holds is kept until a person has looked; a caller is told at once. */
function park(incoming: Incoming, problems: Problem[], rules: Rules): Judged {
  if (incoming.source !== 'poll' || incoming.remapped) return { accepted: { outcome: 'refused', problems } };
  const rawItem = toRawItem(incoming, rules, { outcome: 'parked', problems });
  return { accepted: { outcome: 'parked', rawItemId: rawItem.id, problems }, rawItem };
}

function toRawItem(
  incoming: Incoming,
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
    // Mappings and codes are the administrator's; nothing parked is without somebody who has to look.
    owner: how.outcome === 'parked' ? 'administrator' : null,
    decided_by: incoming.retryOf ? (incoming.user ?? null) : null,
    decided_at: incoming.retryOf ? now : null,
    note: aside.note ?? null,
    cut: aside.cut ?? null,
  };
}

function toActor(incoming: Incoming): Actor {
  const via = incoming.source === 'poll' ? 'board' : incoming.source;
  return { agency: incoming.agency, via, ...(incoming.user && { user: incoming.user }) };
}
