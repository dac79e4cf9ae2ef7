import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { findPassingTrouble } from './database-trouble.ts';

/** Milliseconds. */
const between = 250;

/**
 * Writes what only this process knows and cannot ask for again, such as the outcome of a call. While the database is
 * out of reach it tries again, for `within` milliseconds. An error from the database itself is thrown at once.
 */
export async function insist<T>(write: () => Promise<T>, within = 30_000): Promise<T> {
  for (const until = Date.now() + within; ; ) {
    try {
      return await write();
    } catch (error) {
      if (!isOutOfReach(error) || Date.now() + between > until) throw error;
      await pause(between);
    }
  }
}

/** Errors that did not come from the server, and those that say that it has no room or takes no changes now. */
const isOutOfReach = (error: unknown) =>
  !(error instanceof DatabaseError) || findPassingTrouble(error) !== undefined;
