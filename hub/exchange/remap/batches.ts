import type { Look } from '../../queue/looks.ts';
import type { Exclusive } from '../../store/exclusive.ts';

/** Work over all raw items of an agency. It keeps its place in the database. */
export interface BatchWork<Running> {
  /** The agency's work that is to be done, with its place. Undefined: there is none (any more). */
  findRunning(agency: string): Promise<Running | undefined>;
  /** Works on the next items, and advances the place. */
  workBatch(agency: string, running: Running, stop: AbortSignal): Promise<void>;
}

/**
 * Works a batch at a time, in one process at a time. After a restart, or when somebody cancelled or asked again, it goes
 * on from what the database says.
 */
export function createBatches<Running>(
  exclusive: Exclusive,
  kind: 'remap' | 'workbench',
  { findRunning, workBatch }: BatchWork<Running>,
): Look {
  async function work(agency: string, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const running = await findRunning(agency);
      if (!running) return;
      await workBatch(agency, running, stop);
    }
  }
  return {
    run: (agency, stop) =>
      exclusive.run(`${kind}:${agency}`, (lost) => work(agency, AbortSignal.any([stop, lost]))),
  };
}
