import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { createAttempts } from './attempts.ts';
import { type BehindLink, findBehindLinks } from './behind-links.ts';
import { createBoardHealth } from './board-health.ts';
import type { Board, Boards } from './boards.ts';
import { type Levelled, levelLink } from './level-link.ts';

export interface DeliverDependencies {
  store: Store;
  exclusive: Exclusive;
  boards: Boards;
  log: Logger;
  /** Called for each link that was worked on, for live pages and metrics. */
  delivered(agency: string, levelled: Levelled): void;
}

const pageSize = 100;
/** Milliseconds. */
const lookAgainAfter = 200;

/**
 * Drains one agency: takes its links that are behind and brings each forward, a few at a time, until none is
 * due. One process at a time drains an agency; agencies do not wait for each other.
 */
export function createDeliver({ store, exclusive, boards, log, delivered }: DeliverDependencies) {
  const attempts = createAttempts(store);
  const health = createBoardHealth(store);

  async function work(board: Board, link: BehindLink, stop: AbortSignal): Promise<void> {
    try {
      const levelled = await levelLink(attempts, board, link, stop);
      delivered(link.agency, levelled);
      await health.record(link.agency, levelled.end === 'waiting' ? levelled.reason : undefined);
    } catch (err) {
      log.error({ agency: link.agency, link: link.id, complaint: link.complaint.id, err }, 'delivery failed');
      // A fault of ours moves no retry time: without a pause the same link would be taken again at once.
      await pause(1000);
    }
  }

  async function drain(agency: string, stop: AbortSignal): Promise<void> {
    const board = boards.find(agency);
    if (!board) return;
    const underWay = new Map<string, Promise<void>>();
    const mayGoOn = () => !stop.aborted && !health.isClosed(agency);

    async function begin(link: BehindLink, on: Board): Promise<void> {
      while (underWay.size >= health.callsAtOnce(agency, on.connection.concurrency))
        await Promise.race(underWay.values());
      if (mayGoOn())
        underWay.set(
          link.id,
          work(on, link, stop).finally(() => underWay.delete(link.id)),
        );
    }

    while (mayGoOn()) {
      const page = await findBehindLinks(store, agency, [...underWay.keys()], pageSize);
      if (page.length === 0 && underWay.size === 0) break;
      for (const link of page) await begin(link, board);
      // A page that was not full is the end of the queue: look again when all is done, and now and then while
      // one slow call is still out, so that it holds up no other link.
      if (page.length < pageSize) await Promise.race([Promise.all(underWay.values()), pause(lookAgainAfter)]);
    }
    await Promise.all(underWay.values());
  }

  return {
    /** False when another process is at it. */
    drain: (agency: string, stop: AbortSignal) =>
      exclusive.run(`deliver:${agency}`, (lost) => drain(agency, AbortSignal.any([stop, lost]))),
  };
}
