import { type AgentAsk, reasonOf } from '../../../schemas/index.ts';
import { BoardError } from '../../contract.ts';
import { createInsist, longPause } from '../board/until-taken.ts';
import type { AgentParts } from '../parts.ts';
import { countWaiting, forgetPositions, takeChanges } from '../spool/changes.ts';
import { findNewestVersion } from '../spool/configurations.ts';
import { findFact, forgetFact, setFacts } from '../spool/facts.ts';
import { pause } from './bell.ts';
import { HubError } from './hub-error.ts';

/** The most changes that wait here for the board. The hub keeps the rest. */
const mostWaiting = 1000;
const mostAtOnce = 50;
/** The pause in milliseconds. */
const breath = 250;

/**
 * Asks the hub for changes that the board lacks, and for questions that only the board can answer. It stores them
 * before it asks for more. `answer` gets each question and says whether it is new. `readAnew` reads the board from its
 * beginning.
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
      // The hub repeats a question until it is answered, and a full spool asks for few changes. So the loop needs a
      // pause here.
      if (room <= 0 || news === 0) await pause(breath, stop);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      if (error.code === 'unknown-cursor') await beginAnew(parts, readAnew);
      else await pause(longPause, stop);
    }
  }
}

/**
 * The hub does not know the agent's cursor, so it was restored from an older backup. It marks the changes that it now
 * gives out as possibly delivered. The agent reads again what the board has shown since that backup, and sends it
 * again.
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
  // Not awaited: the board may be away for long, and the changes need not wait.
  readAnew().catch((error: unknown) => {
    const kind = error instanceof BoardError ? error.kind : undefined;
    situation.note('reading', reasonOf(error), kind);
  });
}

interface Taking {
  insist: ReturnType<typeof createInsist>;
  answer(ask: AgentAsk): boolean;
  limit: number;
}

/** Returns the number of new entries. */
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
