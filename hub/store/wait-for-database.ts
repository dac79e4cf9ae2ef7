import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import { findPassingTrouble } from './database-trouble.ts';

/** Milliseconds between two tries. */
const pauses = { first: 500, longest: 5_000 };

export interface Waiting {
  log: Logger;
  /** Stops the waiting. Then the error of the last try is thrown. */
  signal: AbortSignal | undefined;
  /** Tells why it has to wait. */
  say(reason: string): Promise<void>;
}

/**
 * Repeats `work` until the database allows it, with a pause before each try. An error that waiting cannot mend, such as
 * a wrong password or a schema that is too new, is thrown at once.
 */
export async function waitForDatabase<T>(work: () => Promise<T>, { log, signal, say }: Waiting): Promise<T> {
  const outage = createOutage(log, 'the database');
  for (let wait = pauses.first; ; wait = Math.min(2 * wait, pauses.longest)) {
    try {
      const done = await work();
      outage.ended();
      return done;
    } catch (error) {
      const trouble = findPassingTrouble(error);
      if (!trouble || signal?.aborted) throw error;
      outage.failed(error);
      await say(trouble);
      await pause(wait, undefined, { signal }).catch(() => undefined);
      if (signal?.aborted) throw error;
    }
  }
}
