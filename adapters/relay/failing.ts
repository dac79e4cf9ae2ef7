import { toReason } from '../../schemas/reason.ts';
import type { Step } from './bring-event.ts';
import { policy } from './policy.ts';

/** How a message failed, for the breaker of its board. */
export interface Failure {
  /** It had not failed before. */
  isFirst: boolean;
  /** How often it failed with others getting through in between. */
  alone: number;
  /** It was sent, and no good reply came: a fault of this message as likely as of the board. */
  isUnknown: boolean;
}

/**
 * Tells a message that its board cannot take ("500" at each try) from a board that is away. One for each board; it lives as
 * long as the program, so that after a restart a message has to fail some times more.
 */
export interface Failing {
  /** What follows from a step: one that failed too often while others got through is parked. `failure`: for the breaker. */
  judge(id: string, step: Step): { step: Step; failure?: Failure };
  /** Those that failed and did not get through since: a board that recovers is tried with another first. */
  list(): string[];
}

export function createFailing(): Failing {
  const failing = new Map<string, { passes: number; alone: number }>();
  /** Messages that the board has taken, or judged. */
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
      if (step.unauthorised) return { step };
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
 * Whether a failure tells that the board is away. One that fails while others get through tells nothing of it, and one
 * that fails again without a reply no more than the first time. But while the board recovers, every other call counts.
 */
export const countsAgainstBoard = ({ isFirst, alone, isUnknown }: Failure, isRecovering: boolean): boolean =>
  alone === 0 && (isFirst || isRecovering || !isUnknown);
