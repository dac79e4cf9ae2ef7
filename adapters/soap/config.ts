import { type Static, Type } from 'typebox';
import { compile, OneOf, type Problem, SecretReference } from '../../schemas/index.ts';
import { CertificateAuthority } from '../kit/http/certificate-authority.ts';
import { Auth } from '../kit/http/http-auth.ts';
import { checkReceived, Received } from '../kit/mapped/mapped-delivery.ts';
import {
  Authors,
  Charset,
  Codes,
  checkMapped,
  closed,
  ErrorWhen,
  Expression,
  Headers,
  HttpUrl,
  listExpressions,
  listOverChange,
  Secrets,
  toFind,
  toFingerprints,
  toPull,
  toPush,
  toPushes,
} from '../kit/mapped/mapped-settings.ts';
import { checkChangeNames } from '../kit/mapping/check-change-names.ts';
import {
  checkExpressions,
  checkNormalise,
  checkRegistered,
  type Located,
} from '../kit/mapping/check-expressions.ts';
import { checkHeaders, findLiteralSecrets } from '../kit/mapping/check-literals.ts';
import { checkMisshapen } from '../kit/mapping/check-misshapen.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';

/** The name of an operation in the WSDL. */
const OperationName = Type.String({ minLength: 1, maxLength: 200 });

/** WS-Security UsernameToken (OASIS profile 1.0). With `digest` the password itself is never sent. */
const WsSecurity = Type.Object(
  {
    kind: Type.Literal('wsSecurity'),
    user: Type.String({ minLength: 1 }),
    password: SecretReference,
    passwordType: OneOf(['digest', 'text'] as const),
    /** True: also sends a wsu:Timestamp, which some services demand. */
    timestamp: Type.Optional(Type.Boolean({ default: false })),
  },
  closed,
);

/** What a fault means for the request that caused it. */
const faultMeanings = ['retry', 'refused', 'unknown'] as const;

/** Where the service accepts something else than its schema says. */
const Namespaces = Type.Object(
  {
    /** Prefixes that are omitted in the request. */
    ignored: Type.Optional(Type.Array(Type.String())),
    /** The prefix of the request's first element, instead of the WSDL's. */
    root: Type.Optional(Type.String()),
    /** The prefix of the envelope. Absent: `soap`. */
    envelopePrefix: Type.Optional(Type.String({ pattern: '^[A-Za-z][\\w-]*$' })),
  },
  closed,
);

/** How an operation is called. The expression returns its request. */
const question = { operation: OperationName, request: Expression };

const Pull = toPull(question, {
  ...question,
  /** Reads the text of an error of the board. Returns true if it means that there is nothing. */
  absentWhen: Type.Optional(Expression),
});
export type FurtherSettings = NonNullable<Static<typeof Pull>['detail']>[number];
const Push = toPush(question);
export type PushSettings = Static<typeof Push>;
const Find = toFind(question);
const Fingerprints = toFingerprints(question);

const Read = Type.Object(
  {
    operation: OperationName,
    /** Reads {externalId}. Returns the request. */
    request: Expression,
    /** Reads the reply. Returns the post as `pull.items` does, or nothing if the board does not hold it. */
    item: Expression,
    /** Reads the text of an error of the board. Returns true if it means that there is no such post. */
    absentWhen: Type.Optional(Expression),
  },
  closed,
);

/** Posts name their files by a `url` on the service's own host. */
const FetchByUrl = Type.Object({ by: Type.Literal('url') }, closed);

/** An operation gives out the file: in base64, or beside its reply (MTOM), which is read as it comes. */
const FetchByOperation = Type.Object(
  {
    by: Type.Literal('operation'),
    operation: OperationName,
    /** Reads {attachment, externalId, partId}: the reference as the post gave it, and the post. Returns the request. */
    request: Expression,
    /** Reads the reply. Returns the text of the element that holds the file. */
    content: Expression,
  },
  closed,
);

