/** The ways in which a call to a board can break on its way. */
export type BreakKind =
  /** The connection breaks before the board has heard anything. */
  | 'reset-before'
  /** The board does the work and the connection breaks in place of the reply. */
  | 'reset-after'
  /** No reply comes; the board has heard nothing, or has done the work. */
  | 'hang-before'
  | 'hang-after'
  /** The reply comes a byte at a time. */
  | 'drip'
  /** Status 500 in place of the work, or after it. */
  | 'error-500'
  | 'error-500-after'
  /** Status 429 with Retry-After. */
  | 'busy-429'
  /** Status 200 with a body that reports an error. */
  | 'error-in-200'
  /** The work is done and the reply is cut off. */
  | 'malformed'
  /** The work is done and the reply is in another charset than it says. */
  | 'wrong-encoding'
  /** The same, and each Korean text has lost its last byte. */
  | 'cut-syllable'
  /** Lists hold every post twice. */
  | 'duplicate-ids'
  /** Lists come newest first. */
  | 'reordered';

export interface ProxyGiven {
  /** Where each board really is, by the code of its agency. */
  boards: Record<string, string>;
}
export interface ProxyReady {
  boards: Record<string, string>;
  /** Port of the way to the database. */
  databasePort: number;
}

/** From now on this share of the calls to a board breaks in one of these ways, as the seed has it. */
export interface BreakOrder {
  code: string;
  kinds: [BreakKind, ...BreakKind[]];
  share: number;
  seed: number;
}

export interface ProxyCounts {
  requests: number;
  broken: number;
  /** Writes among them whose caller cannot know whether they were done. */
  unknown: number;
}
