import { type Static, Type } from 'typebox';
import { Answer, Complaint, ComplaintContent, FollowUp } from '../complaint.ts';
import { ConsentGiven } from '../consents.ts';
import { PartPost } from '../contribution.ts';
import { eventTypes } from '../event.ts';
import { Step } from '../steps/step.ts';
import { AgencyCode, ComplaintKind, Instant, instantOf, LinkRole, OneOf, Status } from '../vocabulary.ts';

/*
 * What a partner agency's program sends and gets at the REST and SOAP doors. The records are plain and closed, so that
 * every language can generate classes from them.
 */
const closed = { additionalProperties: false } as const;

/**
 * A complaint that an agency registers. `externalId` is the agency's own id of it. With this id a repeated call does no
 * harm.
 */
export const Registration = Type.Object(
  {
    externalId: Type.String({ minLength: 1, maxLength: 200 }),
    content: ComplaintContent,
    takenInAt: Type.Optional(
      instantOf(
        'When your agency took it in (접수): the statutory clock starts then, otherwise at `filedAt`. It is for the first registration alone',
      ),
    ),
    consents: Type.Optional(
      Type.Array(ConsentGiven, {
        maxItems: 20,
        description: 'What the complainant consented to when filing. It is for the first registration alone',
      }),
    ),
  },
  closed,
);
export type Registration = Static<typeof Registration>;

/**
 * The answer to every write; it holds the receipt number. `duplicate`: the call changed nothing, because the hub
 * already had it or is already in that state.
 */
export const Receipt = Type.Object(
  {
    outcome: OneOf(['applied', 'duplicate'] as const),
    id: Type.String({ format: 'uuid' }),
    receiptNumber: Type.String(),
    /** Number of the complaint's newest event. `If-Match` is compared with it. */
    lastSeq: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type Receipt = Static<typeof Receipt>;

/** An interim answer (중간 회신): an answer without the field `interim`. */
export const InterimAnswer = Type.Omit(Answer, ['interim'], closed);
export type InterimAnswer = Static<typeof InterimAnswer>;

export const StatusChange = Type.Object({ status: Status }, closed);
export type StatusChange = Static<typeof StatusChange>;

/** Moves the complaint to the agency that is responsible (이송), with the reason. */
export const Transfer = Type.Object(
  { to: AgencyCode, reason: Type.String({ minLength: 1, maxLength: 2000 }) },
  closed,
);
export type Transfer = Static<typeof Transfer>;

/** The complainant withdraws the complaint (취하). */
export const Withdrawal = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 2000 })) }, closed);
export type Withdrawal = Static<typeof Withdrawal>;

/** A position in a list (keyset pagination). It is opaque to the caller. */
const Cursor = Type.String({ minLength: 1, maxLength: 60, pattern: '^[0-9A-Za-z_-]+$' });

/** A search among the complaints that the caller has a link to. An absent condition is always true. Newest first. */
export const Search = Type.Object(
  {
    /** Words that must all be found, or a receipt number. */
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

/** One complaint in a list: enough to choose it, without personal data. */
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

/** One page. The caller sends `next` as `after` and `previous` as `before`. */
export const SearchResult = Type.Object(
  {
    complaints: Type.Array(ComplaintSummary),
    next: Type.Optional(Cursor),
    previous: Type.Optional(Cursor),
  },
  closed,
);
export type SearchResult = Static<typeof SearchResult>;

/** One event as an agency sees it. `type` tells which optional fields are present. */
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
    /** status_changed: the status before; `toStatus`: the status after */
    fromStatus: Type.Optional(Status),
    toStatus: Type.Optional(Status),
    /** transferred: the agency before; `toAgency`: the agency after a transfer or an assignment */
    fromAgency: Type.Optional(AgencyCode),
    toAgency: Type.Optional(AgencyCode),
    /** step_taken: a step of the procedure */
    step: Type.Optional(Step),
    /** assigned, transferred, withdrawn */
    reason: Type.Optional(Type.String()),
  },
  closed,
);
export type AgencyEvent = Static<typeof AgencyEvent>;

/** Where in the feed to continue. */
export const ChangesRequest = Type.Object(
  {
    /** The cursor of the last change that the caller read. Absent: the first change that is not acknowledged. */
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    /** Seconds to wait for a change if there is none (long poll). */
    wait: Type.Optional(Type.Integer({ minimum: 0, maximum: 30, default: 0 })),
  },
  closed,
);
export type ChangesRequest = Static<typeof ChangesRequest>;

/** One event that the agency's copy lacks, with the complaint as it is now. */
export const AgencyChange = Type.Object(
  {
    cursor: Type.String(),
    receiptNumber: Type.String(),
    /** The agency's role in the complaint. */
    role: LinkRole,
    /** The agency's own id of the complaint, where the hub knows it. */
    externalId: Type.Optional(Type.String()),
    event: AgencyEvent,
    complaint: Complaint,
    part: Type.Optional(PartPost),
  },
  closed,
);
export type AgencyChange = Static<typeof AgencyChange>;

/** The same change, pushed to the agency instead of fetched: a webhook carries it. It has no cursor to acknowledge. */
export const PushedChange = Type.Omit(AgencyChange, ['cursor'], closed);
export type PushedChange = Static<typeof PushedChange>;

/**
 * Changes in order; those of one complaint by `seq`. `cursor`: send it as `after` next time. `more`: more changes are
 * ready now.
 */
export const Changes = Type.Object(
  {
    changes: Type.Array(AgencyChange),
    cursor: Type.String(),
    more: Type.Boolean(),
  },
  closed,
);
export type Changes = Static<typeof Changes>;

/** The result of one change at the agency. */
const AcknowledgedChange = Type.Object(
  {
    receiptNumber: Type.String({ minLength: 1, maxLength: 40 }),
    /** The agency holds every event of the complaint up to this one. The maximum is that of PostgreSQL's integer. */
    seq: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    /** The agency's own id of the complaint. The hub adds it to later changes. */
    externalId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** Why the agency cannot take this event. The hub parks the link, and a person looks. */
    refused: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  },
  closed,
);

/** What the agency now holds durably: everything up to a cursor, single changes, or both. */
export const Acknowledgement = Type.Object(
  {
    upTo: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
    changes: Type.Optional(Type.Array(AcknowledgedChange, { minItems: 1, maxItems: 500 })),
  },
  { ...closed, minProperties: 1 },
);
export type Acknowledgement = Static<typeof Acknowledgement>;

/** How many changes left the feed, and how many are leased but not acknowledged. */
export const Acknowledged = Type.Object(
  { acknowledged: Type.Integer({ minimum: 0 }), outstanding: Type.Integer({ minimum: 0 }) },
  closed,
);
export type Acknowledged = Static<typeof Acknowledged>;
