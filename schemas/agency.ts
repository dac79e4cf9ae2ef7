import { type Static, Type } from 'typebox';
import { ConsentRequest } from './consents.ts';
import { DisclosureChoices } from './disclosure.ts';
import { identifierKinds } from './identifiers/find-identifiers.ts';
import { OfficeHours } from './office-hours.ts';
import { secretPattern } from './secret-references.ts';
import { StatutoryItem } from './statutory-item.ts';
import { AgencyCode, Channel, ComplaintKind, Language, OneOf } from './vocabulary.ts';

const closed = { additionalProperties: false } as const;

/** A name in Korean and, where there is one, in English. */
const LocalName = Type.Object(
  { ko: Type.String({ minLength: 1 }), en: Type.Optional(Type.String({ minLength: 1 })) },
  closed,
);

/** `env:NAME` or `file:PATH`: where to find a secret. The configuration never holds the secret itself. */
export const SecretReference = Type.String({ pattern: secretPattern });

const AgencyOfficer = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    department: Type.Optional(Type.String()),
    email: Type.Optional(Type.String({ format: 'email' })),
    /** E.164. */
    phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })),
    notifyBy: Type.Optional(Channel),
    language: Type.Optional(Language),
  },
  closed,
);

/** What officers are told of (hub/notify): a new complaint or one that came by transfer, and what follows. */
const officerNotices = [
  'new-complaint',
  'follow-up',
  'step-came',
  'contribution',
  'withdrawn',
  'deadline-near',
  'overdue',
  'owed',
] as const;

const TimeOfDay = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' });
const hours = {
  /** Wall-clock time in the agency's zone; absent: 00:00. */
  from: Type.Optional(TimeOfDay),
  /** Exclusive. A time at or before `from` is on the next day. Absent: 24:00. */
  to: Type.Optional(TimeOfDay),
};
/** A maintenance window, in which the hub does not call the board: on certain weekdays, or on one date. */
export const MaintenanceWindow = Type.Union([
  Type.Object(
    {
      days: Type.Array(OneOf(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const), { minItems: 1 }),
      ...hours,
    },
    closed,
  ),
  Type.Object({ date: Type.String({ format: 'date' }), ...hours }, closed),
]);
export type MaintenanceWindow = Static<typeof MaintenanceWindow>;

/** How the hub connects to an agency's board. adapters/relay/policy.ts holds the defaults. */
export const BoardConnection = Type.Object(
  {
    /** Kind of board: the name of an adapter in adapters/registry.ts. */
    adapter: Type.String({ minLength: 1 }),
    /** The adapter's own schema checks them. */
    settings: Type.Record(Type.String(), Type.Unknown()),
    /** Where the adapter runs: in the hub, or in an agent that stands beside the board and calls the hub. */
    via: Type.Optional(OneOf(['hub', 'agent'] as const, { default: 'hub' })),
    /** Networks (CIDR) that may hold the board, besides the public internet: `10.20.0.0/16`. */
    networks: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 49 }), { minItems: 1 })),
    /** Seconds between two polls of the board for new and changed posts. */
    pollEvery: Type.Optional(Type.Number({ minimum: 0.2, maximum: 86_400, default: 30 })),
    /** The largest number of calls at the same time. */
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 64, default: 4 })),
    /** Seconds after which the hub gives up a call. Its outcome is then unknown. */
    timeout: Type.Optional(Type.Number({ minimum: 0.1, maximum: 600, default: 15 })),
    /** Seconds after which the hub gives up a poll, which may read several pages. Absent: as `timeout`. */
    pollTimeout: Type.Optional(Type.Number({ minimum: 0.1, maximum: 600 })),
    /**
     * The rate limit: the most calls, evenly spaced, that all hub processes make together. Deliveries, questions and
     * polls count.
     */
    rate: Type.Optional(
      Type.Object(
        { calls: Type.Integer({ minimum: 1, maximum: 10_000 }), per: OneOf(['second', 'minute'] as const) },
        closed,
      ),
    ),
    /** When deliveries and polls wait. */
    maintenance: Type.Optional(Type.Array(MaintenanceWindow, { maxItems: 100 })),
    /**
     * The circuit breaker. After so many failures in a row the hub delivers nothing for `pause` seconds. Then it tries
     * one call. Each further failure doubles the pause, up to `longestPause`.
     */
    breaker: Type.Optional(
      Type.Object(
        {
          failures: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 5 })),
          pause: Type.Optional(Type.Number({ minimum: 0.1, maximum: 3600, default: 5 })),
          longestPause: Type.Optional(Type.Number({ minimum: 0.1, maximum: 86_400, default: 300 })),
        },
        closed,
      ),
    ),
    /**
     * Seconds, from the start of a call without a reply, in which the board may still do what was asked. Until then the
     * hub keeps asking and sends nothing again. Absent: five times `timeout`, at least 120.
     */
    settling: Type.Optional(Type.Number({ minimum: 0, maximum: 86_400 })),
    /** What the hub does after an unknown outcome if it cannot ask the board. Where repeats are harmless: resend. */
    onUnknown: Type.Optional(OneOf(['resend', 'park'] as const, { default: 'park' })),
    /** When the hub compares the board with what it should hold: HH:MM in the agency's time zone, or never. */
    reconcileAt: Type.Optional(
      Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|never)$', default: '03:00' }),
    ),
  },
  closed,
);
export type BoardConnection = Static<typeof BoardConnection>;

