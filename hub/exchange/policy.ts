/** What follows from each way a call to a board can end: the one table for retry, park and breaker. */
export const policy = {
  /** The board could not take it now, and trying later may help. */
  retry: { firstPause: 2_000, growth: 2, longestPause: 10 * 60_000 },
  /** Sent without a reply that can be trusted: ask the board before anything is sent again. */
  unknown: { firstPause: 1_000, growth: 2, longestPause: 10 * 60_000 },
  /** Calls in a row that found the board away, after which all its links wait together. */
  breaker: { failures: 5, firstPause: 5_000, growth: 2, longestPause: 5 * 60_000 },
} as const;

/** Milliseconds to wait after the `tries`-th failure (from 1), spread by a fifth so that links do not come back together. */
export function pauseAfter(
  tries: number,
  { firstPause, growth, longestPause }: { firstPause: number; growth: number; longestPause: number },
  random: () => number = Math.random,
): number {
  const pause = Math.min(longestPause, firstPause * growth ** Math.min(tries - 1, 30));
  return Math.round(pause * (0.9 + 0.2 * random()));
}
