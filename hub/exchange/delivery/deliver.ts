import { setTimeout as pause } from 'node:timers/promises';
import limitCalls from 'p-limit';
import type { Logger } from 'pino';
import { startGrace } from '../../../adapters/relay/grace.ts';
import { createLane, type Lane } from '../../../adapters/relay/lane.ts';
import { policy, toLimits } from '../../../adapters/relay/policy.ts';
import { toReason } from '../../../schemas/reason.ts';
import { disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import type { Look } from '../../queue/looks.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import type { BoardHealth } from '../boards/board-health.ts';
import { type Board, type Boards, isMaintained } from '../boards/boards.ts';
import { createPace } from '../boards/pace.ts';
import { createAttempts } from './attempts.ts';
import { type BehindLink, findBehindLinks } from './behind-links.ts';
import { type BoardDelivery, type Levelled, levelLink } from './level-link.ts';

export interface DeliverDependencies {
  store: Store;
  exclusive: Exclusive;
  boards: Boards;
  health: BoardHealth;
  log: Logger;
  /** Called for each link that was worked on, for live pages and metrics. */
  delivered(agency: string, levelled: Levelled): void;
}

const pageSize = 100;

/**
 * Drains one agency: takes its links that are behind and brings a few at a time forward, until none is due. One
 * process at a time drains an agency. Agencies do not wait for each other.
 */
export function createDeliver({
  store,
  exclusive,
  boards,
  health,
  log,
  delivered,
}: DeliverDependencies): Look {
  const attempts = createAttempts(store);
  const takePace = createPace(store).take;
  const lanes = new Map<string, Lane>();

  async function work(delivery: BoardDelivery, link: BehindLink, stop: AbortSignal): Promise<void> {
    const { agency } = link;
    try {
      const levelled = await levelLink(delivery, link);
      delivered(agency, levelled);
      if (levelled.end === 'parked')
        log.warn({ agency, link: link.id, complaint: link.complaint.id }, 'parked: the agency has to look');
      if (!levelled.called || levelled.settling || stop.aborted) return;
      const { reason = toReason('no_reason_given'), failure, after } = levelled;
      if (levelled.unauthorised) await health.unauthorised(delivery.board, reason);
      else if (levelled.end === 'waiting' || failure)
        await health.failed(delivery.board, reason, { after, failure });
      else await health.succeeded(agency, mostOf(delivery.board));
    } catch (err) {
      log.error({ agency, link: link.id, complaint: link.complaint.id, err }, 'delivery failed');
      // An error of the hub moves no retry time. Without a pause, the same link would be taken again at once.
      await pause(1000);
    }
  }

  /**
   * `few`: while a board recovers, only as many links as may begin. The first success makes older links due, which
   * a larger page would miss. The one call of a half-open breaker prefers a link that has not failed.
   */
  async function findNext({ agency: found }: Board, underWay: string[], few?: number): Promise<BehindLink[]> {
    const { code: agency } = found;
    const recipient = { agency, disclosure: disclosureOf(found) };
    const failing = few === 1 ? health.failing(agency).list() : [];
    const most = few ?? pageSize;
    const others = await findBehindLinks(store, recipient, [...underWay, ...failing], most);
    if (others.length > 0 || failing.length === 0) return others;
    return findBehindLinks(store, recipient, underWay, most);
  }

  async function drain(agency: string, stop: AbortSignal): Promise<void> {
    const board = boards.find(agency);
    if (!board || board.beside) return;
    await health.load(agency);
    if (isMaintained(board, Date.now() - policy.maintenanceIsRecent)) health.recover(agency);
    const { concurrency, rate } = toLimits(board.connection);
    // A new configuration of the board ends the drain, and the sweep begins the next one.
    const isHeld = () =>
      stop.aborted || health.isClosed(agency) || isMaintained(board) || boards.find(agency) !== board;
    const oneByOne = limitCalls(1);
    const grace = startGrace(stop);
    const delivery: BoardDelivery = {
      attempts,
      board,
      target: { ...board, cut: grace.cut },
      failing: health.failing(agency),
      limit: limitCalls(concurrency),
      pace: () => oneByOne(() => takePace(agency, rate, stop)),
      isHeld,
    };
    const most = mostOf(board);
    const allowed = () => health.allowed(agency, most);
    const lane = createLane<BehindLink>({
      concurrency: allowed,
      pageSize,
      find: (underWay) => findNext(board, underWay, allowed() < most ? allowed() : undefined),
      work: (link) => work(delivery, link, stop),
      paused: isHeld,
    });
    lanes.set(agency, lane);
    await lane.drain(stop).finally(() => {
      lanes.delete(agency);
      grace.end();
    });
  }

  return {
    run: (agency, stop) =>
      exclusive.run(`deliver:${agency}`, (lost) => drain(agency, AbortSignal.any([stop, lost]))),
    nudge: (agency) => lanes.get(agency)?.nudge(),
  };
}

/**
 * Links under way at once. Marks and outcomes of some links are written while others are on the wire. If a board
 * cannot be asked, or its rate is limited, there are no more marks than calls: each mark is a question after a
 * crash.
 */
function mostOf({ adapter, connection }: Board): number {
  const { concurrency, rate } = toLimits(connection);
  return adapter.find && !rate ? concurrency * 4 : concurrency;
}
