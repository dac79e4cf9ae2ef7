import { type Static, Type } from 'typebox';
import {
  AgencyCode,
  Channel,
  ComplaintKind,
  Instant,
  instantOf,
  Language,
  OneOf,
  Status,
} from './vocabulary.ts';

const closed = { additionalProperties: false } as const;

/**
 * The person or company who filed the complaint. Contact data may be missing. Malformed contact data is refused, not
 * guessed.
 */
export const Complainant = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    company: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    /** E.164, for example +821012345678. */
    phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })),
    /** The channel that the complainant chose for notices. */
    notifyBy: Type.Optional(Channel),
    language: Type.Optional(Language),
  },
  closed,
);
export type Complainant = Static<typeof Complainant>;

/**
 * A reference to a file of a complaint, an answer or a follow-up: where the file is and what it should be, never its
 * bytes.
 */
export const AttachmentReference = Type.Object(
  {
    /** The sender's name for the file: the board's own id of it, or the id of an upload to the hub. */
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    name: Type.String({ minLength: 1, maxLength: 255 }),
    mediaType: Type.Optional(Type.String({ maxLength: 127 })),
    /** Bytes. */
    size: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    url: Type.Optional(Type.String({ format: 'uri', maxLength: 2000 })),
  },
  closed,
);
export type AttachmentReference = Static<typeof AttachmentReference>;

const attachments = Type.Optional(Type.Array(AttachmentReference, { maxItems: 50 }));

/** What the complainant wrote. The origin owns it. It is plain text: adapters and doors convert HTML to text. */
export const ComplaintContent = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 300 }),
    body: Type.String({ minLength: 1, maxLength: 100_000 }),
    kind: ComplaintKind,
    category: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    region: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    complainant: Complainant,
    filedAt: Instant,
    attachments,
  },
  closed,
);
export type ComplaintContent = Static<typeof ComplaintContent>;

/**
 * The officer who answers, with department, name and contact. Every notice of a result, an interim answer or an
 * extension must show them (Enforcement Decree, article 31).
 */
export const Officer = Type.Object(
  {
    department: Type.Optional(Type.String({ maxLength: 100 })),
    name: Type.Optional(Type.String({ maxLength: 100 })),
    contact: Type.Optional(Type.String({ maxLength: 100 })),
  },
  closed,
);
export type Officer = Static<typeof Officer>;

/** An answer (답변) or an interim answer (중간 회신). The assignee owns it. */
export const Answer = Type.Object(
  {
    /** The board's id of the answer; unique within the post. */
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    interim: Type.Optional(Type.Boolean()),
    text: Type.String({ minLength: 1, maxLength: 100_000 }),
    answeredAt: Type.Optional(Instant),
    officer: Type.Optional(Officer),
    attachments,
  },
  closed,
);
export type Answer = Static<typeof Answer>;

/** An additional question or remark of the complainant (추가 질의). The origin owns it. */
export const FollowUp = Type.Object(
  {
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    text: Type.String({ minLength: 1, maxLength: 100_000 }),
    writtenAt: Type.Optional(Instant),
    attachments,
  },
  closed,
);
export type FollowUp = Static<typeof FollowUp>;

/** Grounds on which the clock stands still while the agency works on (Enforcement Decree, articles 17 and 20). */
export const clockGrounds = [
  'hearing',
  'review',
  'representatives',
  'transfer',
  'precondition',
  'survey',
] as const;
/** All grounds: also while the agency waits for a supplement (article 24). */
export const stopGrounds = ['supplement', ...clockGrounds] as const;

export const ClockPhase = OneOf(['none', 'running', 'stopped', 'ended'] as const, {
  description: '`none`: no period applies',
});
export const ClockUnit = OneOf(['hours', 'days'] as const, {
  description: 'Whether office hours or days are counted (Act, article 19)',
});
export const StopGround = OneOf(stopGrounds, { title: '정지 사유' });

/** Where the statutory clock of a complaint stands after its newest event. */
export const ClockFace = Type.Object(
  {
    phase: ClockPhase,
    unit: Type.Optional(ClockUnit),
    total: Type.Optional(
      Type.Number({ minimum: 0, description: 'The period with its extensions, in units' }),
    ),
    stoppedSince: Type.Optional(instantOf('Since when it stands')),
    grounds: Type.Optional(Type.Array(StopGround, { description: 'Why it stands' })),
    endedAt: Type.Optional(
      instantOf('When the complaint ended: answered, refused, returned, withdrawn, closed'),
    ),
    late: Type.Optional(Type.Boolean({ description: 'It ended after the deadline' })),
  },
  {
    ...closed,
    description:
      'Where the statutory clock (처리기간) stands after the newest event; what is used and left: `getClock`',
  },
);
export type ClockFace = Static<typeof ClockFace>;

/** The canonical record that all parts of the hub read: one for each complaint. */
export const Complaint = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    receiptNumber: Type.String(),
    origin: AgencyCode,
    /** The number that the origin's own system gave, which its complainant knows. Absent: it gave none. */
    originNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    assignee: AgencyCode,
    status: Status,
    content: ComplaintContent,
    /** When the hub took it in. */
    registeredAt: Instant,
    takenInAt: Type.Optional(
      instantOf(
        'When the origin took it in: the start of the statutory clock. Absent in old records: `registeredAt`',
      ),
    ),
    dueAt: Type.Optional(
      instantOf(
        'Statutory deadline. Absent where no period applies, or while the clock stands with no end in sight',
      ),
    ),
    /** Who answers at the assignee, where a person was named. */
    officer: Type.Optional(Officer),
    clock: Type.Optional(ClockFace),
    /** Number of the newest event. */
    lastSeq: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type Complaint = Static<typeof Complaint>;
