import { type Static, Type } from 'typebox';
import {
  compile,
  type EventType,
  eventTypes,
  OneOf,
  type Problem,
  SecretReference,
} from '../../schemas/index.ts';
import { Auth } from '../kit/http/http-auth.ts';
import {
  checkExpressions,
  checkRegistered,
  type Located,
  listTexts,
} from '../kit/mapping/check-expressions.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';
import { charsets } from '../kit/text/charset.ts';

const closed = { additionalProperties: false } as const;

/** A JSONata expression; see adapters/kit/mapping/mapping.ts for the functions it may call. */
const Expression = Type.String({ minLength: 1, maxLength: 20_000 });
/** Name of an operation in the WSDL. */
const OperationName = Type.String({ minLength: 1, maxLength: 200 });
const Url = Type.String({ format: 'uri', pattern: '^https?://' });

/** WS-Security UsernameToken (OASIS profile 1.0). `digest`: the password itself never travels. */
const WsSecurity = Type.Object(
  {
    kind: Type.Literal('wsSecurity'),
    user: Type.String({ minLength: 1 }),
    password: SecretReference,
    passwordType: OneOf(['digest', 'text'] as const),
    /** Also send a wsu:Timestamp, which some services demand. */
    timestamp: Type.Optional(Type.Boolean({ default: false })),
  },
  closed,
);

/** What a fault says about the message that met it. */
const faultMeanings = ['retry', 'refused', 'unknown'] as const;

/** Where a service's schema and what it accepts differ. */
const Namespaces = Type.Object(
  {
    /** Prefixes that are left out of the request. */
    ignored: Type.Optional(Type.Array(Type.String())),
    /** Prefix of the request's first element, in place of the WSDL's. */
    root: Type.Optional(Type.String()),
    /** Prefix of the envelope; `soap` without it. */
    envelopePrefix: Type.Optional(Type.String({ pattern: '^[A-Za-z][\\w-]*$' })),
  },
  closed,
);

const Pull = Type.Object(
  {
    operation: OperationName,
    /** Over {since, page, size}: the request. `since` is an instant, absent the first time. */
    request: Expression,
    /** Over the reply: the posts, those that changed first before the others. */
    items: Expression,
    /** Over one post. */
    externalId: Expression,
    /** Over one post: the instant of its last change. It must move with every change, answers included. */
    updatedAt: Expression,
    /** Over one post: a mark that changes with it. Absent: a hash of the post. */
    version: Type.Optional(Expression),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    /** Seconds that a post may become visible after its own time stamp. */
    overlapSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 86_400, default: 60 })),
  },
  closed,
);

const Push = Type.Object(
  {
    operation: OperationName,
    /** Over the change (adapters/contract.ts), its `key`, `receiptNumber` and `externalId`: the request. */
    request: Expression,
    /** Over the reply: what the board calls the post. Needed where the board gets to know it by this. */
    externalId: Type.Optional(Expression),
    /** Over the reply: what the board calls the part. */
    partId: Type.Optional(Expression),
  },
  closed,
);
export type PushSettings = Static<typeof Push>;

const Find = Type.Object(
  {
    operation: OperationName,
    /** Over the change, its `key`, `receiptNumber` and `externalId`: the request. */
    request: Expression,
    /** Over {reply, change, key}: {externalId, partId?}, or nothing when the board does not hold it. */
    ref: Expression,
  },
  closed,
);

