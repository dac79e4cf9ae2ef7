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

/** How the hub speaks with an agency's board. */
export const BoardConnection = Type.Object(
  {
    /** Kind of board: the name of an adapter in adapters/registry.ts. */
    adapter: Type.String({ minLength: 1 }),
    /** Judged by the adapter's own schema. */
    settings: Type.Record(Type.String(), Type.Unknown()),
    /** Seconds between two looks at the board for new and changed posts. */
    pollEvery: Type.Optional(Type.Number({ minimum: 0.2, maximum: 86_400, default: 30 })),
    /** Calls under way at once. */
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 64, default: 4 })),
    /** Seconds after which a call is given up; its outcome is then unknown. */
    timeout: Type.Optional(Type.Number({ minimum: 0.1, maximum: 600, default: 15 })),
    /** What to do after an unknown outcome where the board cannot be asked. */
    onUnknown: Type.Optional(OneOf(['resend', 'park'] as const, { default: 'park' })),
    /** When the board is compared with what it should hold: HH:MM in the agency's time zone, or never. */
    reconcileAt: Type.Optional(
      Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|never)$', default: '03:00' }),
    ),
  },
  closed,
);
export type BoardConnection = Static<typeof BoardConnection>;

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
    /** Absent: the agency has no board and works on the hub's own screens. */
    board: Type.Optional(BoardConnection),
  },
  closed,
);
export type Agency = Static<typeof Agency>;
