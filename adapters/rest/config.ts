import { type Static, Type } from 'typebox';
import { compile, OneOf, type Problem, toReason } from '../../schemas/index.ts';
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
  listFurtherCalls,
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

/** The placeholders of a path. */
const placeholders = ['externalId', 'receiptNumber', 'key'];
const detailPlaceholders = ['externalId', 'each'];
const filePlaceholders = ['externalId', 'fileId', 'partId'];

/** Appended to the endpoint. `{externalId}`, `{receiptNumber}` and `{key}` are replaced by percent-encoded values. */
const Path = Type.String({ maxLength: 2000 });

/** `query` returns the query parameters. In `pageDetail` and `detail` the path may contain `{each}` too. */
const Pull = toPull({ path: Path, query: Expression }, { path: Path, query: Type.Optional(Expression) });
export type FurtherSettings = NonNullable<Static<typeof Pull>['detail']>[number];

/** `body` reads the change (adapters/contract.ts) and its `key`. It returns the JSON to send. */
const Push = toPush({
  method: OneOf(['POST', 'PUT', 'PATCH', 'DELETE'] as const),
  path: Path,
  body: Type.Optional(Expression),
});
export type PushSettings = Static<typeof Push>;

const Find = toFind({ path: Path, query: Type.Optional(Expression) });

const Fingerprints = toFingerprints({ path: Path, query: Expression });

const Read = Type.Object(
  {
    /** May contain `{externalId}`. A 404 means that the board has no such post. */
    path: Path,
    /** Reads the reply. Returns the post as `pull.items` does. */
    item: Expression,
  },
  closed,
);

