const heartbeatEvery = 30;

/** The one table of how the hub treats agents. Seconds, where nothing else is said. */
export const agentPolicy = {
  heartbeatEvery,
  /** Without a heartbeat for this long an agent is silent, and its board out of reach. */
  silentAfter: 5 * heartbeatEvery,
  /** An ask that was given out and is not answered is given out again after this. */
  askAgain: 15,
  /** Until an ask is given up: for each page of an answer; for a whole file on a slow line. */
  patience: { answer: 60, poll: 300, file: 600 },
  /** In the hub's log and to its operator: milliseconds by which an agent's clock may be off. */
  mostSkew: 60_000,
  /** Days before its end at which a certificate is told of. */
  certificateDays: 14,
  /** Minutes for which something may wait at an agent. */
  backlogMinutes: 30,
} as const;
