import type { AgentAsk } from '../../schemas/index.ts';
import { pause } from './bell.ts';
import { HubError } from './hub-error.ts';
import type { AgentParts } from './parts.ts';
import { countWaiting, findTold, takeChanges } from './spool/changes.ts';
import { findFact, setFacts } from './spool/facts.ts';
import { createInsist, longPause } from './until-taken.ts';

/** What waits for the board waits at the hub as well: no more than this is kept here. */
const mostWaiting = 1000;
const mostAtOnce = 200;
/** Milliseconds. */
const breath = 250;

/**
 * Asks the hub for what the board lacks, and for what only the board can tell; keeps it before asking for more.
 * `answer` is given each ask, and says whether it is a new one.
 */
export async function takeFromHub(parts: AgentParts, answer: (ask: AgentAsk) => boolean): Promise<void> {
  const { spool, hub, board, bells, stop } = parts;
  const insist = createInsist(parts);
  while (!stop.aborted) {
    const room = mostWaiting - countWaiting(spool.db);
    const told = findTold(spool.db);
    const after = findFact(spool.db, 'changeCursor');
    try {
      const reply = await insist((signal) => hub.takeChanges(after, clamp(room), signal));
      if (!reply) return;
      const { changes, cursor } = reply;
      if (changes.length > 0 || cursor !== after)
        await spool.write((tx) => {
          takeChanges(tx, changes, told);
          setFacts(tx, { changeCursor: cursor });
        });
      if (changes.length > 0) for (const bell of [bells.changes, bells.files]) bell.ring();
      const newAsks = reply.asks.filter(answer).length;
      if (reply.configuration !== board.current()?.configuration.version) bells.configuration.ring();
      // An ask comes again until it is answered, and a full spool asks for little: not without a breath.
      if (room <= 0 || changes.length + newAsks === 0) await pause(breath, stop);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      await pause(longPause, stop);
    }
  }
}

const clamp = (room: number) => Math.max(1, Math.min(room, mostAtOnce));
