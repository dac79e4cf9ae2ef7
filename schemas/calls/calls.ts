import { type Static, Type } from 'typebox';
import { Answer, Complaint, ComplaintContent, FollowUp } from '../complaint.ts';
import { eventTypes } from '../event.ts';
import { AgencyCode, ComplaintKind, Instant, LinkRole, OneOf, Status } from '../vocabulary.ts';

/*
 * What a partner agency's machine sends and gets at the doors, REST and SOAP alike: plain closed records, so that
 * every language can generate classes from them.
 */
const closed = { additionalProperties: false } as const;

/** A complaint that an agency registers: `externalId` is the agency's own id of it, and makes sending it again harmless. */
export const Registration = Type.Object(
  { externalId: Type.String({ minLength: 1, maxLength: 200 }), content: ComplaintContent },
  closed,
);
export type Registration = Static<typeof Registration>;

/** What a writer is told: the number to quote. `duplicate`: it is so already, or was taken in before; nothing changed. */
export const Receipt = Type.Object(
  {
    outcome: OneOf(['applied', 'duplicate'] as const),
    id: Type.String({ format: 'uuid' }),
    receiptNumber: Type.String(),
    /** Number of the complaint's newest event: what `If-Match` compares. */
    lastSeq: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type Receipt = Static<typeof Receipt>;

/** An interim answer (중간 회신): an answer without its mark. */
export const InterimAnswer = Type.Omit(Answer, ['interim'], closed);
export type InterimAnswer = Static<typeof InterimAnswer>;

export const StatusChange = Type.Object({ status: Status }, closed);
export type StatusChange = Static<typeof StatusChange>;

/** To the agency that is right (이송), and why. */
export const Transfer = Type.Object(
  { to: AgencyCode, reason: Type.String({ minLength: 1, maxLength: 2000 }) },
  closed,
);
export type Transfer = Static<typeof Transfer>;

/** The complainant takes the complaint back (취하). */
export const Withdrawal = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 2000 })) }, closed);
export type Withdrawal = Static<typeof Withdrawal>;

/** A place in a list; opaque to the caller. */
const Cursor = Type.String({ minLength: 1, maxLength: 60, pattern: '^[0-9A-Za-z_-]+$' });

/** Which complaints, among those that the caller has a link to. Absent conditions hold always. Newest first. */
export const Search = Type.Object(
  {
    /** Words, all of which must be found; or a receipt number. */
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    status: Type.Optional(Status),
    kind: Type.Optional(ComplaintKind),
    origin: Type.Optional(AgencyCode),
    assignee: Type.Optional(AgencyCode),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    after: Type.Optional(Cursor),
    before: Type.Optional(Cursor),
  },
  closed,
);
export type Search = Static<typeof Search>;

/** One complaint in a list: what is needed to choose it, no personal data. */
export const ComplaintSummary = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    receiptNumber: Type.String(),
    title: Type.String(),
    kind: ComplaintKind,
    status: Status,
    origin: AgencyCode,
    assignee: AgencyCode,
    registeredAt: Instant,
    dueAt: Type.Optional(Instant),
    overdue: Type.Boolean(),
  },
  closed,
);
export type ComplaintSummary = Static<typeof ComplaintSummary>;

/** One page; `next` and `previous` are what to send as `after` and `before`. */
export const SearchResult = Type.Object(
  {
    complaints: Type.Array(ComplaintSummary),
    next: Type.Optional(Cursor),
    previous: Type.Optional(Cursor),
  },
  closed,
);
export type SearchResult = Static<typeof SearchResult>;

/** One event as an agency sees it. `type` tells which of the optional fields are there. */
export const AgencyEvent = Type.Object(
  {
    /** 1…n per complaint. */
    seq: Type.Integer({ minimum: 1 }),
    type: OneOf(eventTypes),
    at: Instant,
    /** The agency that caused it. */
    by: AgencyCode,
    /** registered, revised */
    content: Type.Optional(ComplaintContent),
    /** answered, interim_answered */
    answer: Type.Optional(Answer),
    /** followed_up */
    followUp: Type.Optional(FollowUp),
    /** status_changed: the status before and after */
    fromStatus: Type.Optional(Status),
    toStatus: Type.Optional(Status),
    /** transferred: from; assigned, transferred: to */
    fromAgency: Type.Optional(AgencyCode),
    toAgency: Type.Optional(AgencyCode),
    /** assigned, transferred, withdrawn */
    reason: Type.Optional(Type.String()),
  },
  closed,
);
export type AgencyEvent = Static<typeof AgencyEvent>;

/** Where to read the feed on. */
export const ChangesRequest = Type.Object(
  {
    /** The cursor of the last change that was read; absent: from the first that is not acknowledged. */
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    /** Seconds to wait for a change when there is none (long poll). */
    wait: Type.Optional(Type.Integer({ minimum: 0, maximum: 30, default: 0 })),
  },
  closed,
);
export type ChangesRequest = Static<typeof ChangesRequest>;

/** One event that the agency's copy lacks, with the complaint as it stands now. */
export const AgencyChange = Type.Object(
  {
    cursor: Type.String(),
    receiptNumber: Type.String(),
    /** The part that the agency has in it. */
    role: LinkRole,
    /** The agency's own id of it, where the hub knows it. */
    externalId: Type.Optional(Type.String()),
    event: AgencyEvent,
    complaint: Complaint,
  },
  closed,
);
export type AgencyChange = Static<typeof AgencyChange>;

/** The same, pushed to the agency instead of fetched: what a webhook carries. There is no cursor to acknowledge. */
export const PushedChange = Type.Omit(AgencyChange, ['cursor'], closed);
export type PushedChange = Static<typeof PushedChange>;

/** Changes in order; per complaint by `seq`. `cursor`: what to send as `after` next; `more`: there is more at once. */
export const Changes = Type.Object(
  {
    changes: Type.Array(AgencyChange),
    cursor: Type.String(),
    more: Type.Boolean(),
  },
  closed,
);
export type Changes = Static<typeof Changes>;

/** What became of one change at the agency. */
const AcknowledgedChange = Type.Object(
  {
    receiptNumber: Type.String({ minLength: 1, maxLength: 40 }),
    /** Everything of the complaint up to this event is held. At most what PostgreSQL's integer holds. */
    seq: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    /** The agency's own id of the complaint: quoted back with later changes. */
    externalId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** Why the agency cannot take this event: the link is parked and a person looks. */
    refused: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  },
  closed,
);

/** What the agency holds now, durably: all up to a cursor, single changes, or both. */
export const Acknowledgement = Type.Object(
  {
    upTo: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
    changes: Type.Optional(Type.Array(AcknowledgedChange, { minItems: 1, maxItems: 500 })),
  },
  { ...closed, minProperties: 1 },
);
export type Acknowledgement = Static<typeof Acknowledgement>;

/** How many changes left the feed, and how many that were given out are not acknowledged. */
export const Acknowledged = Type.Object(
  { acknowledged: Type.Integer({ minimum: 0 }), outstanding: Type.Integer({ minimum: 0 }) },
  closed,
);
export type Acknowledged = Static<typeof Acknowledged>;
