import {
  type Answer,
  type EventType,
  eventTypes,
  type FollowUp,
  type HistoryType,
  isPublic,
  stepFacts,
  toPart,
} from '../../schemas/index.ts';
import type { NumberedEvent, PublicEvent } from './state.ts';

/**
 * An event that goes to a board, a feed or an endpoint. None of them is ever given what stays between agencies, so finding
 * such an event here is a fault of this program.
 */
export function toPublic(event: NumberedEvent): PublicEvent {
  if (!isPublic(event)) throw new TypeError(`event ${event.seq} stays between agencies`);
  return event;
}

export const answerTypes = ['answered', 'interim_answered'] as const satisfies EventType[];
/** Events that carry an answer or a follow-up. */
export const partTypes = ['followed_up', ...answerTypes] as const satisfies EventType[];
/** Events about progress. They do not concern an agency that joined later, and would be wrong on its fresh copy. */
const progress: ReadonlySet<HistoryType> = new Set(['status_changed', 'transferred']);
/** Acts of people on a board that leave no doubt about the status that they set. */
const acts: ReadonlySet<HistoryType> = new Set([...answerTypes, 'transferred', 'withdrawn']);

export const isProgress = (type: HistoryType): boolean => progress.has(type);
export const isAct = (type: HistoryType): boolean => acts.has(type);
export const isAnswer = (type: HistoryType): boolean => answerTypes.some((answer) => answer === type);

/** After such an event a board shows another status. */
export const setsStatus = (type: HistoryType): boolean => isProgress(type) || isAct(type);

/** Words about a complaint that others hear of: who said what, and what set its status. */
export const isSaid = (type: HistoryType): boolean =>
  type === 'followed_up' || type === 'step_taken' || setsStatus(type);
/** Events that a decision must know of a complaint's history: also what stays between agencies. */
export const isTold = (type: HistoryType): boolean => type === 'contributed' || isSaid(type);
export const toldTypes: HistoryType[] = [...eventTypes.filter(isTold), 'contributed'];

/** The answer or the follow-up of an event. Other events have none. */
export function partOf(event: NumberedEvent): Answer | FollowUp | undefined {
  switch (event.type) {
    case 'answered':
    case 'interim_answered':
      return event.data.answer;
    case 'followed_up':
      return event.data.followUp;
    case 'step_taken':
      return toPart(event.data.step)?.part;
    default:
      return undefined;
  }
}

/** The words of an answer or a follow-up. Other events have none. */
export const wordsOf = (event: NumberedEvent): string => partOf(event)?.text ?? '';

/**
 * Whether an event may stand on a board as a part of these types. A step counts as what it is said as: an interim
 * answer, or a follow-up.
 */
export function isPartOf(event: NumberedEvent, types: readonly EventType[]): boolean {
  if (event.type !== 'step_taken') return types.some((type) => type === event.type);
  const isComplainants = stepFacts[event.data.step.kind].by === 'complainant';
  return types.includes(isComplainants ? 'followed_up' : 'interim_answered');
}

/** An interim answer, or a step that boards without steps show as one. Many boards then say that work goes on. */
export const isSaidInterim = (event: NumberedEvent): boolean =>
  event.type === 'interim_answered' ||
  (event.type === 'step_taken' && toPart(event.data.step)?.type === 'interim_answered');
