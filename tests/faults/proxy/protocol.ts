export const lateKinds = ['late-1', 'late-30', 'late-90'] as const;
type LateKind = (typeof lateKinds)[number];

/** The faults of a call between the hub and a board. */
export type BreakKind =
  /** The connection breaks before the board gets anything. */
  | 'reset-before'
  /** The board does the work, and the connection breaks instead of a reply. */
  | 'reset-after'
  /** No reply comes. The board has received nothing (`hang-before`) or has done the work (`hang-after`). */
  | 'hang-before'
  | 'hang-after'
  /** No reply comes. The board does the work so many seconds after the caller has left. Reads are not touched. */
  | LateKind
  /** The reply comes one byte at a time. */
  | 'drip'
  /** Status 500 instead of the work, or after it. */
  | 'error-500'
  | 'error-500-after'
  /** Status 429 with Retry-After. */
  | 'busy-429'
  /** Status 200 with a body that reports an error. */
  | 'error-in-200'
  /** The board does the work, and the reply is truncated. */
  | 'malformed'
  /** The board does the work, and the reply is in another charset than it says. */
  | 'wrong-encoding'
  /** The board does the work, and each Korean text in the reply loses its last byte. */
  | 'cut-syllable'
  /** Lists contain every post twice. */
  | 'duplicate-ids'
  /** Lists come newest first. */
  | 'reordered';

export interface ProxyGiven {
  /** Each board's real address, by the code of its agency. */
  boards: Record<string, string>;
}
export interface ProxyReady {
  boards: Record<string, string>;
  /** The port of the proxy to the database. */
  databasePort: number;
}

/** From now on this share of the calls to a board has one of these faults, as the seed determines. */
export interface BreakOrder {
  code: string;
  kinds: [BreakKind, ...BreakKind[]];
  share: number;
  seed: number;
}

export interface ProxyCounts {
  requests: number;
  broken: number;
  /** The number of writes among them whose outcome the caller cannot know. */
  unknown: number;
  /** The number of writes that the board has yet to do after their callers left. */
  late: number;
}
