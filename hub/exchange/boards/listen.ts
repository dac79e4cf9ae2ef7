import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { policy, spread } from '../../../adapters/relay/policy.ts';
import type { Look } from '../../queue/looks.ts';
import type { Topic } from '../../queue/topics.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { type Boards, isMaintained } from './boards.ts';

/** Listens to boards that tell of their news, and has them read at once. One process at a time listens to a board. */
export function createListen(dependencies: {
  exclusive: Exclusive;
  boards: Boards;
  log: Logger;
  look(topic: Topic): void;
}): Look {
  const { exclusive, boards, log, look } = dependencies;

  async function listen(agency: string, signal: AbortSignal): Promise<void> {
    try {
      const board = boards.find(agency);
      if (!board?.adapter.changes || isMaintained(board)) return;
      for await (const _ of board.adapter.changes(signal)) look(`poll:${agency}`);
    } catch (error) {
      // The poll of the same board reports what is wrong, and decides how often to try.
      log.debug({ agency, reason: String(error) }, 'the board cannot be listened to');
    }
    await pause(spread(policy.listenAgain), undefined, { signal }).catch(() => undefined);
  }

  return {
    run: (agency, stop) =>
      exclusive.run(`listen:${agency}`, (lost) => listen(agency, AbortSignal.any([stop, lost]))),
  };
}

/** Agencies whose boards tell of their news. */
export const listTelling = (boards: Boards): string[] =>
  boards.list().flatMap(({ code }) => (boards.can(code, 'changes') ? code : []));
