import type { BoardConnection } from '../../schemas/index.ts';

/** The pauses after failures, in milliseconds. */
export interface Pauses {
  firstPause: number;
  growth: number;
  longestPause: number;
}

/**
 * The one table of how hub and agent treat boards: the defaults of an agency's settings, and what follows from each
 * outcome.
 */
export const policy = {
  /** Defaults for what an agency leaves out of `board`; seconds, as in its configuration. */
  connection: {
    pollEvery: 30,
    concurrency: 4,
    timeout: 15,
    onUnknown: 'park',
    maintenance: [],
    /** After so many failed calls in a row the circuit breaker opens, and all links of the board wait. */
    breaker: { failures: 5, pause: 5, longestPause: 300 },
  },
  /** The board could not take the event now, but may take it later. */
  retry: { firstPause: 2_000, growth: 2, longestPause: 10 * 60_000 },
  /** The event was sent without a trustworthy reply. The board is asked before anything is sent again. */
  unknown: { firstPause: 1_000, growth: 2, longestPause: 10 * 60_000 },
  /**
   * Seconds in which a board may still work on a call that was given up: `times` its time-out, at least `least`. Only
   * then "not held" is proof. Requests that committed 40 s after a time-out of 15 s were seen at real boards.
   */
  settling: { times: 5, least: 120 },
  /** A message that fails so often while others succeed is itself at fault. A person looks. */
  mostFailuresAlone: 8,
  /**
   * The board refuses the hub's credentials. Only one call from time to time tests them; everything else waits. The
   * pauses are long because some boards lock an account after too many tries. A new configuration ends the pause.
   */
  unauthorised: { firstPause: 60_000, growth: 2, longestPause: 15 * 60_000 },
  /** The growth factor for the pauses of the circuit breaker and of failed polls. */
  breakerGrowth: 2,
  /** The longest time (Retry-After) for which a board may ask to be left alone. */
  longestBusy: 24 * 3_600_000,
  /**
   * After an outage, or if maintenance ended no longer ago than this, the backlog starts with one call at a time. Each
   * success allows one more, so the number doubles with every round.
   */
  maintenanceIsRecent: 60_000,
  /** Random spread (jitter) of every pause and poll interval, so that boards and links do not come back together. */
  jitter: 0.1,
  /**
   * The most pulls of one look at a board. Adapters make 10 calls in a pull, so a look makes about 200 calls. What is
   * left is read by the next look, from where this one ended.
   */
  mostPulls: 20,
  /** The pause before the hub listens again to a board that stopped telling of its news. Until then it polls. */
  listenAgain: 30_000,
  /**
   * The time for running calls when the program stops. A call that is cut then has an unknown outcome, and the next
   * process asks the board.
   */
  grace: 5_000,
  /** Retries of a file that could not be fetched or delivered. After the last try a person looks. */
  file: { firstPause: 2_000, growth: 2, longestPause: 30 * 60_000, mostTries: 12 },
  /** Looks at a board's shape. `every`: milliseconds between two looks; `timeout`: seconds for one look. */
  shape: { every: 3_600_000, timeout: 60 },
  /**
   * The hub's own file store is full or away. Neither the file nor the board is at fault, so the try is not counted.
   */
  storage: { firstPause: 30_000, growth: 1, longestPause: 30_000 },
} as const;

/** The limits of an agency's connection, with the defaults filled in. */
export function toLimits(connection: BoardConnection) {
  const { timeout = policy.connection.timeout } = connection;
  return {
    ...policy.connection,
    pollTimeout: timeout,
    settling: Math.max(policy.settling.least, policy.settling.times * timeout),
    ...connection,
    breaker: { ...policy.connection.breaker, ...connection.breaker },
  };
}
export type Limits = ReturnType<typeof toLimits>;

/** The pauses of an agency's circuit breaker. */
export function toPauses({ pause, longestPause }: Limits['breaker']): Pauses {
  return { firstPause: pause * 1000, growth: policy.breakerGrowth, longestPause: longestPause * 1000 };
}

/** Milliseconds to wait after failure number `tries`, counted from 1. */
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

/** Until when the board asked to be left alone: milliseconds since 1970, or 0 if it named no time. */
export function busyUntil(after: Date | undefined, now = Date.now()): number {
  return after ? Math.min(after.getTime(), now + policy.longestBusy) : 0;
}
