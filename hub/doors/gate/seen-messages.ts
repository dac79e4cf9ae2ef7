import { createHash } from 'node:crypto';
import { Refusal } from '../../http/problem.ts';
import type { Store } from '../../store/database.ts';

export interface SeenMessages {
  /**
   * Notes an authentic message. `parts` make it unique; at `until` its own time stamp makes it too old. Errors:
   * Refusal, if it came before.
   */
  mustBeNew(agency: string, parts: readonly (string | Uint8Array)[], until: Date): Promise<void>;
}

/**
 * Recognises a repeated message across all processes of the hub and their restarts. The table is logged: PostgreSQL
 * empties an unlogged table after a crash, and every message of the last five minutes could then be replayed.
 * hub/store/prune.ts removes old rows.
 */
export function createSeenMessages({ pool }: Store): SeenMessages {
  return {
    async mustBeNew(agency, parts, until) {
      const hash = createHash('sha256');
      // The length before each part keeps it from passing for the end of another.
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
