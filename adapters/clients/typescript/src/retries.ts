import { type HubError, HubProblem } from './hub-error.ts';

/** How often and how long a call is tried. */
export interface Retries {
  /** Tries in all; 1 means that nothing is sent again. */
  tries: number;
  /** Milliseconds from the first try, after which no further one begins. */
  giveUpAfter: number;
  /** Milliseconds: the longest pause that the client takes by itself. */
  longestPause: number;
}

export const usualRetries: Retries = { tries: 6, giveUpAfter: 120_000, longestPause: 30_000 };

const firstPause = 500;
/** The hub is busy or away, or what stands in front of it says so. A refusal (4xx) stays one however often it is sent. */
const worthRetry = [429, 502, 503, 504];

/**
 * Milliseconds until the next try. Undefined: there is none. `spent`: milliseconds since the first try. The pause doubles,
 * and is shortened by chance: else all clients of a hub that was away would come back at the same moment.
 */
export function findPause(
  error: HubError,
  { tries, spent, retries }: { tries: number; spent: number; retries: Retries },
): number | undefined {
  if (tries >= retries.tries) return undefined;
  if (error instanceof HubProblem && !isWorthRetry(error)) return undefined;
  const own = Math.min(retries.longestPause, firstPause * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
  const said = error instanceof HubProblem ? error.retryAfter : undefined;
  const pause = said === undefined ? own : said * 1000 + Math.random() * 250;
  return spent + pause > retries.giveUpAfter ? undefined : pause;
}

/** `too-slow` is a 503 that asks for a narrower question. */
const isWorthRetry = ({ status, code }: HubProblem) => worthRetry.includes(status) && code !== 'too-slow';
