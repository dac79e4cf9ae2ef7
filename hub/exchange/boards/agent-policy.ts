const heartbeatEvery = 30;

/** How the hub treats agents, in one table. Values are seconds unless said otherwise. */
export const agentPolicy = {
  heartbeatEvery,
  /** An agent without a heartbeat for this long is silent, and its board unreachable. */
  silentAfter: 5 * heartbeatEvery,
  /** An ask without an answer is given out again after this time. */
  askAgain: 15,
  /** An ask is given up after this time: `answer` and `poll` for each page, `file` for a whole file on a slow line. */
  patience: { answer: 60, poll: 300, file: 600 },
  /** Milliseconds by which an agent's clock may be off, before the hub's log and the operator are told. */
  mostSkew: 60_000,
  /** People are told of a certificate this many days before it expires. */
  certificateDays: 14,
  /** Minutes for which something may wait at an agent. */
  backlogMinutes: 30,
} as const;
