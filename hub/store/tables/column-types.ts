import type { ColumnType } from 'kysely';
import type { attachmentStates, EventType, Status } from '../../../schemas/index.ts';

/** A column that is written as JSON text and read parsed. */
export type Json<T> = ColumnType<T, string, string>;

export type LinkState = 'open' | 'parked' | 'screen';

/** What a board said last: news is only what differs from it. */
export interface Seen {
  status?: Status;
  /** Agency code and reason, joined. */
  transfer?: string;
  /** When the post was filed: another time under the same id is another post. */
  filedAt?: string;
  /** Content as a board that was brought up again shows it: our own writing, maybe without its layout. */
  content?: string;
  /** Digests of the answers and follow-ups that it showed without an id. */
  told?: string[];
  /** The event up to which the board was known to hold the complaint when it said so. */
  held?: number;
}

export type RawOutcome = 'applied' | 'duplicate' | 'parked' | 'discarded';
export type RawSource = 'poll' | 'rest' | 'soap' | 'console';

export type NoticeState = 'due' | 'sent' | 'failed' | 'unreachable';
export type Audience = 'complainant' | 'officer';

export type AlertState = 'pending' | 'open' | 'ended';

export type AttachmentState = (typeof attachmentStates)[number];

export type DriftKind = 'missing_there' | 'missing_here' | 'differs' | 'unknown';
export type DriftState = 'open' | 'repairing' | 'repaired' | 'dismissed' | 'superseded';

/** One thing that is not as it should be, and what repairing does about it. */
export interface DriftPart {
  part: 'post' | 'text' | 'answer' | 'answers' | 'follow_ups' | 'status';
  /** Counts or statuses, for people; absent where only the words differ. */
  expected?: string | number;
  found?: string | number;
  /** bring: the board gets the events again; take: the board's post comes in; person: nothing can be sent that helps. */
  remedy: 'bring' | 'take' | 'person';
  /** Numbers of the events to bring. */
  events: number[];
}

/** Which deliveries are made again; every condition that is given must hold. */
export interface ReplayFilter {
  agency?: string;
  receiptNumber?: string;
  types?: EventType[];
  /** Of the events, RFC 3339; `from` inclusive, `to` exclusive. */
  from?: string;
  to?: string;
  /** Only links that are parked (true) or that are not (false). */
  parked?: boolean;
}

/** What went wrong with reading a board (adapters/contract.ts, BoardError). */
export type BoardErrorKind = 'unreachable' | 'busy' | 'unauthorised' | 'malformed';
