import type { Status } from '../../schemas/index.ts';

/**
 * Which status an assignee may set from which. What is missing is not news: a board that still says
 * "received" while the hub has assigned the complaint has nothing to tell.
 */
const next: Record<Status, readonly Status[]> = {
  received: ['in_progress', 'supplement_requested', 'answered', 'closed', 'rejected'],
  assigned: ['in_progress', 'supplement_requested', 'answered', 'closed', 'rejected'],
  in_progress: ['supplement_requested', 'answered', 'closed', 'rejected'],
  supplement_requested: ['in_progress', 'answered', 'closed', 'rejected'],
  answered: ['in_progress', 'closed'],
  closed: ['in_progress'],
  transferred: ['in_progress', 'supplement_requested', 'answered', 'closed', 'rejected'],
  withdrawn: [],
  rejected: ['in_progress'],
  merged: [],
};

export function mayBecome(from: Status, to: Status): boolean {
  return next[from].includes(to);
}

/** Ended: nothing more is expected of the assignee. */
export function hasEnded(status: Status): boolean {
  return status === 'withdrawn' || status === 'rejected' || status === 'merged' || status === 'closed';
}
