import {
  type Answer,
  type EventType,
  eventTypes,
  type FollowUp,
  filesOf,
  type Step,
  sayStep,
  stepFacts,
} from '../../schemas/index.ts';
import type { NumberedEvent } from './state.ts';

export const answerTypes = ['answered', 'interim_answered'] as const satisfies EventType[];
/** Events that carry an answer or a follow-up. */
export const partTypes = ['followed_up', ...answerTypes] as const satisfies EventType[];
/** Events about progress. They do not concern an agency that joined later, and would be wrong on its fresh copy. */
const progress: ReadonlySet<EventType> = new Set(['status_changed', 'transferred']);
/** Acts of people on a board that leave no doubt about the status that they set. */
const acts: ReadonlySet<EventType> = new Set([...answerTypes, 'transferred', 'withdrawn']);

export const isProgress = (type: EventType): boolean => progress.has(type);
export const isAct = (type: EventType): boolean => acts.has(type);
export const isAnswer = (type: EventType): boolean => answerTypes.some((answer) => answer === type);

/** After such an event a board shows another status. */
export const setsStatus = (type: EventType): boolean => isProgress(type) || isAct(type);

/** Events that a decision must know of a complaint's history: who said what, and what set its status. */
export const isTold = (type: EventType): boolean =>
  type === 'followed_up' || type === 'step_taken' || setsStatus(type);
export const toldTypes = eventTypes.filter(isTold);

/** The answer or the follow-up of an event. Other events have none. */
export function partOf(event: NumberedEvent): Answer | FollowUp | undefined {
  switch (event.type) {
    case 'answered':
    case 'interim_answered':
      return event.data.answer;
    case 'followed_up':
      return event.data.followUp;
    case 'step_taken':
      return toPart(event.data.step);
    default:
      return undefined;
  }
}

/** The words of an answer or a follow-up. Other events have none. */
export const wordsOf = (event: NumberedEvent): string => partOf(event)?.text ?? '';

/** What a board without steps shows of a step that speaks: an interim answer or a follow-up. Undefined: nothing. */
function toPart(step: Step): Answer | FollowUp | undefined {
  const text = stepFacts[step.kind].speaks && sayStep(step);
  if (!text) return undefined;
  const attachments = filesOf(step);
  const files = attachments.length > 0 && { attachments };
  return stepFacts[step.kind].by === 'complainant'
    ? { text, ...(step.at && { writtenAt: step.at }), ...files }
    : {
        text,
        interim: true,
        ...(step.at && { answeredAt: step.at }),
        ...(step.by && { officer: step.by }),
        ...files,
      };
}
