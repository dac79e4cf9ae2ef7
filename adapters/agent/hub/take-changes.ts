import { type AgentAsk, reasonOf } from '../../../schemas/index.ts';
import { createInsist, longPause } from '../board/until-taken.ts';
import type { AgentParts } from '../parts.ts';
import { countWaiting, forgetPositions, takeChanges } from '../spool/changes.ts';
import { findNewestVersion } from '../spool/configurations.ts';
import { findFact, forgetFact, setFacts } from '../spool/facts.ts';
import { pause } from './bell.ts';
import { HubError } from './hub-error.ts';

/** What waits for the board waits at the hub as well: no more than this is kept here. */
const mostWaiting = 1000;
const mostAtOnce = 50;
/** Milliseconds. */
const breath = 250;

/**
 * Asks the hub for what the board lacks, and for what only the board can tell; keeps it before asking for more.
 * `answer` is given each ask, and says whether it is a new one; `readAnew` has the board read from its beginning.
 */
export async function takeFromHub(
  parts: AgentParts,
  answer: (ask: AgentAsk) => boolean,
  readAnew: () => Promise<unknown>,
): Promise<void> {
  const { spool, stop } = parts;
  const insist = createInsist(parts);
  while (!stop.aborted) {
    const room = mostWaiting - countWaiting(spool.db);
    try {
      const news = await take(parts, { insist, answer, limit: Math.max(1, Math.min(room, mostAtOnce)) });
      // An ask comes again until it is answered, and a full spool asks for little: not without a breath.
      if (room <= 0 || news === 0) await pause(breath, stop);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      if (error.code === 'unknown-cursor') await beginAnew(parts, readAnew);
      else await pause(longPause, stop);
    }
  }
}

/**
 * The hub never gave out the cursor that stands here: it was restored from an older copy. It marks what it gives out now as
 * maybe brought already, and what the board showed since that copy is read and sent again.
 */
async function beginAnew(
  { spool, log, situation }: AgentParts,
  readAnew: () => Promise<unknown>,
): Promise<void> {
  log.warn('the hub was restored from an older copy: changes and the board are read anew');
  await spool.write((tx) => {
    forgetFact(tx, 'changeCursor');
    forgetFact(tx, 'boardCursor');
    forgetPositions(tx);
  });
  // Not waited for: the board may be away for long, and the changes need not wait.
  readAnew().catch((error: unknown) => situation.note('reading', reasonOf(error)));
}

interface Taking {
  insist: ReturnType<typeof createInsist>;
  answer(ask: AgentAsk): boolean;
  limit: number;
}

/** How much was new. */
async function take(parts: AgentParts, { insist, answer, limit }: Taking): Promise<number> {
  const { spool, hub, bells } = parts;
  const after = findFact(spool.db, 'changeCursor');
  const reply = await insist((signal) => hub.takeChanges(after, limit, signal));
  if (!reply) return 0;
  const { changes, cursor, asks, configuration } = reply;
  if (changes.length > 0 || cursor !== after)
    await spool.write((tx) => {
      takeChanges(tx, changes, cursor);
      setFacts(tx, { changeCursor: cursor });
    });
  if (changes.length > 0) for (const bell of [bells.changes, bells.files]) bell.ring();
  if (configuration !== findNewestVersion(spool.db)) bells.configuration.ring();
  return changes.length + asks.filter(answer).length;
}
