import { createInsist, longPause } from '../board/until-taken.ts';
import type { AgentParts } from '../parts.ts';
import { forgetOutcomes, listOldestOutcomes } from '../spool/changes.ts';
import { pause } from './bell.ts';
import { HubError } from './hub-error.ts';

/** Reports outcomes to the hub in order, and deletes them when the hub has them. */
export async function reportOutcomes(parts: AgentParts): Promise<void> {
  const { spool, hub, bells, stop } = parts;
  const insist = createInsist(parts);
  while (!stop.aborted) {
    const found = listOldestOutcomes(spool.db, 500);
    if (found.length === 0) {
      await bells.outcomes.wait(60_000, stop);
      continue;
    }
    try {
      const outcomes = found.map(({ outcome }) => outcome);
      const taken = await insist((signal) => hub.sendOutcomes(outcomes, signal));
      if (!taken) return;
      await spool.write((tx) => forgetOutcomes(tx, found, taken.cursor));
      // Changes that the hub gave out again may already be here.
      if (outcomes.some(({ kind }) => kind !== 'done')) bells.changes.ring();
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      await pause(longPause, stop);
    }
  }
}
