import { setTimeout as pause } from 'node:timers/promises';
import limitCalls from 'p-limit';
import type { Logger } from 'pino';
import { createLane, type Lane } from '../queue/lane.ts';
import type { Look } from '../queue/looks.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { createAttempts } from './attempts.ts';
import { type BehindLink, findBehindLinks } from './behind-links.ts';
import { createBoardHealth } from './board-health.ts';
import type { Boards } from './boards.ts';
import type { Intake } from './intake.ts';
import { type Delivery, type Levelled, levelLink } from './level-link.ts';

export interface DeliverDependencies {
  store: Store;
  exclusive: Exclusive;
  boards: Boards;
  intake: Intake;
  log: Logger;
  /** Called for each link that was worked on, for live pages and metrics. */
  delivered(agency: string, levelled: Levelled): void;
}

const pageSize = 100;
/** Links under way while callers crowd at the doors. */
const givingWay = 2;

/**
 * Drains one agency: takes its links that are behind and brings each forward, a few at a time, until none is
 * due. One process at a time drains an agency; agencies do not wait for each other.
 */
export function createDeliver({
  store,
  exclusive,
  boards,
  intake,
  log,
  delivered,
}: DeliverDependencies): Look {
  const attempts = createAttempts(store);
  const health = createBoardHealth(store);
  const lanes = new Map<string, Lane>();

  async function work(delivery: Delivery, link: BehindLink, stop: AbortSignal): Promise<void> {
    try {
      const levelled = await levelLink(delivery, link, stop);
      delivered(link.agency, levelled);
      if (levelled.end === 'parked')
        log.warn(
          { agency: link.agency, link: link.id, complaint: link.complaint.id },
          'parked: the agency has to look',
        );
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
    const { concurrency = 4 } = board.connection;
    const delivery: Delivery = { attempts, board, limit: limitCalls(concurrency) };
    // Marks and outcomes of some links are written while others are on the wire. A board that cannot be asked gets no
    // more marks than calls: after a crash each of them is a question for a person.
    const ahead = board.adapter.find ? 4 : 1;
    const lane = createLane<BehindLink>({
      concurrency: () =>
        health.isTroubled(agency) ? 1 : intake.hasPrecedence() ? givingWay : concurrency * ahead,
      pageSize,
      find: (underWay) => findBehindLinks(store, agency, underWay, pageSize),
      work: (link) => work(delivery, link, stop),
      paused: () => health.isClosed(agency),
    });
    lanes.set(agency, lane);
    await lane.drain(stop).finally(() => lanes.delete(agency));
  }

  return {
    run: (agency, stop) =>
      exclusive.run(`deliver:${agency}`, (lost) => drain(agency, AbortSignal.any([stop, lost]))),
    nudge: (agency) => lanes.get(agency)?.nudge(),
  };
}
