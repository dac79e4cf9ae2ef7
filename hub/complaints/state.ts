import type {
  Actor,
  AttachmentReference,
  Complaint,
  ComplaintContent,
  ComplaintEvent,
  EventType,
  LinkRole,
  Post,
  RoutingReason,
} from '../../schemas/index.ts';
import type { LinkState, Seen } from '../store/tables/column-types.ts';

/** One agency's copy of a complaint, as far as deciding needs it. */
export interface Link {
  id: string;
  agency: string;
  role: LinkRole;
  state: LinkState;
  externalId: string | null;
  /** Id that the board gave to a part, by the number of the event that brought or told it. */
  parts: Record<string, string>;
  seen: Seen;
  /** The event with which its agency came in. */
  joined: number;
  held: number;
  /** True when a call to this board has no known outcome yet, or its feed gave out what is not acknowledged. */
  busy: boolean;
  /**
   * Its board was brought up again: what the post looked like before this time is of no account. Absent: never was;
   * infinite: it still is being brought up.
   */
  returnedAt?: number;
}

/** A complaint with what belongs to it; loaded under lock, or new. */
export interface Matter {
  complaint: Complaint;
  routing: RoutingReason;
  links: Link[];
  /** Its events that carry an answer or a follow-up or set the status, oldest first. */
  told: NumberedEvent[];
}

/** What somebody says about a complaint. */
export interface Statement {
  actor: Actor;
  post: Post;
  /** The board's own id of the post, when a board (or its agency on the board's behalf) speaks. */
  externalId?: string;
  /** When the board was asked; absent: it is not about what a board showed. */
  readAt?: number;
}

/** What deciding must ask the configuration; everything else is in the arguments. */
export interface Rules {
  now: Date;
  newId(): string;
  /** Next free receipt number. */
  newReceiptNumber(): string;
  route(content: ComplaintContent, origin: string): { to: string; reason: RoutingReason };
  dueAt(content: ComplaintContent, registeredAt: Date): Date | undefined;
  isAgency(code: string): boolean;
  /** The kinds of event that an agency's board can hold; undefined: it has no board. */
  carries(agency: string): ReadonlySet<EventType> | undefined;
}

export type NumberedEvent = ComplaintEvent & { linkId: string | null };

/** A file that a statement named, with the event to whose text it belongs. */
export interface NamedAttachment {
  complaintId: string;
  seq: number;
  /** From 1, in its list. */
  position: number;
  reference: AttachmentReference;
  agency: string;
  /** How its content comes: from the agency's board, or by upload. */
  via: 'board' | 'upload';
  /** The link by which the event came in: its board holds the file already. */
  linkId: string | null;
}

/** The matter after the statement, and the events that led there (none: nothing new was said). */
export interface Decision {
  matter: Matter;
  events: NumberedEvent[];
  /** Files, also such as are known already: a board shows all of them each time. */
  named: NamedAttachment[];
  isNew: boolean;
}