const Fingerprints = Type.Object(
  {
    operation: OperationName,
    /** Over {since, after, page, size}: the request. `after` is the id of the last post of the page before. */
    request: Expression,
    /** Over the reply: what the board holds, in an order that does not change. */
    items: Expression,
    /** Over one item. */
    externalId: Expression,
    /** Over one item: as much of the canonical post as it tells; answers and followUps may be numbers. */
    post: Expression,
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  closed,
);

const Read = Type.Object(
  {
    operation: OperationName,
    /** Over {externalId}: the request. */
    request: Expression,
    /** Over the reply: the post as `pull.items` gives it, or nothing when the board does not hold it. */
    item: Expression,
    /** Over an error that the board tells (its text): true when it means that there is no such post. */
    absentWhen: Type.Optional(Expression),
  },
  closed,
);

/** Files: read from the addresses that the board's posts name, brought by an operation that takes base64Binary. */
const Attachments = Type.Object(
  {
    /** Posts name their files with a `url` on the service's own host. */
    fetch: Type.Optional(Type.Object({ by: Type.Literal('url') }, closed)),
    push: Type.Optional(
      Type.Object(
        {
          operation: OperationName,
          /**
           * Over the change, with `attachment` {id, name, mediaType, size, sha256} and `partId` (the answer or
           * follow-up): the request. `content` stands for the file in base64, in the place of one element.
           */
          request: Expression,
          /** Over the reply: what the board calls the file. */
          partId: Type.Optional(Expression),
        },
        closed,
      ),
    ),
    find: Type.Optional(Find),
  },
  closed,
);

export const SoapSettings = Type.Object(
  {
    /** URL, path of a file, or the document itself. Read once, at the first call. */
    wsdl: Type.String({ minLength: 1 }),
    /** Address of the service, where the WSDL names another. */
    endpoint: Type.Optional(Url),
    soapVersion: Type.Optional(OneOf(['1.1', '1.2'] as const, { default: '1.1' })),
    /** SOAPAction by operation, where the WSDL names another; '' for an empty one. */
    soapActions: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** In which requests are written, and replies read that do not say theirs. */
    charset: Type.Optional(OneOf(charsets, { default: 'utf-8' })),
    auth: Type.Union([...Auth.anyOf, WsSecurity]),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    namespaces: Type.Optional(Namespaces),
    /** Elements of replies that may repeat: arrays for the expressions, also when there is one. */
    lists: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /** Bytes; a larger reply counts as malformed. */
    maxReplyBytes: Type.Optional(Type.Integer({ minimum: 1000 })),
    /**
     * Over a reply: a text (or true) when it is an error all the same; {"retry": text} when the board only
     * asks to come back.
     */
    errorWhen: Type.Optional(Expression),
    /** By fault code without prefix. Others: Client and Sender refused, Server and Receiver unknown. */
    faultsMean: Type.Optional(Type.Record(Type.String(), OneOf(faultMeanings))),
    /** By table: from the board's code to the hub's word. */
    codes: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    ),
    pull: Type.Optional(Pull),
    /** Over one post of the board: the canonical post (schemas/post.ts). */
    normalise: Expression,
    push: Type.Optional(
      Type.Object(
        Object.fromEntries(eventTypes.map((type) => [type, Type.Optional(Push)])) as Record<
          EventType,
          ReturnType<typeof Type.Optional<typeof Push>>
        >,
        closed,
      ),
    ),
    find: Type.Optional(Find),
    /** What the board holds, for reconciliation; absent: everything is read by `pull`. */
    fingerprints: Type.Optional(Fingerprints),
    /** One post by its id; absent: what is missing comes in by reading the board from its beginning. */
    read: Type.Optional(Read),
    attachments: Type.Optional(Attachments),
  },
  closed,
);
export type SoapSettings = Static<typeof SoapSettings>;

const checkShape = compile(SoapSettings);

/** Everything that is wrong with the settings, in one list. */
export function checkSoapSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  if (!shape.ok) return shape.problems;
  const settings = shape.value;
  return [
    ...checkCodeTables(settings.codes ?? {}),
    ...checkExpressions(listExpressions(settings), settings.codes),
    ...checkRegistered(settings.push),
  ];
}

function listExpressions(settings: SoapSettings): Located[] {
  const { pull, push = {}, find, fingerprints, read, attachments = {}, normalise, errorWhen } = settings;
  const groups: [string, object][] = [
    ['', { normalise, errorWhen }],
    ['/pull', pull ?? {}],
    ['/find', find ?? {}],
    ['/fingerprints', fingerprints ?? {}],
    ['/read', read ?? {}],
    ['/attachments/push', attachments.push ?? {}],
    ['/attachments/find', attachments.find ?? {}],
    ...Object.entries(push).map(([type, fields]): [string, object] => [`/push/${type}`, fields]),
  ];
  return listTexts(groups, ['operation']);
}
