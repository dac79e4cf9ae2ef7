import type { BoardConnection } from '../../schemas/index.ts';

/** How long to wait after each failure: milliseconds. */
export interface Pauses {
  firstPause: number;
  growth: number;
  longestPause: number;
}

/** The one table of how hub and agent treat boards: what an agency may configure, and what follows from how a call ends. */
export const policy = {
  /** For what an agency leaves out of `board` in its configuration; seconds, as there. */
  connection: {
    pollEvery: 30,
    concurrency: 4,
    timeout: 15,
    onUnknown: 'park',
    maintenance: [],
    /** Calls in a row that found the board away, after which all its links wait together. */
    breaker: { failures: 5, pause: 5, longestPause: 300 },
  },
  /** The board could not take it now, and trying later may help. */
  retry: { firstPause: 2_000, growth: 2, longestPause: 10 * 60_000 },
  /** Sent without a reply that can be trusted: ask the board before anything is sent again. */
  unknown: { firstPause: 1_000, growth: 2, longestPause: 10 * 60_000 },
  /** A message that fails so often while others get through is at fault itself: a person looks. */
  mostFailuresAlone: 8,
  /**
   * The board refuses the hub's credentials: nothing is sent or read meanwhile but one call to see. Long, because some
   * boards lock an account that tries too often; a configuration that is applied ends the pause.
   */
  unauthorised: { firstPause: 60_000, growth: 2, longestPause: 15 * 60_000 },
  /** What grows the pauses of the breaker and of failed polls. */
  breakerGrowth: 2,
  /** A board that names a time (Retry-After) is believed up to here. */
  longestBusy: 24 * 3_600_000,
  /**
   * After an outage, or maintenance that ended this short a time ago, the backlog begins with one call at once; each
   * success allows one more, which doubles them with every round.
   */
  maintenanceIsRecent: 60_000,
  /** Spread of every pause and of the time between polls, so that boards and links do not come back together. */
  jitter: 0.1,
  /** Until a board that stopped telling of its news is listened to again; meanwhile it is polled. */
  listenAgain: 30_000,
  /** For calls that are under way when the program stops; cut then, they are unknown and asked for by the next process. */
  grace: 5_000,
  /** A file that could not be fetched or brought; after the last try a person looks. */
  file: { firstPause: 2_000, growth: 2, longestPause: 30 * 60_000, mostTries: 12 },
  /** What a board looks like: milliseconds between two looks, seconds that one may take. */
  shape: { every: 3_600_000, timeout: 60 },
  /** The hub's own store of files is full or away: no fault of the file or the board, so it is not counted. */
  storage: { firstPause: 30_000, growth: 1, longestPause: 30_000 },
} as const;

/** An agency's connection with the defaults filled in. */
export function toLimits(connection: BoardConnection) {
  const { timeout = policy.connection.timeout } = connection;
  return {
    ...policy.connection,
    pollTimeout: timeout,
    ...connection,
    breaker: { ...policy.connection.breaker, ...connection.breaker },
  };
}
export type Limits = ReturnType<typeof toLimits>;

/** The pauses of an agency's breaker. */
export function toPauses({ pause, longestPause }: Limits['breaker']): Pauses {
  return { firstPause: pause * 1000, growth: policy.breakerGrowth, longestPause: longestPause * 1000 };
}

/** Milliseconds to wait after the `tries`-th failure (from 1). */
export function pauseAfter(
  tries: number,
  { firstPause, growth, longestPause }: Pauses,
  random = Math.random,
): number {
  return spread(Math.min(longestPause, firstPause * growth ** Math.min(tries - 1, 30)), random);
}

export function spread(pause: number, random = Math.random): number {
  return Math.round(pause * (1 - policy.jitter + 2 * policy.jitter * random()));
}

/** Until when a board that asked for it is left alone: milliseconds since 1970, 0 where it named no time. */
export function busyUntil(after: Date | undefined, now = Date.now()): number {
  return after ? Math.min(after.getTime(), now + policy.longestBusy) : 0;
}
