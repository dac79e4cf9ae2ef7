import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import { findPassingTrouble } from './database-trouble.ts';

/** Milliseconds between two tries. */
const pauses = { first: 500, longest: 5_000 };

export interface Waiting {
  log: Logger;
  /** Gives up waiting: then what the last try met is thrown. */
  signal: AbortSignal | undefined;
  /** Why it has to wait. */
  say(reason: string): Promise<void>;
}

/**
 * Does `work` again and again until the database lets it, with a pause before each try. What no waiting mends, such as
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
