import { type Static, Type } from 'typebox';
import {
  compile,
  complaintKinds,
  Instant,
  Officer,
  OneOf,
  type Problem,
  SecretReference,
  type Status,
  statuses,
  toReason,
} from '../../schemas/index.ts';
import { CertificateAuthority } from '../kit/http/certificate-authority.ts';
import { Auth } from '../kit/http/http-auth.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 200 });
const Codes = Type.Record(Type.String(), Type.String());
const PageSize = Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 });
const Days = Type.Integer({ minimum: 1, maximum: 3650, default: 90 });
const OverlapSeconds = Type.Number({ minimum: 1, maximum: 7_776_000, default: 60 });

/** Fields of a complaint that GeoReport has no place for. An attribute of a request can carry them. */
const attributeFields = ['key', 'receiptNumber', 'title', 'kind', 'region', 'company', 'notifyBy'] as const;
export type AttributeField = (typeof attributeFields)[number];

const Requests = Type.Object(
  {
    /**
     * What the board's time windows refer to. `updated`: the board accepts `updated_after` and `updated_before`.
     * `requested`: it accepts only the specification's `start_date` and `end_date`. Then `overlapSeconds` says how far
     * back each poll goes.
     */
    by: OneOf(['updated', 'requested'] as const),
    /** The most requests in one reply of this board. A reply with that many may be truncated and is never trusted. */
    pageSize: Type.Optional(PageSize),
    /**
     * True: the board accepts `page` and `page_size`. This is needed only if more requests share one second than fit in
     * one reply.
     */
    paging: Type.Optional(Type.Boolean()),
    /** The longest window that the board answers (GeoReport v2, GET Service Requests: 90 days). */
    windowDays: Type.Optional(Days),
    /** The longest delay, in seconds, between a request's time stamp and its becoming visible. */
    overlapSeconds: Type.Optional(OverlapSeconds),
  },
  closed,
);

const Updates = Type.Object(
  {
    /** The same as for requests. */
    pageSize: Type.Optional(PageSize),
    overlapSeconds: Type.Optional(OverlapSeconds),
    /** How long after a request its updates are searched, when one request is compared or read alone. */
    historyDays: Type.Optional(Days),
    /** The multipart/form-data field that takes a file. Absent: the board takes no files. */
    fileField: Type.Optional(Text),
  },
  closed,
);

