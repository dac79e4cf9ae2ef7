import type { ColumnType } from 'kysely';
import type { attachmentStates, EventType, Status } from '../../../schemas/index.ts';

/** A column that is written as JSON text and read parsed. */
export type Json<T> = ColumnType<T, string, string>;

export type LinkState = 'open' | 'parked' | 'screen';

/** The last state that a board showed. Only a difference from it is news. */
export interface Seen {
  status?: Status;
  /** Agency code and reason, joined. */
  transfer?: string;
  /** When the post was filed. Another time under the same id means another post. */
  filedAt?: string;
  /**
   * The content as a board shows it after it was set back (the hub's own writing, perhaps without its layout), or after the hub's people
   * corrected it. Absent: neither was.
   */
  content?: string;
  /** Digests of the answers and follow-ups that it showed without an id. */
  told?: string[];
  /** The event up to which the board was known to hold the complaint at that time. */
  held?: number;
}

/** What a copy held of the complainant, and what the complaint held beside, by the names of the log of provisions. */
export interface Provided {
  items: string[];
  withheld: string[];
}

export type RawOutcome = 'applied' | 'duplicate' | 'parked' | 'discarded';
export type RawSource = 'poll' | 'rest' | 'soap' | 'console';

export type NoticeState = 'due' | 'sent' | 'failed' | 'unreachable';
/** What became of a message that its provider took. `unconfirmed`: no report came in time. */
export type NoticeReport = 'awaited' | 'delivered' | 'undelivered' | 'unconfirmed';
export type Audience = 'complainant' | 'officer';

/** How a person told a complainant what no message brought. */
export interface ByHand {
  way: 'telephone' | 'letter' | 'visit';
  note: string;
  /** The login of the person. */
  by: string;
  /** RFC 3339. */
  at: string;
}

/** The provider's part of a session that began there. */
export interface SignOnOrigin {
  provider: string;
  issuer: string;
  subject: string;
  sid?: string;
  hint?: string;
}

export type AlertState = 'pending' | 'open' | 'ended';

export type AttachmentState = (typeof attachmentStates)[number];

export type DriftKind = 'missing_there' | 'missing_here' | 'differs' | 'unknown';
export type DriftState = 'open' | 'repairing' | 'repaired' | 'dismissed' | 'superseded';

/** One difference, and what a repair does about it. */
export interface DriftPart {
  part: 'post' | 'text' | 'answer' | 'answers' | 'follow_ups' | 'status';
  /** Counts or statuses, for people. Absent: only the words differ. */
  expected?: string | number;
  found?: string | number;
  /**
   * What a repair does.
   * - `bring`: the board gets the events again
   * - `take`: the board's post comes in
   * - `person`: the hub can send nothing that helps
   */
  remedy: 'bring' | 'take' | 'person';
  /** Numbers of the events to bring. */
  events: number[];
}

/** Selects the deliveries to repeat. Every given condition must hold. */
export interface ReplayFilter {
  agency?: string;
  receiptNumber?: string;
  types?: EventType[];
  /** The time of the events, RFC 3339: `from` inclusive, `to` exclusive. */
  from?: string;
  to?: string;
  /** Only links that are parked (true) or that are not (false). */
  parked?: boolean;
}

/** What went wrong with reading a board (adapters/contract.ts, BoardError). */
export type BoardErrorKind = 'unreachable' | 'busy' | 'unauthorised' | 'malformed';

export const documentKinds = ['agency', 'routing', 'clock', 'template'] as const;
/** What a document of the configuration is. */
export type DocumentKind = (typeof documentKinds)[number];

/** How a change by a person or a program came: pages, commands on the server, the API, or the start of an empty hub. */
export type ChangeWay = 'console' | 'command' | 'api' | 'first-start';

export type ProposalState = 'open' | 'applied' | 'refused' | 'withdrawn';

/** One document that a proposal changes. */
export interface ProposedChange {
  kind: DocumentKind;
  name: string;
  /** Null: the document is removed. */
  source: string | null;
  /** The version in force when it was proposed; 0: none. */
  base: number;
}

/** What a mail about an account is for: a link of its kind, or news without one: a version of the API, a review that waits. */
export type AccountMailKind =
  | 'invitation'
  | 'reset'
  | 'email'
  | 'password_changed'
  | 'email_changed'
  | 'api_changed'
  | 'signed_in'
  | 'factor_added'
  | 'factor_removed'
  | 'recovery_used'
  | 'break_glass'
  | 'access_review'
  | 'answer_waiting';
