import { countsAgainstBoard, type Failure } from './failing.ts';
import { busyUntil, type Limits, pauseAfter, policy, toPauses } from './policy.ts';

/** What a circuit breaker remembers. `closedUntil`: milliseconds since 1970; nothing is sent before. 0: it is shut. */
export interface BreakerState {
  failures: number;
  closedUntil: number;
}

/** A call that failed. */
export interface Failed {
  /** The board wants no call before then. */
  after?: Date | undefined;
  /** The board refuses the credentials: the breaker opens at once, and for long. */
  unauthorised?: boolean | undefined;
  failure?: Failure | undefined;
  /** The board was away, and is not known to be well yet. */
  isRecovering: boolean;
}

/**
 * The one rule by which a failure opens the breaker of a board or an endpoint, at the hub and at an agent. Calls that
 * were under way when it opened say nothing new: the pause grows with tries, not with such calls. True: it counted.
 */
export function openBreaker(
  state: BreakerState,
  breaker: Limits['breaker'],
  { after, unauthorised = false, failure, isRecovering }: Failed,
): boolean {
  const now = Date.now();
  const isCounted = unauthorised || !failure || countsAgainstBoard(failure, isRecovering);
  if (isCounted && state.closedUntil <= now) {
    state.failures = Math.max(state.failures + 1, unauthorised ? breaker.failures : 0);
    const over = state.failures - breaker.failures;
    const pauses = unauthorised ? policy.unauthorised : toPauses(breaker);
    if (over >= 0) state.closedUntil = now + pauseAfter(over + 1, pauses);
  }
  state.closedUntil = Math.max(state.closedUntil, busyUntil(after));
  return isCounted;
}