export const Open311Settings = Type.Object(
  {
    /** The base address of `requests.json`. Paths are simply appended to it. */
    endpoint: Type.String({ format: 'uri', pattern: '^https?://' }),
    /** The suffix of every address. The specification demands XML, but many servers offer only JSON. */
    format: OneOf(['json', 'xml'] as const),
    /** The `jurisdiction_id` of every call. */
    jurisdiction: Type.Optional(Text),
    /** The `api_key` for POSTs and for reading updates. */
    apiKey: Type.Optional(SecretReference),
    /** True: the key is also sent when requests are read, for boards that then tell who made them. */
    keyOnRequests: Type.Optional(Type.Boolean()),
    /** Credentials of the web server in front, if it asks for them. */
    auth: Type.Optional(Auth),
    /** Trusted besides the authorities that Node trusts. */
    ca: CertificateAuthority,
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** The largest reply that is read, in bytes. */
    maxReplyBytes: Type.Optional(
      Type.Integer({ minimum: 1024, maximum: 1_073_741_824, default: 10_485_760 }),
    ),
    /** True: nothing is delivered to this board. */
    readOnly: Type.Optional(Type.Boolean()),
    /** Requests that were made before this time are ignored. */
    from: Instant,
    requests: Requests,
    /** The board has the update extension (`servicerequestupdates`). Absent: `status_notes` are its answers. */
    updates: Type.Optional(Updates),
    codes: Type.Object(
      {
        /** From the board's status, in lower case, to the hub's status. */
        status: Codes,
        /** From service_code to category. */
        category: Codes,
        /** From an update's `external_status_code` to the hub's status, if the board is more precise there. */
        externalStatus: Type.Optional(Codes),
        /** From the first word of the address to the region. */
        region: Type.Optional(Codes),
      },
      closed,
    ),
    /** The board's status for a hub's status to which no code in `codes.status` maps. */
    writeStatus: Type.Optional(
      Type.Object(
        Object.fromEntries(statuses.map((word) => [word, Type.Optional(Type.String())])) as Record<
          Status,
          ReturnType<typeof Type.Optional<ReturnType<typeof Type.String>>>
        >,
        closed,
      ),
    ),
    /** The service_code for a category that has none. */
    otherService: Type.Optional(Text),
    /** The kind of all complaints from this board. It decides the statutory period. */
    kind: OneOf(complaintKinds),
    /** The place of a complaint without a region, because a request needs a place. */
    place: Type.Optional(
      Type.Union([
        Type.Object({ lat: Type.Number(), long: Type.Number() }, closed),
        Type.Object({ address: Text }, closed),
      ]),
    ),
    /** From an attribute's code to the field that it carries. With `key` the board recognises a repeated call. */
    attributes: Type.Optional(Type.Record(Type.String(), OneOf(attributeFields))),
    /** The most characters of a description that the board accepts. A longer one is refused, never cut. */
    descriptionLimit: Type.Optional(Type.Integer({ minimum: 100, maximum: 200_000 })),
    /** True: the board may publish requests from the hub. Absent: they are sent as `non_public`. */
    publishes: Type.Optional(Type.Boolean()),
    /** The complainant's data that the board gets. */
    discloses: Type.Optional(Type.Array(OneOf(['name', 'email', 'phone'] as const))),
    /** The name that is used if the board does not tell who made a request. */
    unnamed: Type.Optional(Type.String({ minLength: 1, maxLength: 100, default: '이름 미상' })),
    /**
     * The officer to name in the board's answers (Enforcement Decree, article 31), because an update has no field for
     * one.
     */
    officer: Type.Optional(Officer),
    /** Further origins, besides the endpoint's, from which files are fetched without credentials. */
    mediaOrigins: Type.Optional(Type.Array(Type.String({ pattern: '^https?://[^/]+$' }))),
    /** How often, and with what pause, the hub asks for the request's number after the board gave a token. */
    tokens: Type.Optional(
      Type.Object(
        {
          tries: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5 })),
          pauseSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 2 })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Open311Settings = Static<typeof Open311Settings>;

const checkShape = compile(Open311Settings);

/** Lists everything that is wrong with the settings. */
export function checkOpen311Settings(given: unknown): Problem[] {
  const shape = checkShape(given);
  if (!shape.ok) return shape.problems;
  const settings = shape.value;
  const { status, externalStatus = {} } = settings.codes;
  return [
    ...checkCodeTables({ status }),
    ...checkCodeTables({ status: externalStatus }).map(({ pointer, reason }) => ({
      pointer: pointer.replace('/status/', '/externalStatus/'),
      reason,
    })),
    ...Object.keys(status)
      .filter((code) => code !== code.toLowerCase())
      .map((code) => ({ pointer: `/codes/status/${code}`, reason: toReason('code_lower_case') })),
    ...(settings.readOnly ? [] : checkWriting(settings)),
  ];
}

function checkWriting(settings: Open311Settings): Problem[] {
  const { updates, writeStatus = {}, codes } = settings;
  const needed: Status[] = updates ? ['assigned', 'in_progress', 'answered'] : [];
  return [
    ...needed
      .filter((word) => statusCodeOf(settings, word) === undefined)
      .map((word) => ({
        pointer: '/codes/status',
        reason: toReason('code_needed', { word }),
      })),
    ...Object.entries(writeStatus)
      .filter(([, code]) => !Object.hasOwn(codes.status, code))
      .map(([word, code]) => ({
        pointer: `/writeStatus/${word}`,
        reason: toReason('code_not_listed', { code }),
      })),
  ];
}

/** The board's code for a status. Undefined: it has none. */
export function statusCodeOf(
  { codes, writeStatus = {} }: Pick<Open311Settings, 'codes' | 'writeStatus'>,
  word: Status,
): string | undefined {
  const own = Object.entries(codes.status).find(([, meaning]) => meaning === word);
  return writeStatus[word] ?? own?.[0];
}
