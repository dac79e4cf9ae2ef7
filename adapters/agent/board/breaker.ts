import { countsAgainstBoard, createFailing, type Failing, type Failure } from '../../relay/failing.ts';
import { busyUntil, type Limits, pauseAfter, policy, toPauses } from '../../relay/policy.ts';

/**
 * How the board has been doing. Closed: nothing is sent until `closedUntil`. Half open (it is over): one call tries; each
 * further failure doubles the pause. Recovering: one more at once with each success.
 */
export interface Breaker {
  /** Milliseconds since 1970 until when nothing may be sent; 0: now. */
  closedUntil(): number;
  /** How many calls may be under way at once, `most` at the most. */
  allowed(most: number): number;
  /** True: the board was away and is back. */
  succeeded(): boolean;
  /** `after`: the board asked not to be called before then. `unauthorised`: closes at once, and for long. */
  failed(
    limits: Limits['breaker'],
    how?: { after?: Date | undefined; unauthorised?: boolean; failure?: Failure | undefined },
  ): void;
  /** The messages that fail. */
  failing: Failing;
  /** The credentials were refused for what has this key. True: others were let in since it was refused before. */
  isRefusedAlone(key: string, limits: Pick<Limits, 'timeout'>): boolean;
  /** The board named a time before which it is not to be called. */
  leaveAlone(after: Date | undefined): void;
}

/** An agent that starts begins with one call at once: a backlog may have gathered. */
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
      // Calls that were under way when it closed say nothing new: the pause grows with tries, not with their number.
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
      // A call that was under way when it was refused says nothing.
      const isAlone = before !== undefined && before + timeout * 1000 < letInAt;
      if (isAlone) refusedAt.delete(key);
      return isAlone;
    },
    leaveAlone,
  };
}
