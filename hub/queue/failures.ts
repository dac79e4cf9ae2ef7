import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import { findPassingTrouble } from '../store/database-trouble.ts';

/**
 * Milliseconds without a failure after which the database counts as back. Not all work uses it, so one success proves
 * nothing.
 */
const steadyAfter = 10_000;

/** Logs background work that failed. No work is lost, because it is done again. */
export interface Failures {
  failed(error: unknown, work: string): void;
  /** Some work succeeded. */
  ended(): void;
}

/** If the database is away, all work fails at once and again each second. That is logged as one outage of `what`. */
export function createFailures(log: Logger, what: string): Failures {
  const outage = createOutage(log, what, steadyAfter);
  return {
    ended: outage.ended,
    failed(err, work) {
      if (findPassingTrouble(err)) outage.failed(err);
      else log.error({ work, err }, 'work failed; it is tried again');
    },
  };
}
