import { type Static, Type } from 'typebox';
import { BoardConnection } from '../agency.ts';
import { AttachmentReference, Complaint } from '../complaint.ts';
import { ComplaintEvent } from '../event.ts';
import { AgencyCode, Instant, LinkRole, OneOf, Status } from '../vocabulary.ts';
import { ReasonOnWire } from './reason-on-wire.ts';

/*
 * What an agent and the hub say to each other at the hub's agent door (/agent/v1). The agent always calls, the hub
 * never does. Whatever is said may be said again: each side keeps what it was told before it forgets what it said.
 */
const closed = { additionalProperties: false } as const;
const Version = Type.String({ minLength: 1, maxLength: 60 });
const BoardId = Type.String({ minLength: 1, maxLength: 200 });
const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** POST /enrolment: the one call without a key. The token works until the key that it gave is used. */
export const AgentEnrolment = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200 }), agent: Version, at: Instant },
  closed,
);
export type AgentEnrolment = Static<typeof AgentEnrolment>;

/** A key of the agent; GET nothing shows it again. */
const AgentKey = {
  /** Sent as `Authorization: Bearer`. */
  key: Type.String(),
  /** The agent asks for the next one (POST /key) before this time; both are valid until the new one was used. */
  renewAt: Instant,
};
export const RenewedKey = Type.Object(AgentKey, closed);
export type RenewedKey = Static<typeof RenewedKey>;

export const AgentEnrolled = Type.Object(
  {
    ...AgentKey,
    agency: AgencyCode,
    /** Ed25519 public key (SPKI, base64) with which the hub signs configuration. Kept by the agent from now on. */
    hubKey: Type.String(),
  },
  closed,
);
export type AgentEnrolled = Static<typeof AgentEnrolled>;

/** What an agent needs to know of its agency. Secrets are references, which the agent resolves where it runs. */
export const AgentConfiguration = Type.Object(
  {
    agency: AgencyCode,
    /** Rises with every change. */
    version: Type.Integer({ minimum: 1 }),
    timeZone: Type.String(),
    board: BoardConnection,
    /** Seconds between two heartbeats. */
    heartbeatEvery: Type.Number({ minimum: 1 }),
  },
  closed,
);
export type AgentConfiguration = Static<typeof AgentConfiguration>;

/** GET /configuration: an {@link AgentConfiguration} as text, and the Ed25519 signature (base64) of its UTF-8 bytes. */
export const SignedConfiguration = Type.Object({ document: Type.String(), signature: Type.String() }, closed);
export type SignedConfiguration = Static<typeof SignedConfiguration>;

/** POST /configuration/:version: what became of it. `rolled-back`: its check failed; the one before works on. */
export const ConfigurationReport = Type.Object(
  { outcome: OneOf(['applied', 'rolled-back'] as const), reason: Type.Optional(ReasonOnWire) },
  closed,
);
export type ConfigurationReport = Static<typeof ConfigurationReport>;

/** A post as an adapter's `pull` gives it. */
const BoardPost = {
  externalId: BoardId,
  version: Type.String({ minLength: 1, maxLength: 200 }),
  raw: Type.Unknown(),
};

/** POST /posts: what the board had new, oldest first; 16 MiB in one call at the most. */
export const AgentPosts = Type.Object(
  {
    /** The agent's clock when it sends this: the hub reads the other times by it, and a wrong clock harms nothing. */
    at: Instant,
    /** `readAt`: when the board was asked for it. */
    posts: Type.Array(Type.Object({ ...BoardPost, readAt: Instant }, closed), { minItems: 1, maxItems: 200 }),
  },
  closed,
);
export type AgentPosts = Static<typeof AgentPosts>;

/** In the order of the posts. All of them are durable at the hub; `parked` waits there for a person. */
export const AgentPostsTaken = Type.Object(
  { outcomes: Type.Array(OneOf(['applied', 'duplicate', 'parked'] as const)) },
  closed,
);
export type AgentPostsTaken = Static<typeof AgentPostsTaken>;

/**
 * One event to bring to the board, or one file of an event that the board holds already. It holds what the contract's
 * `Change` or `GivenAttachment` does, and how to bring it. Files have no order and delay no event.
 */
