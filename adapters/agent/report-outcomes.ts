import { pause } from './bell.ts';
import { HubError } from './hub-error.ts';
import type { AgentParts } from './parts.ts';
import { forgetOutcomes, listOldestOutcomes } from './spool/changes.ts';
import { createInsist, longPause } from './until-taken.ts';

/** How bringing ended is told to the hub in order, and forgotten when the hub has it. */
export async function reportOutcomes(parts: AgentParts): Promise<void> {
  const { spool, hub, bells, stop } = parts;
  const insist = createInsist(parts);
  while (!stop.aborted) {
    const found = listOldestOutcomes(spool.db, 500);
    const last = found.at(-1);
    if (!last) {
      await bells.outcomes.wait(60_000, stop);
      continue;
    }
    try {
      const outcomes = found.map(({ outcome }) => outcome);
      const taken = await insist((signal) => hub.sendOutcomes(outcomes, signal).then(() => true));
      if (taken) await spool.write((tx) => forgetOutcomes(tx, last.id));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      await pause(longPause, stop);
    }
  }
}
