import type { Logger } from 'pino';
import { BoardError } from '../../../adapters/contract.ts';
import { toReason, wordReason } from '../../../schemas/reason.ts';
import type { Look } from '../../queue/looks.ts';
import type { Topic } from '../../queue/topics.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { type Board, type Boards, isMaintained } from '../boards/boards.ts';
import { toFailureReason } from '../boards/failure-reason.ts';
import type { Accept } from '../intake/incoming.ts';
import { compareBoard, type Run } from './compare-board.ts';
import { repairDrifts } from './repair.ts';

export interface ReconcileDependencies {
  store: Store;
  exclusive: Exclusive;
  boards: Boards;
  accept: Accept;
  log: Logger;
  poll(agency: string, stop: AbortSignal): Promise<unknown>;
  look(topic: Topic): void;
}

/**
 * Does what was asked for one agency: a comparison, then the repairs that were decided. One process at a time does so.
 * The next process begins anew what this one left unfinished.
 */
export function createReconcile(dependencies: ReconcileDependencies): Look {
  const { store, exclusive, boards, log } = dependencies;

  async function compare(board: Board | undefined, run: Run, stop: AbortSignal): Promise<void> {
    const { agency, id } = run;
    try {
      if (!board) throw new BoardError('malformed', toReason('no_board_now', { agency }));
      await compareBoard(dependencies, board, run, stop);
      log.info({ agency, reconciliation: id }, 'board compared');
    } catch (error) {
      if (stop.aborted) return;
      const reason = toFailureReason(error);
      log.warn(
        { agency, reconciliation: id, reason: wordReason(reason, 'en') },
        'the board cannot be compared',
      );
      await store.pool.query(
        `with cleared as (delete from holdings where reconciliation_id = $1)
         update reconciliations set state = 'failed', finished_at = now(), error = $2 where id = $1`,
        [id, JSON.stringify(reason)],
      );
    }
  }

  async function work(agency: string, stop: AbortSignal): Promise<void> {
    const board = boards.find(agency);
    // Upkeep asks again later.
    if (board && isMaintained(board)) return;
    const run = await findOpenRun(store, agency);
    if (run) await compare(board, run, stop);
    if (!board || stop.aborted) return;
    try {
      await repairDrifts(dependencies, board, stop);
    } catch (error) {
      if (!stop.aborted)
        log.warn({ agency, reason: wordReason(toFailureReason(error), 'en') }, 'repairs have to wait');
    }
  }

  return {
    run: (agency, stop) =>
      exclusive.run(`reconcile:${agency}`, (lost) => work(agency, AbortSignal.any([stop, lost]))),
  };
}

async function findOpenRun({ pool }: Store, agency: string): Promise<Run | undefined> {
  const { rows } = await pool.query<Run>(
    "select id, agency, since from reconciliations where agency = $1 and state in ('asked', 'reading')",
    [agency],
  );
  return rows[0];
}