/** Files: read from addresses or by an operation, delivered by an operation that takes base64Binary. */
const Attachments = Type.Object(
  {
    fetch: Type.Optional(Type.Union([FetchByUrl, FetchByOperation])),
    push: Type.Optional(
      Type.Object(
        {
          operation: OperationName,
          /**
           * Reads the change with `attachment` {id, name, mediaType, size, sha256} and `partId` (the answer or
           * follow-up). Returns the request. `content` is replaced by the file, in one element.
           */
          request: Expression,
          /** True: the file stands beside the envelope (MTOM). Otherwise it is written into it in base64. */
          mtom: Type.Optional(Type.Boolean({ default: false })),
          /** Reads the reply. Returns the board's id of the file. */
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
    /** A URL, the path of a file, or the document itself. It is read once, at the first call. */
    wsdl: Type.String({ minLength: 1 }),
    /** The service's address, if it differs from the WSDL's. */
    endpoint: Type.Optional(HttpUrl),
    soapVersion: Type.Optional(OneOf(['1.1', '1.2'] as const, { default: '1.1' })),
    /** The SOAPAction of an operation, if it differs from the WSDL's. '' means an empty one. */
    soapActions: Type.Optional(Type.Record(Type.String(), Type.String())),
    /**
     * The charset of requests, and of replies that name none. In `euc-kr`, characters that KS X 1001 lacks are written
     * as references. `cp949` writes CP949 bytes, and refuses what CP949 lacks, as `ks_x_1001` refuses what KS X 1001
     * lacks.
     */
    charset: Charset,
    auth: Type.Union([...Auth.anyOf, WsSecurity]),
    /** Trusted besides the authorities that Node trusts. */
    ca: CertificateAuthority,
    headers: Headers,
    secrets: Secrets,
    namespaces: Type.Optional(Namespaces),
    /** Elements of replies that may repeat. Expressions see them as arrays, even if there is only one. */
    lists: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /** Bytes. A larger reply counts as malformed. */
    maxReplyBytes: Type.Optional(Type.Integer({ minimum: 1000 })),
    errorWhen: ErrorWhen,
    /**
     * The meaning of a fault by its code without prefix. Defaults: Client and Sender refused, Server and Receiver
     * unknown.
     */
    faultsMean: Type.Optional(Type.Record(Type.String(), OneOf(faultMeanings))),
    codes: Codes,
    pull: Type.Optional(Pull),
    /** Posts that the board sends to the hub by itself: POST /api/v1/boards/<code>/posts. */
    received: Type.Optional(Received),
    authors: Type.Optional(Authors),
    /** Reads one post of the board. Returns the canonical post (schemas/post.ts). Needed where posts are read. */
    normalise: Type.Optional(Expression),
    push: toPushes(Push),
    find: Type.Optional(Find),
    /** Lists what the board holds, for reconciliation. Absent: `pull` reads everything instead. */
    fingerprints: Type.Optional(Fingerprints),
    /** Reads one post by its id. Absent: a missing post is found by reading the board from its beginning. */
    read: Type.Optional(Read),
    attachments: Type.Optional(Attachments),
  },
  closed,
);
export type SoapSettings = Static<typeof SoapSettings>;

const checkShape = compile(SoapSettings);

/** Lists everything that is wrong with the settings. */
export function checkSoapSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  if (!shape.ok) return checkMisshapen(given, checkShape, checkAllExpressions);
  const settings = shape.value;
  const secrets = Object.keys(settings.secrets ?? {});
  const { endpoint, headers = {} } = settings;
  return [
    ...checkCodeTables(settings.codes ?? {}),
    ...checkAllExpressions(settings),
    ...checkChangeNames(listOverChange(settings, ['request'])),
    ...checkRegistered(settings.push),
    ...checkMapped(settings),
    ...checkNormalise(settings),
    ...checkReceived(settings),
    ...findLiteralSecrets({
      addresses: [['/wsdl', settings.wsdl], ...(endpoint ? [['/endpoint', endpoint] satisfies Located] : [])],
      headers,
      requests: listAllExpressions(settings).filter(([pointer]) => isRequest(pointer)),
    }),
    ...checkHeaders(headers, secrets),
  ];
}

const listAllExpressions = (settings: SoapSettings) => listExpressions(settings, ['operation', 'by']);
const isRequest = (pointer: string) => pointer.endsWith('/request');

function checkAllExpressions(settings: SoapSettings): Problem[] {
  const secrets = Object.keys(settings.secrets ?? {});
  return checkExpressions(listAllExpressions(settings), settings.codes, (at) =>
    isRequest(at) ? secrets : undefined,
  );
}
