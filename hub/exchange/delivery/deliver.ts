import { setTimeout as pause } from 'node:timers/promises';
import limitCalls from 'p-limit';
import type { Logger } from 'pino';
import { createLane, type Lane } from '../../../adapters/relay/lane.ts';
import { policy, toLimits } from '../../../adapters/relay/policy.ts';
import { toReason } from '../../../schemas/reason.ts';
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
 * Drains one agency: takes its links that are behind and brings each forward, a few at a time, until none is
 * due. One process at a time drains an agency; agencies do not wait for each other.
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
      if (!levelled.called || stop.aborted) return;
      const { reason = toReason('no_reason_given'), failure, after } = levelled;
      if (levelled.unauthorised) await health.unauthorised(delivery.board, reason);
      else if (levelled.end === 'waiting' || failure)
        await health.failed(delivery.board, reason, { after, failure });
      else await health.succeeded(agency, mostOf(delivery.board));
    } catch (err) {
      log.error({ agency, link: link.id, complaint: link.complaint.id, err }, 'delivery failed');
      // A fault of ours moves no retry time: without a pause the same link would be taken again at once.
      await pause(1000);
    }
  }

  /**
   * `few`: while a board recovers, only what may begin, for the first success makes links due that are older than the page.
   * The one call that tries it is for another link than those that failed, where there is one.
   */
  async function findNext(agency: string, underWay: string[], few?: number): Promise<BehindLink[]> {
    const failing = few === 1 ? health.failing(agency).list() : [];
    const most = few ?? pageSize;
    const others = await findBehindLinks(store, agency, [...underWay, ...failing], most);
    if (others.length > 0 || failing.length === 0) return others;
    return findBehindLinks(store, agency, underWay, most);
  }

  async function drain(agency: string, stop: AbortSignal): Promise<void> {
    const board = boards.find(agency);
    if (!board || board.beside) return;
    await health.load(agency);
    if (isMaintained(board, Date.now() - policy.maintenanceIsRecent)) health.recover(agency);
    const { concurrency, rate } = toLimits(board.connection);
    // Boards that are configured anew meanwhile end the drain; the sweep begins the next.
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
      find: (underWay) => findNext(agency, underWay, allowed() < most ? allowed() : undefined),
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
 * Links under way at once. Marks and outcomes of some are written while others are on the wire. A board that cannot be
 * asked, or whose rate is limited, gets no more marks than calls: after a crash each of them is a question.
 */
function mostOf({ adapter, connection }: Board): number {
  const { concurrency, rate } = toLimits(connection);
  return adapter.find && !rate ? concurrency * 4 : concurrency;
}

/** `cut` aborts a while after `stop`; `end` gives the listener back, for `stop` outlives a drain. */
function startGrace(stop: AbortSignal): { cut: AbortSignal; end(): void } {
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => cut.abort(new Error('the hub is stopping')), policy.grace);
  };
  stop.addEventListener('abort', begin, { once: true });
  return {
    cut: cut.signal,
    end() {
      stop.removeEventListener('abort', begin);
      clearTimeout(timer);
    },
  };
}
