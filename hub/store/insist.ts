import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

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

/** SQLSTATE classes 08 (connection) and 57P (shut down, starting up); what did not come from the server has none. */
const isOutOfReach = (error: unknown) =>
  !(error instanceof pg.DatabaseError) || /^(08|57P)/.test(error.code ?? '');