/**
 * An endpoint of an agency: a program beside its board or feed that is told of events as webhooks. Each has a delivery
 * of its own, so one that is down delays neither the board nor the others.
 */
export const WebhookEndpoint = Type.Object(
  {
    /** Names it within the agency, at the console and in commands. Under another name it is another endpoint. */
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,31}$' }),
    /** Address, secrets, kinds of event and format: the settings of adapters/webhook, which checks them. */
    settings: Type.Record(Type.String(), Type.Unknown()),
    networks: BoardConnection.properties.networks,
    concurrency: BoardConnection.properties.concurrency,
    timeout: BoardConnection.properties.timeout,
    breaker: BoardConnection.properties.breaker,
  },
  closed,
);
export type WebhookEndpoint = Static<typeof WebhookEndpoint>;

/** Limits for the files of this agency, where they differ from hub/attachments/limits.ts. */
const AttachmentLimits = Type.Object(
  {
    /** Bytes of one file. */
    maxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Files of one complaint, answer or follow-up. */
    maxCount: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
    /** Bytes of all files of one complaint, answer or follow-up. */
    maxTotalBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    /** File extensions in lower case, without the dot, out of hub/attachments/file-types.ts. */
    types: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z0-9]{1,10}$' }), { minItems: 1 })),
    /**
     * The most bytes of files that the agency has sent and nothing refers to yet. The next field limits their number.
     */
    maxUnnamedBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    maxUnnamedCount: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type AttachmentLimits = Static<typeof AttachmentLimits>;

/** Who may call the doors in the agency's name, and how much. */
const DoorRules = Type.Object(
  {
    /** Networks (CIDR) from which the agency's programs call. Absent: any. */
    networks: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 49 }), { minItems: 1 })),
    /** SHA-256 fingerprints (hex) of the agency's client certificates. If present, every call must show one of them. */
    certificates: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { minItems: 1 })),
    /** True: every request must be signed (RFC 9421). The SOAP door also accepts an X.509 signature. */
    signed: Type.Optional(Type.Boolean()),
    /** X.509 certificates (PEM) with which the agency signs SOAP messages. During a change there are two. */
    signers: Type.Optional(
      Type.Array(Type.String({ pattern: '^\\s*-----BEGIN CERTIFICATE-----', maxLength: 20_000 }), {
        minItems: 1,
        maxItems: 10,
      }),
    ),
    requestsPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 60_000 })),
    /** The largest number of requests at the same time. */
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 64 })),
    /** The most bytes of one request's body. The door's own limit still holds. */
    bodyBytes: Type.Optional(Type.Integer({ minimum: 1024, maximum: 1_073_741_824 })),
  },
  closed,
);

/** What an agency may choose about the statutory clock. */
const ClockChoices = Type.Object(
  {
    /** Its office hours, where they differ from 09:00 to 18:00 with lunch at noon (Enforcement Decree, article 8-3). */
    hours: Type.Optional(OfficeHours),
    /**
     * `intake`: the clock of the complaints that it takes in starts when its own board took them in, otherwise when they
     * were filed. `hub`: when the hub heard of them.
     */
    startsAt: Type.Optional(OneOf(['intake', 'hub'] as const, { default: 'intake' })),
  },
  closed,
);

