import type { Logger } from 'pino';
import type { Look } from '../../queue/looks.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import type { Board } from '../boards/boards.ts';
import { ParkedActionError } from '../parked/parked-actions.ts';
import { createBatches } from './batches.ts';
import { type MappedItem, mapItems } from './mapped-items.ts';
import { applyItem, type RemapDependencies } from './remaps.ts';

export interface RunRemapDependencies extends RemapDependencies {
  exclusive: Exclusive;
  log: Logger;
}

interface Remap {
  id: string;
  position: string | null;
  asked_by: string;
}

const batch = 100;

/** Maps an agency's items again, a batch at a time, and keeps its place, so that a restart goes on from there. */
export function createRunRemap(dependencies: RunRemapDependencies): Look {
  const { store, boards, exclusive, log } = dependencies;

  async function workBatch(agency: string, remap: Remap) {
    const board = boards.find(agency);
    const counts = { looked: 0, applied: 0, failed: 0 };
    const of = { after: remap.position, upTo: remap.id, limit: batch };
    const items = board ? await mapItems(store.pool, board, of) : [];
    for (const item of items) {
      counts.looked += 1;
      if (board && (await tryApply(board, item, remap.asked_by))) counts.applied += 1;
      else if (item.changes.length > 0 || item.problems.length > 0) counts.failed += 1;
    }
    await advance(store, remap, items.at(-1)?.id, counts);
    log.info({ agency, remap: remap.id, ...counts }, 'items mapped again');
  }

  async function tryApply(board: Board, item: MappedItem, by: string): Promise<boolean> {
    try {
      return await applyItem(dependencies, board, item, by);
    } catch (error) {
      // Somebody else decided about the parked item meanwhile.
      if (error instanceof ParkedActionError) return false;
      throw error;
    }
  }

  return createBatches(exclusive, 'remap', {
    findRunning: (agency) => findRunning(store, agency),
    workBatch,
  });
}

async function findRunning({ pool }: Store, agency: string): Promise<Remap | undefined> {
  const { rows } = await pool.query<Remap>(
    "select id, position, asked_by from remaps where agency = $1 and state = 'running'",
    [agency],
  );
  return rows[0];
}

async function advance(
  { pool }: Store,
  remap: Remap,
  position: string | undefined,
  { looked, applied, failed }: { looked: number; applied: number; failed: number },
): Promise<void> {
  await pool.query(
    `update remaps set position = coalesce($2, position), looked = looked + $3, applied = applied + $4, failed = failed + $5,
       state = case when $3 < ${batch} then 'done' else state end, finished_at = case when $3 < ${batch} then now() end
     where id = $1`,
    [remap.id, position ?? null, looked, applied, failed],
  );
}
