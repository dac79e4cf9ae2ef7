import { type Static, Type } from 'typebox';
import { AgencyCode, Channel, Language, OneOf } from './vocabulary.ts';

const closed = { additionalProperties: false } as const;

/** A name in Korean and, where there is one, in English. */
const LocalName = Type.Object(
  { ko: Type.String({ minLength: 1 }), en: Type.Optional(Type.String({ minLength: 1 })) },
  closed,
);

/** `env:NAME` or `file:PATH`: where a secret stands. The secret itself is never in the configuration. */
export const SecretReference = Type.String({ pattern: '^(env:[A-Z][A-Z0-9_]*|file:.+)$' });

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

const TimeOfDay = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' });
const hours = {
  /** Wall-clock time in the agency's zone; absent: 00:00. */
  from: Type.Optional(TimeOfDay),
  /** Not included; at or before `from`: on the next day. Absent: 24:00. */
  to: Type.Optional(TimeOfDay),
};
/** When a board must be left alone: on days of every week, or on one date. */
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

/** How the hub speaks with an agency's board. Defaults: adapters/relay/policy.ts. */
export const BoardConnection = Type.Object(
  {
    /** Kind of board: the name of an adapter in adapters/registry.ts. */
    adapter: Type.String({ minLength: 1 }),
    /** Judged by the adapter's own schema. */
    settings: Type.Record(Type.String(), Type.Unknown()),
    /** Where the adapter runs: in the hub, or in an agent beside the board, which calls the hub. */
    via: Type.Optional(OneOf(['hub', 'agent'] as const, { default: 'hub' })),
    /** Networks (CIDR) in which the board may be, besides the public internet: `10.20.0.0/16`. */
    networks: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 49 }), { minItems: 1 })),
    /** Seconds between two looks at the board for new and changed posts. */
    pollEvery: Type.Optional(Type.Number({ minimum: 0.2, maximum: 86_400, default: 30 })),
    /** Calls under way at once. */
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 64, default: 4 })),
    /** Seconds after which a call is given up; its outcome is then unknown. */
    timeout: Type.Optional(Type.Number({ minimum: 0.1, maximum: 600, default: 15 })),
    /** Seconds after which a look at the board, of several pages perhaps, is given up; absent: as `timeout`. */
    pollTimeout: Type.Optional(Type.Number({ minimum: 0.1, maximum: 600 })),
    /** Calls at the most, evenly spaced, of all hub processes together: deliveries, questions, looks at the board. */
    rate: Type.Optional(
      Type.Object(
        { calls: Type.Integer({ minimum: 1, maximum: 10_000 }), per: OneOf(['second', 'minute'] as const) },
        closed,
      ),
    ),
    /** When deliveries and looks wait. */
    maintenance: Type.Optional(Type.Array(MaintenanceWindow, { maxItems: 100 })),
    /**
     * After so many failures in a row nothing is delivered for `pause` seconds; then one call tries, and each further
     * failure doubles the pause up to `longestPause`.
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
    /** What to do after an unknown outcome where the board cannot be asked. Where repeats are harmless: resend. */
    onUnknown: Type.Optional(OneOf(['resend', 'park'] as const, { default: 'park' })),
    /** When the board is compared with what it should hold: HH:MM in the agency's time zone, or never. */
    reconcileAt: Type.Optional(
      Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|never)$', default: '03:00' }),
    ),
  },
  closed,
);
export type BoardConnection = Static<typeof BoardConnection>;

/** What this agency may send along, where it differs from hub/attachments/limits.ts. */
const AttachmentLimits = Type.Object(
  {
    /** Bytes of one file. */
    maxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Files of one complaint, answer or follow-up. */
    maxCount: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
    /** Bytes of all files of one complaint, answer or follow-up. */
    maxTotalBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Extensions in lower case, without the dot; those of hub/attachments/file-types.ts. */
    types: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z0-9]{1,10}$' }), { minItems: 1 })),
    /** Bytes, and number, of the files that it sent and that nothing refers to yet. */
    maxUnnamedBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    maxUnnamedCount: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type AttachmentLimits = Static<typeof AttachmentLimits>;

/** Who may come in at the doors in the agency's name, and how much. */
const DoorRules = Type.Object(
  {
    /** Networks from which its programs call, as CIDR; absent: from anywhere. */
    networks: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 49 }), { minItems: 1 })),
    /** SHA-256 fingerprints (hex) of its client certificates; given: every call must show one of them. */
    certificates: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { minItems: 1 })),
    /** True: every request must be signed (RFC 9421; at the SOAP door, X.509 does as well). */
    signed: Type.Optional(Type.Boolean()),
    /** X.509 certificates (PEM) with which it signs SOAP messages. Two overlap at a change. */
    signers: Type.Optional(
      Type.Array(Type.String({ pattern: '^\\s*-----BEGIN CERTIFICATE-----', maxLength: 20_000 }), {
        minItems: 1,
        maxItems: 10,
      }),
    ),
    requestsPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 60_000 })),
    /** Requests under way at once. */
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 64 })),
    /** Bytes of one request's body; never more than what the door itself takes. */
    bodyBytes: Type.Optional(Type.Integer({ minimum: 1024, maximum: 1_073_741_824 })),
  },
  closed,
);

/** An agency is data: one file below config/agencies, named after its code. */
export const Agency = Type.Object(
  {
    code: AgencyCode,
    name: LocalName,
    /** IANA name; dates of its board that carry no offset are read in it. */
    timeZone: Type.Optional(Type.String({ default: 'Asia/Seoul' })),
    phone: Type.Optional(Type.String()),
    /** Who is told of new complaints and nearing deadlines, and who owns what is parked. */
    officers: Type.Array(AgencyOfficer, { minItems: 1 }),
    doors: Type.Optional(DoorRules),
    /**
     * True: the agency's own program fetches what its copies lack at a door and acknowledges it (the exchange feed).
     * Instead of a board.
     */
    feed: Type.Optional(Type.Boolean()),
    /** Absent, and no feed: the agency works on the hub's own screens. */
    board: Type.Optional(BoardConnection),
    attachments: Type.Optional(AttachmentLimits),
  },
  closed,
);
export type Agency = Static<typeof Agency>;
