import type {
  Actor,
  AttachmentReference,
  Complaint,
  ComplaintContent,
  ComplaintEvent,
  EventType,
  InternalEvent,
  PartRole,
  Post,
  Problem,
  RoutingReason,
} from '../../schemas/index.ts';
import type { ClockRules } from '../clock/deadline.ts';
import type { LinkState, Seen } from '../store/tables/column-types.ts';
import type { Disclosure } from './disclosure/disclosure.ts';
import type { Surroundings } from './joining/surroundings.ts';

/** One agency's copy of a complaint, with the fields that a decision needs. */
export interface Link {
  id: string;
  agency: string;
  role: PartRole;
  state: LinkState;
  externalId: string | null;
  /** Ids that the board gave to parts, by the number of the event that brought or told the part. */
  parts: Record<string, string>;
  seen: Seen;
  /** The event with which its agency joined. */
  joined: number;
  held: number;
  /** True if a call to this board has no known outcome yet, or its feed has a change out without an acknowledgement. */
  busy: boolean;
  /**
   * When its board was brought up to date after a set-back: how the post looked before does not count. Absent: it was
   * never set back. Infinite: it is still being brought up to date.
   */
  returnedAt?: number;
  /** The calls that ended since the boards that speak were read. What they wrote may not be in what a board showed. */
  writes?: { seq: number; endedAt: number }[];
}

/** The link by which a part stands on a board as a post of its own. */
export interface PartLink extends Link {
  /** The number of what is asked, within the complaint. */
  contribution: number;
}

/** A complaint with its links and history, loaded under lock or new. */
export interface Matter {
  complaint: Complaint;
  routing: RoutingReason;
  /** The login of the person who answers. Absent: nobody was named, or a person without an account. */
  officerUser?: string;
  /** What people wrote in it was destroyed (hub/retention): it takes nothing more. */
  destroyed?: true;
  links: Link[];
  /** Those by which parts of it stand on boards as posts of their own. Absent: there are none. */
  partLinks?: PartLink[];
  /** The event that revised its text last. Absent: none did. */
  revised?: number;
  /** Its events with an answer, a follow-up or a step, or that set the status, oldest first. */
  told: NumberedEvent[];
}

/** What somebody says about a complaint. */
export interface Statement {
  actor: Actor;
  post: Post;
  /** The board's own id of the post, if a board speaks, or its agency on the board's behalf. */
  externalId?: string;
  /** The number of the part that the board shows. Absent: it is about the complaint itself. */
  contribution?: number;
  /** When the board was asked. Absent: the statement is not about what a board showed. */
  readAt?: number;
  /** What stands around the complaint. Absent: its steps concern no others. */
  around?: Surroundings;
  /**
   * When a person said it, where the hub held it before it was to go out. The law judges it by that instant: a document
   * comes into being when the one who decides signs it (Regulation on Administrative Work, 행정업무의 운영 및 혁신에 관한
   * 규정, article 6 (1)). Absent: now.
   */
  saidAt?: Date;
}

/** What a decision must ask the configuration. Everything else is in the arguments. */
export interface Rules {
  now: Date;
  newId(): string;
  /** The next free receipt number. */
  newReceiptNumber(): string;
  route(content: ComplaintContent, origin: string): { to: string; reason: RoutingReason };
  /** The calendar, the periods and the office hours by which an agency's clock runs. */
  clock(agency: string): ClockRules;
  /** Whether the clock of an agency's complaints starts when it took them in itself. Otherwise: when the hub did. */
  startsAtIntake(agency: string): boolean;
  /** The agency that decides where a complaint goes that two agencies would not take. */
  arbiter: string;
  isAgency(code: string): boolean;
  /** The kinds of event that an agency's board can hold. Undefined: it has no board. */
  carries(agency: string): ReadonlySet<EventType> | undefined;
  /** What of the complainant an agency's copies hold. Absent: the lean default. */
  disclosure?(agency: string): Disclosure;
  /** Whether a part comes to an agency's board as a post of its own. Absent: to none. */
  takesParts?(agency: string): boolean;
}

export type NumberedEvent = (ComplaintEvent | InternalEvent) & { linkId: string | null };
/** An event that others than the agencies concerned may be told of. */
export type PublicEvent = ComplaintEvent & { linkId: string | null };

/** A file that a statement named, with the event to whose text it belongs. */
export interface NamedAttachment {
  complaintId: string;
  seq: number;
  /** Counts from 1, in its list. */
  position: number;
  reference: AttachmentReference;
  agency: string;
  /** How its content comes: from the agency's board, or by upload. */
  via: 'board' | 'upload';
  /** The link by which the event came in: its board holds the file already. */
  linkId: string | null;
}

/** The matter after the statement, and the events that led there. No events: nothing new was said. */
export interface Decision {
  matter: Matter;
  events: NumberedEvent[];
  /** All named files, also those that are known already: a board shows all of them each time. */
  named: NamedAttachment[];
  isNew: boolean;
}

/** What a statement changes, or why it cannot be applied. */
export type Decided = { ok: true; decision: Decision } | { ok: false; problems: Problem[] };
