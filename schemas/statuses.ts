import { type Status, statuses } from './vocabulary.ts';

/** What holds of a complaint in a status. */
interface StatusFacts {
  /** The statutory clock; it waits for the complainant by articles 24 and 25 of the Decree. */
  clock: 'runs' | 'waits' | 'over';
  /** Nobody at the assignee has begun. */
  isUntouched?: true;
  /** The agency has said its last word: what it wrote is the answer, and not an interim one. */
  isDecided?: true;
  /** Nothing more is expected of the assignee. */
  hasEnded?: true;
  /** A further question of the complainant gives the assignee work again. */
  isReopened?: true;
  /** A person sets it by hand; the others follow from what happens. */
  isSetByHand?: true;
  /** Boards that do not know it end the complaint. */
  isShownAsClosed?: true;
  /**
   * What an assignee may make of it. What is missing is not news: a board that still says "received" while the hub has
   * assigned the complaint has nothing to tell.
   */
  mayBecome: readonly Status[];
}

const onwards = ['in_progress', 'supplement_requested', 'answered', 'closed', 'rejected'] as const;
const onwardsBut = (own: Status) => onwards.filter((status) => status !== own);

/**
 * The one table of statuses. `transferred` and `merged` are words of boards alone: the hub gives them to no complaint, so
 * the clock of neither runs.
 */
const facts: Record<Status, StatusFacts> = {
  received: { clock: 'runs', isUntouched: true, mayBecome: onwards },
  assigned: { clock: 'runs', isUntouched: true, mayBecome: onwards },
  in_progress: { clock: 'runs', isSetByHand: true, mayBecome: onwardsBut('in_progress') },
  supplement_requested: {
    clock: 'waits',
    isSetByHand: true,
    mayBecome: onwardsBut('supplement_requested'),
  },
  answered: { clock: 'over', isDecided: true, isReopened: true, mayBecome: ['in_progress', 'closed'] },
  closed: {
    clock: 'over',
    isDecided: true,
    hasEnded: true,
    isReopened: true,
    isSetByHand: true,
    mayBecome: ['in_progress'],
  },
  transferred: { clock: 'over', mayBecome: onwards },
  withdrawn: { clock: 'over', hasEnded: true, mayBecome: [] },
  rejected: {
    clock: 'over',
    isDecided: true,
    hasEnded: true,
    isSetByHand: true,
    isShownAsClosed: true,
    mayBecome: ['in_progress'],
  },
  merged: { clock: 'over', isDecided: true, hasEnded: true, isShownAsClosed: true, mayBecome: [] },
};

type Fact = Exclude<keyof StatusFacts, 'clock' | 'mayBecome'>;
const asking = (fact: Fact) => (status: Status) => facts[status][fact] === true;

export const isUntouched = asking('isUntouched');
export const isDecided = asking('isDecided');
export const hasEnded = asking('hasEnded');
export const isReopened = asking('isReopened');
export const isShownAsClosed = asking('isShownAsClosed');
/** The statutory clock runs. */
export const isRunning = (status: Status) => facts[status].clock === 'runs';
export const mayBecome = (from: Status, to: Status) => facts[from].mayBecome.includes(to);

export const untouchedStatuses = statuses.filter(isUntouched);
/** Open: the statutory clock runs. */
export const runningStatuses = statuses.filter(isRunning);
/** The clock waits for the complainant. */
export const waitingStatuses = statuses.filter((status) => facts[status].clock === 'waits');
/** The assignee owes an answer, now or when the complainant has said more. */
export const owingStatuses = statuses.filter((status) => facts[status].clock !== 'over');
export const settableStatuses = statuses.filter(asking('isSetByHand'));
