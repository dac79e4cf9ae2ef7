import type { Acknowledged, Acknowledgement, Changes, ChangesRequest } from '../../schemas/index.ts';
import { inTransaction, type Store } from '../store/database.ts';
import { acknowledge } from './feed-acknowledge.ts';
import { giveOut } from './feed-give-out.ts';
import { readFeed } from './feed-read.ts';
import type { FeedSignal } from './feed-signal.ts';

/**
 * The exchange feed: the pull side of the links. What is fetched is what the agency's copies lack; what is
 * acknowledged is what they hold, and brings the links level. What is not acknowledged comes again to whoever asks
 * without a cursor.
 */
export interface Feed {
  /** Waits up to `request.wait` seconds where there is nothing yet; `signal` ends the waiting. */
  fetch(agency: string, request: ChangesRequest, signal?: AbortSignal): Promise<Changes>;
  acknowledge(agency: string, acknowledgement: Acknowledgement): Promise<Acknowledged>;
}

/** SQLSTATE of a deadlock: somebody else goes on, and we begin again. */
const deadlock = '40P01';

export function createFeed(store: Store, feedSignal: FeedSignal): Feed {
  async function read(agency: string, { after, limit = 100 }: ChangesRequest): Promise<Changes> {
    await giveOut(store, agency);
    return readFeed(store, agency, after, limit);
  }

  async function fetch(agency: string, request: ChangesRequest, signal?: AbortSignal): Promise<Changes> {
    const until = Date.now() + (request.wait ?? 0) * 1000;
    for (;;) {
      const left = until - Date.now();
      const isLast = left <= 0 || signal?.aborted === true;
      const waiting = isLast ? undefined : feedSignal.next(agency, left, signal);
      try {
        const found = await read(agency, request);
        if (found.changes.length > 0 || !waiting) return found;
        await waiting.heard;
      } finally {
        waiting?.cancel();
      }
    }
  }

  return {
    fetch,
    async acknowledge(agency, acknowledgement) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await inTransaction(store.pool, (client) => acknowledge(client, agency, acknowledgement));
        } catch (error) {
          if ((error as { code?: string }).code !== deadlock || tries === 3) throw error;
        }
      }
    },
  };
}
