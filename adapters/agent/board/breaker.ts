import { createFailing, type Failing, type Failure } from '../../relay/failing.ts';
import { type BreakerState, openBreaker } from '../../relay/open-breaker.ts';
import { busyUntil, type Limits } from '../../relay/policy.ts';

/**
 * The agent's circuit breaker. Closed here means that nothing is sent until `closedUntil`. After that time one call
 * tries the board (half open). Each further failure doubles the pause. While the board recovers, each success allows
 * one more call at once.
 */
export interface Breaker {
  /** Nothing may be sent before this time, in milliseconds since 1970. 0: sending is allowed now. */
  closedUntil(): number;
  /** The number of calls that may run at once, up to `most`. */
  allowed(most: number): number;
  /** Notes a success. True: the board was away and is back. */
  succeeded(): boolean;
  /**
   * Notes a failure. `after`: the board wants no call before then. `unauthorised`: the breaker closes at once and for
   * long.
   */
  failed(
    limits: Limits['breaker'],
    how?: { after?: Date | undefined; unauthorised?: boolean; failure?: Failure | undefined },
  ): void;
  /** Counts the messages that fail. */
  failing: Failing;
  /**
   * Notes that the credentials were refused for this key. True: the board has accepted others since it refused them
   * first.
   */
  isRefusedAlone(key: string, limits: Pick<Limits, 'timeout'>): boolean;
  /** The board named a time before which it wants no call. */
  leaveAlone(after: Date | undefined): void;
}

/** A new agent starts with one call at a time, because a backlog may have collected. */
export function createBreaker(): Breaker {
  const state: BreakerState = { failures: 0, closedUntil: 0 };
  let allowance = 1;
  let letInAt = 0;
  const refusedAt = new Map<string, number>();
  const leaveAlone = (after: Date | undefined) => {
    state.closedUntil = Math.max(state.closedUntil, busyUntil(after));
    if (state.closedUntil > Date.now()) allowance = 1;
  };
  return {
    closedUntil: () => (state.closedUntil > Date.now() ? state.closedUntil : 0),
    allowed: (most) => Math.min(most, allowance),
    succeeded() {
      const wasAway = state.failures > 0;
      Object.assign(state, { failures: 0, closedUntil: 0 });
      letInAt = Date.now();
      allowance += 1;
      return wasAway;
    },
    failing: createFailing(),
    failed(limits, how = {}) {
      openBreaker(state, limits, { ...how, isRecovering: state.failures >= limits.failures });
      if (state.closedUntil > Date.now()) allowance = 1;
    },
    isRefusedAlone(key, { timeout }) {
      const before = refusedAt.get(key);
      refusedAt.set(key, Date.now());
      // A call that was running at the time of the refusal proves nothing.
      const isAlone = before !== undefined && before + timeout * 1000 < letInAt;
      if (isAlone) refusedAt.delete(key);
      return isAlone;
    },
    leaveAlone,
  };
}
