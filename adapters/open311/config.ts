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
import { Auth } from '../kit/http/http-auth.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 200 });
const Codes = Type.Record(Type.String(), Type.String());
const PageSize = Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 });
const Days = Type.Integer({ minimum: 1, maximum: 3650, default: 90 });
const OverlapSeconds = Type.Number({ minimum: 1, maximum: 7_776_000, default: 60 });

/** What an attribute of a request may carry: fields of a complaint that GeoReport itself has no place for. */
const attributeFields = ['key', 'receiptNumber', 'title', 'kind', 'region', 'company', 'notifyBy'] as const;
export type AttributeField = (typeof attributeFields)[number];

const Requests = Type.Object(
  {
    /**
     * What the board's windows of time are about. `updated`: it takes `updated_after` and `updated_before`. `requested`:
     * only the `start_date` and `end_date` of the specification; `overlapSeconds` then says how far back each look goes.
     */
    by: OneOf(['updated', 'requested'] as const),
    /** Requests that one reply of this board can hold. A reply that is as long may have been cut, and is never trusted. */
    pageSize: Type.Optional(PageSize),
    /** It takes `page` and `page_size`: needed only where more requests than one reply holds share a second. */
    paging: Type.Optional(Type.Boolean()),
    /** The longest window that it answers (GeoReport v2, GET Service Requests: 90 days). */
    windowDays: Type.Optional(Days),
    /** Seconds that a request may become visible after its own time stamp. */
    overlapSeconds: Type.Optional(OverlapSeconds),
  },
  closed,
);

const Updates = Type.Object(
  {
    /** As for requests. */
    pageSize: Type.Optional(PageSize),
    overlapSeconds: Type.Optional(OverlapSeconds),
    /** How long after a request was made its updates are looked for, when a request is compared or read by itself. */
    historyDays: Type.Optional(Days),
    /** The field of multipart/form-data in which it takes a file. Absent: it takes none. */
    fileField: Type.Optional(Text),
  },
  closed,
);

export const Open311Settings = Type.Object(
  {
    /** Where `requests.json` lies; whatever stands behind it is joined plainly. */
    endpoint: Type.String({ format: 'uri', pattern: '^https?://' }),
    /** The ending of every address. The specification asks for XML; many servers speak JSON only. */
    format: OneOf(['json', 'xml'] as const),
    /** `jurisdiction_id` of every call. */
    jurisdiction: Type.Optional(Text),
    /** `api_key` of POSTs and of reading updates. */
    apiKey: Type.Optional(SecretReference),
    /** The key goes with reading requests too: boards that then tell who made them. */
    keyOnRequests: Type.Optional(Type.Boolean()),
    /** Of the web server before it, if it asks for something. */
    auth: Type.Optional(Auth),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** Bytes of the largest reply that is read. */
    maxReplyBytes: Type.Optional(
      Type.Integer({ minimum: 1024, maximum: 1_073_741_824, default: 10_485_760 }),
    ),
    /** Nothing is brought to this board. */
    readOnly: Type.Optional(Type.Boolean()),
    /** The first request that matters was made at or after this time. */
    from: Instant,
    requests: Requests,
    /** It has the update extension (`servicerequestupdates`). Absent: `status_notes` are its answer. */
    updates: Type.Optional(Updates),
    codes: Type.Object(
      {
        /** From the board's status, in lower case, to the hub's. */
        status: Codes,
        /** From service_code to category. */
        category: Codes,
        /** From `external_status_code` of an update to the hub's status, where the board is more exact in it. */
        externalStatus: Type.Optional(Codes),
        /** From the first word of the address to region. */
        region: Type.Optional(Codes),
      },
      closed,
    ),
    /** The board's status for a word that no code of `codes.status` means. */
    writeStatus: Type.Optional(
      Type.Object(
        Object.fromEntries(statuses.map((word) => [word, Type.Optional(Type.String())])) as Record<
          Status,
          ReturnType<typeof Type.Optional<ReturnType<typeof Type.String>>>
        >,
        closed,
      ),
    ),
    /** The service_code for a category without one. */
    otherService: Type.Optional(Text),
    /** What complaints from this board are, for the statutory period. */
    kind: OneOf(complaintKinds),
    /** Where a complaint without a region is said to be: a request needs a place. */
    place: Type.Optional(
      Type.Union([
        Type.Object({ lat: Type.Number(), long: Type.Number() }, closed),
        Type.Object({ address: Text }, closed),
      ]),
    ),
    /** From the code of an attribute of requests to what it carries. `key`: with it the board knows a repeated call. */
    attributes: Type.Optional(Type.Record(Type.String(), OneOf(attributeFields))),
    /** Characters of a description that the board takes. What is longer is refused, never cut. */
    descriptionLimit: Type.Optional(Type.Integer({ minimum: 100, maximum: 200_000 })),
    /** Requests that the hub makes may be shown to everybody. Absent: they are sent as `non_public`. */
    publishes: Type.Optional(Type.Boolean()),
    /** What the board is told of the complainant. */
    discloses: Type.Optional(Type.Array(OneOf(['name', 'email', 'phone'] as const))),
    /** Who is named where the board does not tell who made a request. */
    unnamed: Type.Optional(Type.String({ minLength: 1, maxLength: 100, default: '이름 미상' })),
    /** Named in the board's answers (Enforcement Decree, article 31): an update has no place for it. */
    officer: Type.Optional(Officer),
    /** Origins beside the endpoint's own from which its files are fetched, without credentials. */
    mediaOrigins: Type.Optional(Type.Array(Type.String({ pattern: '^https?://[^/]+$' }))),
    /** How often, and with what pause, a board that gave a token is asked for the number of the request. */
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

/** Everything that is wrong with the settings, in one list. */
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

/** How the board says a status; undefined: it cannot. */
export function statusCodeOf(
  { codes, writeStatus = {} }: Pick<Open311Settings, 'codes' | 'writeStatus'>,
  word: Status,
): string | undefined {
  const own = Object.entries(codes.status).find(([, meaning]) => meaning === word);
  return writeStatus[word] ?? own?.[0];
}
