import { type Static, Type } from 'typebox';
import { compile, OneOf, type Problem, SecretReference } from '../../schemas/index.ts';
import { Auth } from '../kit/http/http-auth.ts';
import {
  Charset,
  Codes,
  closed,
  ErrorWhen,
  Expression,
  Headers,
  HttpUrl,
  listExpressions,
  toFind,
  toFingerprints,
  toPull,
  toPush,
  toPushes,
} from '../kit/mapped/mapped-settings.ts';
import { checkExpressions, checkRegistered } from '../kit/mapping/check-expressions.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';

/** Name of an operation in the WSDL. */
const OperationName = Type.String({ minLength: 1, maxLength: 200 });

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

/** How an operation is called: the expression gives its request. */
const question = { operation: OperationName, request: Expression };

const Pull = toPull(question);
const Push = toPush(question);
export type PushSettings = Static<typeof Push>;
const Find = toFind(question);
const Fingerprints = toFingerprints(question);

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
    endpoint: Type.Optional(HttpUrl),
    soapVersion: Type.Optional(OneOf(['1.1', '1.2'] as const, { default: '1.1' })),
    /** SOAPAction by operation, where the WSDL names another; '' for an empty one. */
    soapActions: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** In which requests are written, and replies read that do not say theirs. */
    charset: Charset,
    auth: Type.Union([...Auth.anyOf, WsSecurity]),
    headers: Headers,
    namespaces: Type.Optional(Namespaces),
    /** Elements of replies that may repeat: arrays for the expressions, also when there is one. */
    lists: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /** Bytes; a larger reply counts as malformed. */
    maxReplyBytes: Type.Optional(Type.Integer({ minimum: 1000 })),
    errorWhen: ErrorWhen,
    /** By fault code without prefix. Others: Client and Sender refused, Server and Receiver unknown. */
    faultsMean: Type.Optional(Type.Record(Type.String(), OneOf(faultMeanings))),
    codes: Codes,
    pull: Type.Optional(Pull),
    /** Over one post of the board: the canonical post (schemas/post.ts). */
    normalise: Expression,
    push: toPushes(Push),
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
    ...checkExpressions(listExpressions(settings, ['operation']), settings.codes),
    ...checkRegistered(settings.push),
  ];
}