export const AgentChange = Type.Object(
  {
    /** Position in what was given out; rises. */
    cursor: Type.String({ pattern: '^[0-9]{1,18}$' }),
    /** The key for the adapter's `push`. */
    key: Type.String(),
    /** The board may hold it already: `find` comes before `push`. */
    again: Type.Boolean(),
    /** Its own type says more than the union of its schema, of which none is known until it runs. */
    event: Type.Unsafe<ComplaintEvent>(ComplaintEvent),
    complaint: Complaint,
    role: LinkRole,
    /** What the board calls the post, once it is known; with a file also the part that `event` became. */
    ref: Type.Optional(Type.Object({ externalId: BoardId, partId: Type.Optional(BoardId) }, closed)),
    /** Given: this file is to be brought, and not the event. Its content: GET /attachments/:id. */
    file: Type.Optional(
      Type.Object(
        {
          id: Type.String({ format: 'uuid' }),
          name: Type.String(),
          mediaType: Type.String(),
          size: Type.Integer({ minimum: 0 }),
          sha256: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type AgentChange = Static<typeof AgentChange>;

/**
 * Something that only the board can tell, asked through the agent. It is given out again until it is answered
 * (POST /asks/:id; `file`: PUT /asks/:id/content with the bytes) or nobody waits for it any more: then 404.
 */
export const AgentAsk = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    /** `poll`: look at the board now; answered when it was read to its end and the hub has taken all of that. */
    what: OneOf(['check', 'sample', 'read', 'fingerprints', 'shape', 'file', 'poll'] as const),
    /** poll: from the board's beginning */
    anew: Type.Optional(Type.Boolean()),
    /** read, file: the post */
    externalId: Type.Optional(BoardId),
    /** fingerprints: changed at or after it */
    since: Type.Optional(Instant),
    /** sample: how many posts */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    /** file: which one, and the part of the post that it belongs to */
    reference: Type.Optional(AttachmentReference),
    partId: Type.Optional(BoardId),
  },
  closed,
);
export type AgentAsk = Static<typeof AgentAsk>;

const PartPrints = Type.Union([
  Type.Array(Type.Object({ id: Type.Optional(Type.String()), text: Type.String() }, closed)),
  Type.Integer({ minimum: 0 }),
]);

/** As the contract's `ShapePlace`. */
const Place = Type.Object(
  {
    place: Type.String(),
    type: Type.String(),
    length: Type.Optional(Type.Number()),
    nullable: Type.Optional(Type.Boolean()),
    charset: Type.Optional(Type.String()),
    seen: Type.Optional(
      Type.Object({ in: Type.Integer({ minimum: 0 }), of: Type.Integer({ minimum: 0 }) }, closed),
    ),
    unmapped: Type.Optional(Type.Array(Type.String())),
  },
  closed,
);

/** POST /asks/:id. Of several pages (fingerprints), the last is marked; a page that was sent again counts once. */
export const AgentAnswer = Type.Object(
  {
    /** From 1. */
    page: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    last: Type.Boolean(),
    /** The board could not be asked: the kinds of the contract's BoardError. What came before is then no whole. */
    error: Type.Optional(
      Type.Object(
        { kind: OneOf(['unreachable', 'busy', 'unauthorised', 'malformed'] as const), reason: ReasonOnWire },
        closed,
      ),
    ),
    /** check */
    report: Type.Optional(
      Type.Object(
        {
          ok: Type.Boolean(),
          lines: Type.Array(
            Type.Object({ what: Type.String(), ok: Type.Boolean(), detail: Type.String() }, closed),
            { maxItems: 1000 },
          ),
        },
        closed,
      ),
    ),
    /** sample, read; none: the board holds no such post */
    posts: Type.Optional(Type.Array(Type.Object(BoardPost, closed), { maxItems: 200 })),
    /** shape */
    places: Type.Optional(Type.Array(Place, { maxItems: 20_000 })),
    /** fingerprints: as the contract's `Fingerprint` */
    fingerprints: Type.Optional(
      Type.Array(
        Type.Object(
          {
            externalId: BoardId,
            receiptNumber: Type.Optional(Type.String()),
            filedAt: Type.Optional(Type.String()),
            status: Type.Optional(Status),
            title: Type.Optional(Type.String()),
            body: Type.Optional(Type.String()),
            answers: Type.Optional(PartPrints),
            followUps: Type.Optional(PartPrints),
          },
          closed,
        ),
        { maxItems: 1000 },
      ),
    ),
  },
  closed,
);
export type AgentAnswer = Static<typeof AgentAnswer>;

/** GET /changes?after=&limit=&wait= (long poll). What is not reported as an outcome is given out again without `after`. */
export const AgentChanges = Type.Object(
  {
    changes: Type.Array(AgentChange),
    cursor: Type.String(),
    more: Type.Boolean(),
    asks: Type.Array(AgentAsk),
    /** The newest configuration's version: another than the agent's own is to be fetched. */
    configuration: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type AgentChanges = Static<typeof AgentChanges>;

/** How bringing an event, or a file of it, ended. What will be tried again is not reported, but counted by heartbeats. */
export const AgentOutcomes = Type.Object(
  {
    /** As with {@link AgentPosts}. */
    at: Instant,
    outcomes: Type.Array(
      Type.Object(
        {
          receiptNumber: Type.String({ minLength: 1, maxLength: 40 }),
          seq: Seq,
          /** The file; absent: the event itself. */
          file: Type.Optional(Type.String({ format: 'uuid' })),
          /** `refused` and `unknown` (cannot be asked): parked, and a person looks. */
          kind: OneOf(['done', 'refused', 'unknown'] as const),
          /** done */
          externalId: Type.Optional(BoardId),
          partId: Type.Optional(BoardId),
          /** refused, unknown */
          reason: Type.Optional(ReasonOnWire),
          startedAt: Instant,
          finishedAt: Instant,
        },
        closed,
      ),
      { minItems: 1, maxItems: 500 },
    ),
  },
  closed,
);
export type AgentOutcomes = Static<typeof AgentOutcomes>;

/**
 * All of it is durable. After `refused` or `unknown` of an event nothing more of that complaint goes to the board. What
 * the agent was given of it up to `cursor` is void. It comes again, under a higher cursor, when a person has decided.
 */
export const AgentOutcomesTaken = Type.Object({ cursor: Type.String() }, closed);
export type AgentOutcomesTaken = Static<typeof AgentOutcomesTaken>;

/** POST /heartbeat. Times by the agent's clock; `at` shows the hub how far that is off. */
export const Heartbeat = Type.Object(
  {
    at: Instant,
    agent: Version,
    node: Version,
    adapter: Type.Optional(Type.String({ maxLength: 60 })),
    /** Version of the configuration at work; absent: none yet. */
    configuration: Type.Optional(Type.Integer({ minimum: 1 })),
    startedAt: Instant,
    /** Posts read and not yet taken by the hub; changes taken and not yet on the board; outcomes not yet reported. */
    backlog: Type.Object(
      {
        posts: Type.Integer({ minimum: 0 }),
        changes: Type.Integer({ minimum: 0 }),
        outcomes: Type.Integer({ minimum: 0 }),
        /** Since when the oldest of them waits. */
        oldest: Type.Optional(Instant),
      },
      closed,
    ),
    /** When the board was last read, and last written to, with success. */
    readAt: Type.Optional(Instant),
    writtenAt: Type.Optional(Instant),
    /** What is wrong at the board now; absent: nothing. */
    problem: Type.Optional(ReasonOnWire),
    /** For what the board refuses the credentials now: neither is tried but seldom. */
    unauthorised: Type.Optional(Type.Array(OneOf(['delivery', 'poll'] as const), { maxItems: 2 })),
    /** The hub is reached by TLS: when the certificate that it shows ends. */
    certificateExpiresAt: Type.Optional(Instant),
    memoryMb: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type Heartbeat = Static<typeof Heartbeat>;

export const HeartbeatReply = Type.Object(
  {
    /** The hub's time. */
    at: Instant,
    configuration: Type.Integer({ minimum: 1 }),
    /** The version of the installation package that the hub serves. */
    agent: Type.Optional(Version),
    /** True: the hub takes reasons as data. Absent: it is of an earlier version, and takes words alone. */
    takesReasons: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type HeartbeatReply = Static<typeof HeartbeatReply>;
