import type { Logger } from 'pino';
import { withTimeLimit } from '../../../adapters/relay/call-limit.ts';
import { policy, spread, toLimits } from '../../../adapters/relay/policy.ts';
import { wordReason } from '../../../schemas/reason.ts';
import type { Look } from '../../queue/looks.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { type Board, type Boards, isMaintained } from '../boards/boards.ts';
import { toFailureReason } from '../boards/failure-reason.ts';
import { createPace } from '../boards/pace.ts';
import { saveFailedLook, saveLook } from './shapes.ts';

export interface ShapeDependencies {
  store: Store;
  exclusive: Exclusive;
  boards: Boards;
  log: Logger;
  /** Called when something changed that pages show. */
  changed(): void;
}

/** Looks at the present shape of one agency's board, one process at a time. It moves no cursor and takes nothing in. */
export function createShapeLook(dependencies: ShapeDependencies): Look {
  const { store, exclusive, boards, log, changed } = dependencies;
  const pace = createPace(store);

  async function look(agency: string, signal: AbortSignal): Promise<void> {
    const next = spread(policy.shape.every);
    try {
      const board = boards.find(agency);
      if (!board || isMaintained(board)) return;
      if (!(await pace.take(agency, toLimits(board.connection).rate, signal))) return;
      const isNews = await saveLook(store, { ...(await see(board, signal)), next });
      if (isNews) log.info({ agency }, 'the shape of the board has changed');
      if (isNews) changed();
    } catch (error) {
      if (signal.aborted) return;
      const reason = toFailureReason(error);
      log.warn({ agency, reason: wordReason(reason, 'en') }, 'the shape of the board cannot be seen');
      await saveFailedLook(store, agency, reason, next);
    }
  }

  return {
    run: (agency, stop) =>
      exclusive.run(`shape:${agency}`, (lost) => look(agency, AbortSignal.any([stop, lost]))),
  };
}

/** The shape that the board shows now, as it is kept; nothing for a board that cannot show it. Throws BoardError. */
async function see({ agency, adapter, connection }: Board, signal: AbortSignal) {
  const places = await withTimeLimit(policy.shape.timeout, signal, async (limit) => adapter.shape?.(limit));
  return {
    agency: agency.code,
    adapter: connection.adapter,
    places: places ?? [],
    usesOf: (place: string) => adapter.usesOf?.(place) ?? [],
  };
}
