import { toReason } from '../../schemas/reason.ts';
import type { Step } from './bring-event.ts';
import { policy } from './policy.ts';

/** How a message failed, for the circuit breaker of its board. */
export interface Failure {
  /** True: the message had not failed before. */
  isFirst: boolean;
  /** How often it failed while other messages succeeded in between. */
  alone: number;
  /** True: it was sent, and no good reply came. The cause may be this message as well as the board. */
  isUnknown: boolean;
}

/**
 * Poison message detection. It tells a message that its board cannot take ("500" at each try) from a board that is
 * away. There is one for each board. It lives in memory only, so after a restart a message has to fail several times
 * again.
 */
export interface Failing {
  /**
   * Judges a step. A message that failed too often while others succeeded is parked. `failure`: for the circuit
   * breaker.
   */
  judge(id: string, step: Step): { step: Step; failure?: Failure };
  /** Messages that failed and have not succeeded since. A recovering board is tried with other messages first. */
  list(): string[];
}

export function createFailing(): Failing {
  const failing = new Map<string, { passes: number; alone: number }>();
  /** The number of messages that the board has accepted or refused. */
  let passes = 0;

  function fail(id: string): Omit<Failure, 'isUnknown'> {
    const known = failing.get(id);
    const alone = known ? known.alone + (passes > known.passes ? 1 : 0) : 0;
    failing.set(id, { passes, alone });
    return { isFirst: known === undefined, alone };
  }

  return {
    judge(id, step) {
      if (step.kind !== 'later') {
        failing.delete(id);
        passes += 1;
        return { step };
      }
      if (step.unauthorised || step.settling) return { step };
      const failure = { ...fail(id), isUnknown: step.asking };
      if (failure.alone < policy.mostFailuresAlone) return { step, failure };
      failing.delete(id);
      const reason = toReason('failed_alone', { n: failure.alone, detail: step.reason });
      return { step: { kind: 'parked', reason, asking: step.asking }, failure };
    },
    list: () => [...failing.keys()],
  };
}

/**
 * True if a failure is a sign that the board is away. A failure while other messages succeed is no sign. A repeated
 * failure without a reply is a sign only while the board recovers.
 */
export const countsAgainstBoard = ({ isFirst, alone, isUnknown }: Failure, isRecovering: boolean): boolean =>
  alone === 0 && (isFirst || isRecovering || !isUnknown);