/** How the answers of an agency's officers go out of the hub's own pages. */
const AnswerChoices = Type.Object(
  {
    /**
     * Answers, refusals and decisions on objections that a second person releases (결재), by the kind of complaint.
     * Those to other kinds are for the officer alone to send (전결). Absent: all of them. What comes by a board or a door
     * was decided there.
     */
    review: Type.Optional(
      Type.Object(
        {
          kinds: Type.Array(ComplaintKind, { minItems: 1, uniqueItems: true }),
          /** Logins of those who may release. Absent: any other officer of the agency. */
          reviewers: Type.Optional(
            Type.Array(Type.String({ minLength: 1, maxLength: 254 }), { minItems: 1, uniqueItems: true }),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);

/**
 * How far an agency is connected. `rehearsal`: its board is read, and nothing is written anywhere. `trial`: test
 * complaints go to this board and back, and nothing else does. `live`: everything goes.
 */
export const stages = ['rehearsal', 'trial', 'live'] as const;
export type Stage = (typeof stages)[number];
/**
 * Where reading goes on when an agency becomes live. `continue`: where it stopped when it was live before, otherwise
 * where the rehearsal stands. `rehearsal`: where the rehearsal stands. `beginning`: everything that the board holds.
 */
export const readingPlaces = ['continue', 'rehearsal', 'beginning'] as const;
export type ReadingPlace = (typeof readingPlaces)[number];

/** A second board of the agency, for samples only: the same kind, with other settings. */
const RehearsalTarget = Type.Object(
  {
    /**
     * What differs from `board.settings`, as a JSON Merge Patch (RFC 7396): objects are merged, null takes away. The
     * whole must pass the adapter's own schema. It must write into no place into which the board itself is written.
     */
    target: Type.Record(Type.String(), Type.Unknown(), { minProperties: 1 }),
  },
  closed,
);

/**
 * How long complaints are kept once they are completed. What people wrote is destroyed afterwards (개인정보 보호법, article 21);
 * a week before, people are told.
 */
const RetentionRule = Type.Object(
  {
    /** Absent: those of the kinds that no rule before it names. */
    kinds: Type.Optional(Type.Array(ComplaintKind, { minItems: 1, uniqueItems: true })),
    /** Whole years, from 1 January after the year of completion. */
    years: Type.Integer({ minimum: 1, maximum: 100 }),
    /** The agency's records schedule or the law that says so. */
    source: Type.String({ minLength: 1, maxLength: 300 }),
  },
  closed,
);

/**
 * Numbers that a law lets this agency keep (개인정보 보호법, article 24, paragraph 1, and article 24-2, paragraph 1). Every other one is
 * masked before anything is stored.
 */
const UniqueIdentifiers = Type.Object(
  {
    allow: Type.Array(
      Type.Object(
        {
          kind: OneOf(identifierKinds),
          /** The law with its article. A practice or a guideline is none. */
          law: Type.String({ maxLength: 300, pattern: '제\\s?[0-9]+조|[Aa]rticle [0-9]+' }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 20 },
    ),
  },
  closed,
);

/** An agency is data: one file in config/agencies, named after the agency's code. */
export const Agency = Type.Object(
  {
    code: AgencyCode,
    name: LocalName,
    /** IANA name of the time zone in which the hub reads the board's dates that have no offset. */
    timeZone: Type.Optional(Type.String({ default: 'Asia/Seoul' })),
    phone: Type.Optional(Type.String()),
    /** The people who are told of new complaints and near deadlines, and who own parked items. */
    officers: Type.Array(AgencyOfficer, { minItems: 1 }),
    /** Notices that the officers do not get, for example because their own board tells them. */
    officerNoticesOff: Type.Optional(Type.Array(OneOf(officerNotices), { minItems: 1, uniqueItems: true })),
    doors: Type.Optional(DoorRules),
    /** By what the statutory clock of its complaints runs. */
    clock: Type.Optional(ClockChoices),
    /** Its statutory complaints (법정민원), with period, documents and fee. */
    statutory: Type.Optional(Type.Array(StatutoryItem, { maxItems: 3000 })),
    answers: Type.Optional(AnswerChoices),
    /**
     * True: instead of having a board, the agency's own program fetches events at a door and acknowledges them (the
     * exchange feed).
     */
    feed: Type.Optional(Type.Boolean()),
    /**
     * True: what other agencies ask of this one (분담·협조) comes to its board or feed as a post of its own, with the number
     * of the complaint and of the part, and the answer there is the reply. Only where nobody but officers reads what the
     * hub writes on the board.
     */
    parts: Type.Optional(Type.Boolean()),
    /** Which items of the complainant its board, agent, feed, endpoints and programs get. */
    disclosure: Type.Optional(DisclosureChoices),
    /** What it may ask a complainant's consent for: one for each purpose. */
    consents: Type.Optional(Type.Array(ConsentRequest, { minItems: 1, maxItems: 3 })),
    /** Absent, and no feed: the agency works on the hub's own pages. */
    board: Type.Optional(BoardConnection),
    /**
     * Where a person may send the sample of the mapping workbench for real. Absent: nowhere. It concerns boards that the
     * hub itself reaches.
     */
    rehearsal: Type.Optional(RehearsalTarget),
    /** Programs that are told of events, beside a board, a feed, or neither. */
    webhooks: Type.Optional(Type.Array(WebhookEndpoint, { minItems: 1, maxItems: 20 })),
    /** How far the board is connected. */
    stage: Type.Optional(OneOf(stages, { default: 'live' })),
    /** Where reading the board goes on when `stage` becomes live. */
    readFrom: Type.Optional(OneOf(readingPlaces, { default: 'continue' })),
    attachments: Type.Optional(AttachmentLimits),
    /** How long its complaints are kept. The first rule that names a kind decides. Absent, or without a rule: for good. */
    retention: Type.Optional(Type.Array(RetentionRule, { minItems: 1, maxItems: 20 })),
    uniqueIdentifiers: Type.Optional(UniqueIdentifiers),
  },
  closed,
);
export type Agency = Static<typeof Agency>;
