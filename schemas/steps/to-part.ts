import type { Answer, FollowUp } from '../complaint.ts';
import type { Step } from './step.ts';
import { stepFacts } from './step-facts.ts';
import { filesOf, sayStep } from './step-words.ts';

/** A step in the form of the part that people who know no steps read in its place. */
export type StepPart =
  | { type: 'interim_answered'; part: Answer & { interim: true } }
  | { type: 'followed_up'; part: FollowUp };

/**
 * What a board without steps shows of a step that speaks: an interim answer of the assignee, or a follow-up of the
 * complainant. Undefined: nothing.
 */
export function toPart(step: Step): StepPart | undefined {
  const text = stepFacts[step.kind].speaks && sayStep(step);
  if (!text) return undefined;
  const attachments = filesOf(step);
  const files = attachments.length > 0 && { attachments };
  if (stepFacts[step.kind].by === 'complainant')
    return { type: 'followed_up', part: { text, ...(step.at && { writtenAt: step.at }), ...files } };
  const said = { ...(step.at && { answeredAt: step.at }), ...(step.by && { officer: step.by }) };
  return { type: 'interim_answered', part: { text, interim: true, ...said, ...files } };
}
