import { type Status, statuses } from './vocabulary.ts';

/** The facts about one status of a complaint. */
interface StatusFacts {
  /** State of the statutory clock. It waits for the complainant by articles 24 and 25 of the Enforcement Decree. */
  clock: 'runs' | 'waits' | 'over';
  /** Nobody at the assignee has begun to work on the complaint. */
  isUntouched?: true;
  /** The agency has decided: its text is the final answer, not an interim one. */
  isDecided?: true;
  /** Nothing more is expected of the assignee. */
  hasEnded?: true;
  /** A further question of the complainant reopens the complaint for the agency. */
  isReopened?: true;
  /** A person sets this status by hand. The other statuses follow from events. */
  isSetByHand?: true;
  /** A board that lacks this status shows the complaint as closed. */
  isShownAsClosed?: true;
  /**
   * The statuses that an assignee may set next. Any other status from a board is no news. Example: a board still says
   * "received" while the hub has already assigned the complaint.
   */
  mayBecome: readonly Status[];
}

const onwards = ['in_progress', 'supplement_requested', 'answered', 'closed', 'rejected'] as const;
const onwardsBut = (own: Status) => onwards.filter((status) => status !== own);

/**
 * The one table of statuses. Only boards use `transferred` and `merged`. The hub sets them on no complaint, so their
 * clock does not run.
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
/** What the statutory clock does in a status. */
export const clockAt = (status: Status) => facts[status].clock;
/** The statutory clock runs. */
export const isRunning = (status: Status) => facts[status].clock === 'runs';
export const mayBecome = (from: Status, to: Status) => facts[from].mayBecome.includes(to);

export const untouchedStatuses = statuses.filter(isUntouched);
/** Open: the statutory clock runs. */
export const runningStatuses = statuses.filter(isRunning);
/** The clock waits for the complainant. */
export const waitingStatuses = statuses.filter((status) => facts[status].clock === 'waits');
/** The assignee owes an answer, now or after the complainant has said more. */
export const owingStatuses = statuses.filter((status) => facts[status].clock !== 'over');
export const settableStatuses = statuses.filter(asking('isSetByHand'));
