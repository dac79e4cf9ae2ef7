import { BoardError, type Delivery, type DeliveryOutcome } from '../../../adapters/contract.ts';
import type { Board, Boards } from '../boards/boards.ts';
import { isBehindAgent } from '../boards/boards.ts';
import type { Accept, Accepted } from './incoming.ts';
import { toNormalised } from './poll.ts';

export interface TakenPost {
  externalId: string;
  accepted: Accepted;
}

/** Takes in what an agency's board sent by itself, in the board's own format. */
export interface TakeDelivery {
  /** Whether the agency's board sends posts by itself, as configured. */
  isOpen(agency: string): boolean;
  /** Throws BoardError `unauthorised` (not sent by this board) or `malformed`. */
  take(agency: string, delivery: Delivery): Promise<TakenPost[]>;
  /** The reply in the board's own format, as plain JSON. Undefined: the agency's mapping has none. */
  answer(agency: string, posts: DeliveryOutcome[]): Promise<unknown>;
}

export function createTakeDelivery({ boards, accept }: { boards: Boards; accept: Accept }): TakeDelivery {
  function find(code: string): Board | undefined {
    const board = boards.find(code);
    // The agent keeps the secrets of such a board, and posts come through the agent.
    return board?.adapter.take && !isBehindAgent(board.agency) ? board : undefined;
  }

  return {
    isOpen: (agency) => find(agency) !== undefined,
    answer: async (agency, posts) => find(agency)?.adapter.answerDelivery?.(posts),
    async take(agency, delivery) {
      const board = find(agency);
      const posts = await board?.adapter.take?.(delivery);
      if (!board || !posts) throw new BoardError('unauthorised', 'not open');
      const now = delivery.at.getTime();
      return Promise.all(
        posts.map(async ({ externalId, version, raw, changedAt }) => {
          // A board's clock may be ahead. What it sends next must not count as late because of that.
          const at = Math.min(Date.parse(changedAt), now);
          const accepted = await accept({
            agency,
            source: 'poll',
            externalId,
            version,
            raw,
            normalised: await toNormalised(board.adapter, raw),
            readAt: at,
            changedAt: at,
          });
          return { externalId, accepted };
        }),
      );
    },
  };
}
