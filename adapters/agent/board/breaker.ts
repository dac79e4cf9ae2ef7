import { countsAgainstBoard, createFailing, type Failing, type Failure } from '../../relay/failing.ts';
import { busyUntil, type Limits, pauseAfter, policy, toPauses } from '../../relay/policy.ts';

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
  let failures = 0;
  let closed = 0;
  let allowance = 1;
  let letInAt = 0;
  const refusedAt = new Map<string, number>();
  const leaveAlone = (after: Date | undefined) => {
    closed = Math.max(closed, busyUntil(after));
    if (closed > Date.now()) allowance = 1;
  };
  return {
    closedUntil: () => (closed > Date.now() ? closed : 0),
    allowed: (most) => Math.min(most, allowance),
    succeeded() {
      const wasAway = failures > 0;
      failures = 0;
      closed = 0;
      letInAt = Date.now();
      allowance += 1;
      return wasAway;
    },
    failing: createFailing(),
    failed({ failures: most, ...pauses }, { after, unauthorised = false, failure } = {}) {
      const isCounted = !failure || countsAgainstBoard(failure, failures >= most);
      // Calls that were running when the breaker closed add nothing. The pause grows with tries, not with the number of
      // such calls.
      if (isCounted && closed <= Date.now()) {
        failures = Math.max(failures + 1, unauthorised ? most : 0);
        const over = failures - most;
        const growing = unauthorised ? policy.unauthorised : toPauses({ failures: most, ...pauses });
        if (over >= 0) closed = Date.now() + pauseAfter(over + 1, growing);
      }
      if (closed > Date.now()) allowance = 1;
      leaveAlone(after);
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
