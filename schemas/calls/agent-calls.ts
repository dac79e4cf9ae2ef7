import { type Static, Type } from 'typebox';
import { BoardConnection } from '../agency.ts';
import { AttachmentReference, Complaint } from '../complaint.ts';
import { PartPost } from '../contribution.ts';
import { ComplaintEvent } from '../event.ts';
import type { Reason } from '../reason.ts';
import { AgencyCode, Instant, LinkRole, OneOf, Status } from '../vocabulary.ts';
import { ReasonOnWire } from './reason-on-wire.ts';

/*
 * The calls between an agent and the hub's agent door (/agent/v1). The agent always calls, the hub never does. Every
 * message may be repeated: each side stores what it received before it forgets what it sent.
 */
const closed = { additionalProperties: false } as const;
const Version = Type.String({ minLength: 1, maxLength: 60 });
const BoardId = Type.String({ minLength: 1, maxLength: 200 });
/** The kinds of the contract's BoardError. */
const FailureKind = OneOf(['unreachable', 'busy', 'unauthorised', 'malformed'] as const);
const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** What an agent's log is asked for, most severe first. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];
/** The most lines that an agent keeps and sends, and the characters of one. A longer line is cut. */
export const mostLogLines = 500;
export const longestLogLine = 4_000;

/**
 * POST /enrolment: the only call without a key. The token stays valid until the agent uses the key that it got for it.
 */
export const AgentEnrolment = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200 }), agent: Version, at: Instant },
  closed,
);
export type AgentEnrolment = Static<typeof AgentEnrolment>;

/** A key of the agent. No GET shows it again. */
const AgentKey = {
  /** Sent as `Authorization: Bearer`. */
  key: Type.String(),
  /** Before this time the agent asks for the next key (POST /key). Both keys are valid until the new one is used. */
  renewAt: Instant,
};
export const RenewedKey = Type.Object(AgentKey, closed);
export type RenewedKey = Static<typeof RenewedKey>;

export const AgentEnrolled = Type.Object(
  {
    ...AgentKey,
    agency: AgencyCode,
    /**
     * Ed25519 public key (SPKI, base64) by which the agent checks the hub's signature of a configuration. The agent
     * stores it for good.
     */
    hubKey: Type.String(),
  },
  closed,
);
export type AgentEnrolled = Static<typeof AgentEnrolled>;

/** What an agent needs to know of its agency. Secrets are references, which the agent resolves on its own machine. */
export const AgentConfiguration = Type.Object(
  {
    agency: AgencyCode,
    /** Rises with every change of the configuration. */
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

/**
 * POST /configuration/:version: what became of it. `rolled-back`: its check failed, and the agent keeps using the
 * previous one.
 */
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

/** POST /posts: new and changed posts of the board, oldest first; at most 16 MiB in one call. */
export const AgentPosts = Type.Object(
  {
    /**
     * The agent's clock when it sends the call. The hub corrects the other times by it, so a wrong clock does no harm.
     */
    at: Instant,
    /** `readAt`: when the agent asked the board for it. */
    posts: Type.Array(Type.Object({ ...BoardPost, readAt: Instant }, closed), { minItems: 1, maxItems: 200 }),
  },
  closed,
);
export type AgentPosts = Static<typeof AgentPosts>;

/**
 * One result for each post, in the same order. The hub has stored all of them durably. `parked`: the post waits at the
 * hub for a person.
 */
export const AgentPostsTaken = Type.Object(
  { outcomes: Type.Array(OneOf(['applied', 'duplicate', 'parked'] as const)) },
  closed,
);
export type AgentPostsTaken = Static<typeof AgentPostsTaken>;

/**
 * One event to deliver to the board, or one file of an event that the board already holds. It carries the contract's
 * `Change` or `GivenAttachment`, and how to deliver it. Files have no order and delay no event.
 */
export const AgentChange = Type.Object(
  {
    /** Position in the sequence of leased changes. It rises. */
    cursor: Type.String({ pattern: '^[0-9]{1,18}$' }),
    /** The key that the adapter's `push` gets. */
    key: Type.String(),
    /** True: the board may already hold it, so the agent calls `find` before `push`. */
    again: Type.Boolean(),
    /**
     * The declared type says more than the schema's union, whose members TypeScript cannot tell apart before run time.
     */
    event: Type.Unsafe<ComplaintEvent>(ComplaintEvent),
    complaint: Complaint,
    role: LinkRole,
    /** Present: the post is a part of a complaint, as in the contract's `Change`. */
    part: Type.Optional(PartPost),
    /** The board's ids of the post, once known. For a file they include the part that `event` became. */
    ref: Type.Optional(Type.Object({ externalId: BoardId, partId: Type.Optional(BoardId) }, closed)),
    /** If present, this file is to be delivered, and not the event. GET /attachments/:id returns its content. */
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
 * A question that only the board can answer, asked through the agent. The hub hands it out again until it is answered
 * or nobody waits for the answer any more. The answer goes to POST /asks/:id, and the bytes of a `file` to PUT
 * /asks/:id/content. Both return 404 when nobody waits.
 */
export const AgentAsk = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    /**
     * `poll`: read the board now. The answer follows when the agent has read to the end and the hub has taken all
     * posts.
     */
    what: OneOf(['check', 'sample', 'read', 'fingerprints', 'shape', 'file', 'poll', 'logs'] as const),
    /** logs: the newest lines of the agent's own log, from this level on. Only an agent that says `sendsLogs` is asked. */
    logs: Type.Optional(
      Type.Object(
        { level: OneOf(logLevels), most: Type.Integer({ minimum: 1, maximum: mostLogLines }) },
        closed,
      ),
    ),
    /**
     * check: ask only whether these secrets are there, by reference. An agent of an earlier version checks its board
     * instead, and its answer says nothing of them.
     */
    secrets: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100 })),
    /** poll: start from the board's beginning */
    anew: Type.Optional(Type.Boolean()),
    /** read, file: the post */
    externalId: Type.Optional(BoardId),
    /** fingerprints: those that changed at or after this time */
    since: Type.Optional(Instant),
    /** sample: how many posts */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    /** file: which file, and the part of the post to which it belongs */
    reference: Type.Optional(AttachmentReference),
    partId: Type.Optional(BoardId),
  },
  closed,
);
export type AgentAsk = Static<typeof AgentAsk>;

