import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { findPassingTrouble } from './database-trouble.ts';

/** Milliseconds. */
const between = 250;

/**
 * Writes what is known here only and cannot be asked for again, such as the outcome of a call: while the database is
 * out of reach it is tried again, for `within` milliseconds. What the database itself refuses is thrown at once.
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

/** What did not come from the server at all, and what it says while it has no place or is not there for changes. */
const isOutOfReach = (error: unknown) =>
  !(error instanceof DatabaseError) || findPassingTrouble(error) !== undefined;
