import { createHash } from 'node:crypto';
import { Refusal } from '../../http/problem.ts';
import type { Store } from '../../store/database.ts';

export interface SeenMessages {
  /**
   * Takes note of an authentic message; `parts` are what makes it one of a kind, `until` when its own time stamp makes it
   * too old. Errors: Refusal, when it came before.
   */
  mustBeNew(agency: string, parts: readonly (string | Uint8Array)[], until: Date): Promise<void>;
}

/**
 * Recognises a message that is sent once more, across all processes of the hub and their restarts. The table is an
 * ordinary one: an unlogged table is emptied when PostgreSQL recovers from a crash, and everything younger than five
 * minutes could then be replayed. What is over is removed by hub/store/prune.ts.
 */
export function createSeenMessages({ pool }: Store): SeenMessages {
  return {
    async mustBeNew(agency, parts, until) {
      const hash = createHash('sha256');
      // With its length before it, no part can pass for the end of another.
      for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
      const { rowCount } = await pool.query(
        'insert into seen_messages (agency, message, until) values ($1, $2, $3) on conflict do nothing',
        [agency, hash.digest(), until],
      );
      if (rowCount === 0)
        throw new Refusal(
          'unauthenticated',
          'this message was received before; make a new nonce and time, and a new signature, for every message',
        );
    },
  };
}
