import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import { findPassingTrouble } from '../store/database-trouble.ts';

/** Milliseconds without a failure after which the database counts as back: not all work asks it. */
const steadyAfter = 10_000;

/** Tells of work in the background that failed; none of it is lost, for it is done again. */
export interface Failures {
  failed(error: unknown, work: string): void;
  /** Some work went well. */
  ended(): void;
}

/** Where the database is away, all work meets it at once and again each second: that is one outage of `what`. */
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