/** An agent of an earlier version sends words of any length, also none. */
const CheckWords = Type.Unsafe<Reason | string>(Type.Union([Type.String(), ReasonOnWire]));

const PartPrints = Type.Union([
  Type.Array(Type.Object({ id: Type.Optional(Type.String()), text: Type.String() }, closed)),
  Type.Integer({ minimum: 0 }),
]);

/** The contract's `ShapePlace`. */
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

/**
 * POST /asks/:id. An answer of several pages (fingerprints) marks its last page. A page that is sent twice counts once.
 */
export const AgentAnswer = Type.Object(
  {
    /** Starts at 1. */
    page: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    last: Type.Boolean(),
    /**
     * Why the board could not be asked. The pages before it are then incomplete.
     */
    error: Type.Optional(Type.Object({ kind: FailureKind, reason: ReasonOnWire }, closed)),
    /** check */
    report: Type.Optional(
      Type.Object(
        {
          ok: Type.Boolean(),
          lines: Type.Array(
            Type.Object({ what: CheckWords, ok: Type.Boolean(), detail: CheckWords }, closed),
            { maxItems: 1000 },
          ),
        },
        closed,
      ),
    ),
    /** check with `secrets`: whether each can be read there. Never its value. */
    secrets: Type.Optional(
      Type.Array(
        Type.Object(
          { reference: Type.String(), there: Type.Boolean(), reason: Type.Optional(ReasonOnWire) },
          closed,
        ),
        { maxItems: 100 },
      ),
    ),
    /** sample, read; an empty list: the board has no such post */
    posts: Type.Optional(Type.Array(Type.Object(BoardPost, closed), { maxItems: 200 })),
    /** logs: as they stand in the log, oldest first, redacted by the agent */
    logs: Type.Optional(Type.Array(Type.String({ maxLength: longestLogLine }), { maxItems: mostLogLines })),
    /** shape */
    places: Type.Optional(Type.Array(Place, { maxItems: 20_000 })),
    /** fingerprints: the contract's `Fingerprint` */
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

/**
 * GET /changes?after=&limit=&wait= (long poll). A call without `after` returns again every change whose outcome was not
 * reported.
 */
export const AgentChanges = Type.Object(
  {
    changes: Type.Array(AgentChange),
    cursor: Type.String(),
    more: Type.Boolean(),
    asks: Type.Array(AgentAsk),
    /** Version of the newest configuration. The agent fetches it if its own version differs. */
    configuration: Type.Integer({ minimum: 1 }),
  },
  closed,
);
export type AgentChanges = Static<typeof AgentChanges>;

/**
 * How the delivery of an event, or of a file of it, ended. The agent does not report what it will retry; heartbeats
 * count that.
 */
export const AgentOutcomes = Type.Object(
  {
    /** The agent's clock, as in {@link AgentPosts}. */
    at: Instant,
    outcomes: Type.Array(
      Type.Object(
        {
          receiptNumber: Type.String({ minLength: 1, maxLength: 40 }),
          seq: Seq,
          /** The id of the file. Absent: the outcome is that of the event itself. */
          file: Type.Optional(Type.String({ format: 'uuid' })),
          /** `refused`, and `unknown` where the board cannot be asked: the hub parks it, and a person looks. */
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
 * The hub has stored all outcomes durably. After `refused` or `unknown` of an event the agent delivers nothing more of
 * that complaint. Changes of it that the agent got up to `cursor` are void. They come again, with a higher cursor, when
 * a person has decided.
 */
export const AgentOutcomesTaken = Type.Object({ cursor: Type.String() }, closed);
export type AgentOutcomesTaken = Static<typeof AgentOutcomesTaken>;

/** POST /heartbeat. Its times are by the agent's clock. `at` shows the hub how far that clock is off. */
export const Heartbeat = Type.Object(
  {
    at: Instant,
    agent: Version,
    node: Version,
    adapter: Type.Optional(Type.String({ maxLength: 60 })),
    /** Version of the configuration in use. Absent: none yet. */
    configuration: Type.Optional(Type.Integer({ minimum: 1 })),
    startedAt: Instant,
    /**
     * Three backlogs: posts that the hub has not taken, changes that are not on the board, and outcomes that are not
     * reported.
     */
    backlog: Type.Object(
      {
        posts: Type.Integer({ minimum: 0 }),
        changes: Type.Integer({ minimum: 0 }),
        outcomes: Type.Integer({ minimum: 0 }),
        /** Since when the oldest item has waited. */
        oldest: Type.Optional(Instant),
      },
      closed,
    ),
    /** When the agent last read the board successfully. The next field: when it last wrote to it. */
    readAt: Type.Optional(Instant),
    writtenAt: Type.Optional(Instant),
    /** What is wrong at the board now. Absent: nothing. */
    problem: Type.Optional(ReasonOnWire),
    /** Why the board cannot be read now. Only a hub that takes reasons as data gets it. */
    problemKind: Type.Optional(FailureKind),
    /**
     * What a person should know about the board although it was read to its end: `Pulled.notice`. Absent: nothing, or the
     * agent is of an earlier version. Only a hub that takes it gets it.
     */
    notice: Type.Optional(ReasonOnWire),
    /** What the board refuses the credentials for now. The agent tries it only seldom. */
    unauthorised: Type.Optional(Type.Array(OneOf(['delivery', 'poll'] as const), { maxItems: 2 })),
    /** If the agent reaches the hub by TLS: when the hub's certificate expires. */
    certificateExpiresAt: Type.Optional(Instant),
    memoryMb: Type.Integer({ minimum: 0 }),
    /**
     * True: it can be asked for its log. Absent: it is of an earlier version, and cannot. Only a hub that asks for logs gets it.
     */
    sendsLogs: Type.Optional(Type.Boolean()),
    /**
     * True: it knows the event `step_taken`. Absent: it is of an earlier version, which could read no change at all after
     * one of these. Only a hub that tells of steps gets it.
     */
    knowsSteps: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type Heartbeat = Static<typeof Heartbeat>;

export const HeartbeatReply = Type.Object(
  {
    /** The time by the hub's clock. */
    at: Instant,
    configuration: Type.Integer({ minimum: 1 }),
    /** Version of the installation package that the hub serves. */
    agent: Type.Optional(Version),
    /**
     * True: the hub takes reasons as data, and the kind of a problem. Absent: the hub is of an earlier version and takes
     * only words.
     */
    takesReasons: Type.Optional(Type.Boolean()),
    /** True: the hub takes `notice`. Absent: it is of an earlier version. */
    takesNotices: Type.Optional(Type.Boolean()),
    /** True: the hub takes `sendsLogs`, and may ask for `logs`. Absent: it is of an earlier version. */
    asksLogs: Type.Optional(Type.Boolean()),
    /** True: the hub takes `knowsSteps`, and tells of steps. Absent: it is of an earlier version. */
    tellsSteps: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type HeartbeatReply = Static<typeof HeartbeatReply>;
