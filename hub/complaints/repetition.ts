import type { Actor, Answer, FollowUp, NewEvent, Post, Step } from '../../schemas/index.ts';
import { normaliseText } from '../../schemas/index.ts';
import { isProgress, partOf } from './event-facts.ts';
import { markFiles } from './fingerprint.ts';
import type { Matter, NumberedEvent } from './state.ts';
import { isAnyStep, markStep } from './steps/known-steps.ts';

/**
 * Milliseconds in which the same words of one agency count as one repeated call. A client without a reply tries again
 * within minutes; a complainant who asks the same again has waited longer. A client that repeats later sends an
 * idempotency key.
 */
export const repeatWindow = 10 * 60_000;

/**
 * Whether a call without a key repeats what its agency said before and what still stands. Text and status need no rule
 * here: repeating them changes nothing.
 */
export function isRepetition(matter: Matter, { agency }: Actor, post: Post, now: Date): boolean {
  const own = matter.told.filter((event) => event.actor.agency === agency);
  const { transfer, withdrawal, answers = [], followUps = [], steps = [] } = post;
  const parts = [...answers, ...followUps];
  const isSaid = (type: NewEvent['type'], part: Answer | FollowUp) =>
    isSaidBefore(matter, own, type, part, now.getTime());
  return (
    (transfer !== undefined || withdrawal !== undefined || parts.length + steps.length > 0) &&
    (transfer === undefined || isMoved(matter, own, transfer)) &&
    (withdrawal === undefined || isTakenBack(matter, own, withdrawal)) &&
    answers.every((answer) => isSaid(answer.interim ? 'interim_answered' : 'answered', answer)) &&
    followUps.every((followUp) => isSaid('followed_up', followUp)) &&
    steps.every((step) => isTakenBefore(matter, own, step, now.getTime()))
  );
}

/** The newest step is this one, and nothing was said since. What is taken again after another step is meant anew. */
function isTakenBefore({ told, links }: Matter, own: NumberedEvent[], step: Step, now: number): boolean {
  const newest = told.findLast(isAnyStep);
  if (!newest || !own.includes(newest) || markStep(newest.data.step) !== markStep(step)) return false;
  const later = told.slice(told.indexOf(newest) + 1);
  // What the step itself led to has its instant.
  const isLast = later.every(({ type, at }) => isProgress(type) && at === newest.at);
  const { at } = newest.data.step;
  const parts = links.find(({ id }) => id === newest.linkId)?.parts ?? {};
  return (
    isLast &&
    at === step.at &&
    (step.id === undefined || parts[newest.seq] === step.id) &&
    now - Date.parse(newest.at) < repeatWindow
  );
}

/** The newest transfer is this one, and the complaint is still there. */
function isMoved(
  { told, complaint }: Matter,
  own: NumberedEvent[],
  { to, reason }: NonNullable<Post['transfer']>,
) {
  const newest = told.findLast(({ type }) => type === 'transferred');
  if (newest?.type !== 'transferred' || !own.includes(newest)) return false;
  return complaint.assignee === to && newest.data.to === to && newest.data.reason === reason;
}

function isTakenBack(
  { complaint }: Matter,
  own: NumberedEvent[],
  { reason }: NonNullable<Post['withdrawal']>,
) {
  const newest = own.findLast(({ type }) => type === 'withdrawn');
  return complaint.status === 'withdrawn' && newest?.type === 'withdrawn' && newest.data.reason === reason;
}

/**
 * An answer stands until something follows it. An addition counts as the same only for a while, or by its own id or
 * time.
 */
function isSaidBefore(
  { told, links }: Matter,
  own: NumberedEvent[],
  type: NewEvent['type'],
  part: Answer | FollowUp,
  now: number,
): boolean {
  const said = own.filter((event) => event.type === type);
  const same = said.filter((event) => markPart(partOf(event)) === markPart(part));
  const newest = same.at(-1);
  if (part.id !== undefined) {
    const ids = links.find(({ id }) => id === newest?.linkId)?.parts ?? {};
    return newest !== undefined && newest === said.findLast(({ seq }) => ids[seq] === part.id);
  }
  if (!newest) return false;
  const at = timeOf(part);
  return (
    (type === 'answered' && told.at(-1) === newest) ||
    now - Date.parse(newest.at) < repeatWindow ||
    (at !== undefined && same.some((event) => timeOf(partOf(event)) === at))
  );
}

function markPart(part: Answer | FollowUp | undefined): string | undefined {
  if (!part) return undefined;
  const { department, name, contact } = ('officer' in part && part.officer) || {};
  return JSON.stringify([normaliseText(part.text), department, name, contact, markFiles(part.attachments)]);
}

function timeOf(part: Answer | FollowUp | undefined): number | undefined {
  const at =
    part && ('writtenAt' in part ? part.writtenAt : 'answeredAt' in part ? part.answeredAt : undefined);
  return at === undefined ? undefined : Date.parse(at);
}