/** Files: how their content is read from the board and delivered to it. */
const Attachments = Type.Object(
  {
    fetch: Type.Optional(
      Type.Object(
        {
          /**
           * May contain `{externalId}`, `{fileId}` (the reference's id) and `{partId}`. Absent: the reference's `url`.
           */
          path: Type.Optional(Path),
          /** Reads {externalId, fileId, partId, attachment}. Returns the query parameters. Only with `path`. */
          query: Type.Optional(Expression),
          /**
           * Reads {reply} and the same. Returns the content in base64. Absent: the reply itself is the content. Only
           * with `path`.
           */
          content: Type.Optional(Expression),
        },
        closed,
      ),
    ),
    push: Type.Optional(
      Type.Object(
        {
          method: OneOf(['POST', 'PUT'] as const),
          /** As in `push`. It may also contain `{partId}`: the board's id of the answer or follow-up. */
          path: Path,
          /** The field of multipart/form-data (RFC 7578) that carries the content. */
          field: Type.String({ minLength: 1, maxLength: 100 }),
          /**
           * Reads the change with `attachment` {id, name, mediaType, size, sha256}. Returns the fields before the file.
           */
          fields: Type.Optional(Expression),
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

export const RestSettings = Type.Object(
  {
    endpoint: HttpUrl,
    auth: Auth,
    /** Trusted besides the authorities that Node trusts. */
    ca: CertificateAuthority,
    headers: Headers,
    secrets: Secrets,
    /** The header for an idempotency key, if the board accepts one. */
    keyHeader: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+$' })),
    errorWhen: ErrorWhen,
    /** Reads the JSON of a refusal. Returns the fields that the board names, each as {pointer, message}. */
    fieldErrors: Type.Optional(Expression),
    codes: Codes,
    pull: Type.Optional(Pull),
    authors: Type.Optional(Authors),
    /** Posts that the board sends to the hub by itself: POST /api/v1/boards/<code>/posts. */
    received: Type.Optional(Received),
    /** Reads one post of the board. Returns the canonical post (schemas/post.ts). Needed where posts are read. */
    normalise: Type.Optional(Expression),
    push: toPushes(Push),
    /** The charset of replies that name none, as older boards send them. Requests are in UTF-8 (RFC 8259, 8.1). */
    charset: Charset,
    /** Bytes. A larger reply counts as malformed. Absent: ten million. */
    maxReplyBytes: Type.Optional(Type.Integer({ minimum: 1000 })),
    find: Type.Optional(Find),
    /** Lists what the board holds, for reconciliation. Absent: `pull` reads everything instead. */
    fingerprints: Type.Optional(Fingerprints),
    /** Reads one post by its id. Absent: a missing post is found by reading the board from its beginning. */
    read: Type.Optional(Read),
    attachments: Type.Optional(Attachments),
  },
  closed,
);
export type RestSettings = Static<typeof RestSettings>;

const checkShape = compile(RestSettings);

/** Lists everything that is wrong with the settings. */
export function checkRestSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  if (!shape.ok) return checkMisshapen(given, checkShape, checkAllExpressions);
  const settings = shape.value;
  const secrets = Object.keys(settings.secrets ?? {});
  const paths = listPaths(settings);
  return [
    ...checkCodeTables(settings.codes ?? {}),
    ...checkAllExpressions(settings),
    ...paths.flatMap(([pointer, path]) => checkPath(pointer, path, secrets)),
    ...checkChangeNames(listOverChange(settings, ['body', 'query', 'fields'])),
    ...checkRegistered(settings.push),
    ...checkMapped(settings),
    ...checkNormalise(settings),
    ...checkReceived(settings),
    ...findLiteralSecrets({
      addresses: [['/endpoint', settings.endpoint], ...paths],
      headers: settings.headers ?? {},
      requests: listAllExpressions(settings).filter(([pointer]) => isRequest(pointer)),
    }),
    ...checkHeaders(settings.headers ?? {}, secrets),
  ];
}

const listAllExpressions = (settings: RestSettings) => listExpressions(settings, ['path', 'method', 'field']);
const isRequest = (pointer: string) => /\/(query|body|fields)$/.test(pointer);

function checkAllExpressions(settings: RestSettings): Problem[] {
  const secrets = Object.keys(settings.secrets ?? {});
  return checkExpressions(listAllExpressions(settings), settings.codes, (at) =>
    isRequest(at) ? secrets : undefined,
  );
}

function listPaths({ pull, push = {}, find, fingerprints, read, attachments = {} }: RestSettings): Located[] {
  const { fetch, push: bring, find: findFile } = attachments;
  return [
    ...(fetch?.path ? [['/attachments/fetch/path', fetch.path] satisfies Located] : []),
    ...(bring ? [['/attachments/push/path', bring.path] satisfies Located] : []),
    ...(findFile ? [['/attachments/find/path', findFile.path] satisfies Located] : []),
    ...Object.entries(push).map(([type, { path }]): Located => [`/push/${type}/path`, path]),
    ...(find ? [['/find/path', find.path] satisfies Located] : []),
    ...(pull ? [['/pull/path', pull.path] satisfies Located] : []),
    ...listFurtherCalls(pull).map(([pointer, { path }]): Located => [`${pointer}/path`, path]),
    ...(fingerprints ? [['/fingerprints/path', fingerprints.path] satisfies Located] : []),
    ...(read ? [['/read/path', read.path] satisfies Located] : []),
  ];
}

function checkPath(pointer: string, path: string, secrets: string[]): Problem[] {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  const known = [...knownIn(pointer), ...secrets.map((name) => `secret.${name}`)];
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      pointer,
      reason: toReason('placeholder_unknown', {
        name,
        known: known.map((n) => `{${n}}`).join(', ') || toReason('none'),
      }),
    }));
}

function knownIn(pointer: string): string[] {
  if (pointer.startsWith('/pull/detail')) return detailPlaceholders;
  if (pointer.startsWith('/pull/pageDetail')) return ['each'];
  if (pointer.startsWith('/pull')) return [];
  if (pointer.startsWith('/attachments/fetch')) return filePlaceholders;
  return pointer.startsWith('/attachments') ? [...placeholders, 'partId'] : placeholders;
}
