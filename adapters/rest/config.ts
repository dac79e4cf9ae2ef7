import { type Static, Type } from 'typebox';
import { compile, OneOf, type Problem, toReason } from '../../schemas/index.ts';
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
import { checkExpressions, checkRegistered, type Located } from '../kit/mapping/check-expressions.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';

/** What a path may name. */
const placeholders = ['externalId', 'receiptNumber', 'key'];
const filePlaceholders = ['externalId', 'fileId', 'partId'];

/** Behind the endpoint; `{externalId}`, `{receiptNumber}` and `{key}` are filled in, percent-encoded. */
const Path = Type.String({ maxLength: 2000 });

/** `query` gives the query parameters. */
const Pull = toPull({ path: Path, query: Expression });

/** `body`, over the change (adapters/contract.ts) and its `key`: the JSON to send. */
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
    /** May name `{externalId}`. A 404 means that the board holds no such post. */
    path: Path,
    /** Over the reply: the post as `pull.items` gives it. */
    item: Expression,
  },
  closed,
);

/** Files: how their contents are read from the board and brought to it. */
const Attachments = Type.Object(
  {
    fetch: Type.Optional(
      Type.Object(
        {
          /** `{externalId}`, `{fileId}` (the reference's id) and `{partId}`. Absent: the reference's `url`. */
          path: Type.Optional(Path),
        },
        closed,
      ),
    ),
    push: Type.Optional(
      Type.Object(
        {
          method: OneOf(['POST', 'PUT'] as const),
          /** As in `push`, and `{partId}`: the board's id of the answer or follow-up. */
          path: Path,
          /** The content goes as this field of multipart/form-data (RFC 7578). */
          field: Type.String({ minLength: 1, maxLength: 100 }),
          /** Over the change, with `attachment` {id, name, mediaType, size, sha256}: fields that go before it. */
          fields: Type.Optional(Expression),
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

export const RestSettings = Type.Object(
  {
    endpoint: HttpUrl,
    auth: Auth,
    headers: Headers,
    /** Header in which the board takes a key that makes a repeated call harmless. */
    keyHeader: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+$' })),
    errorWhen: ErrorWhen,
    /** Over the JSON of a reply that refuses: the fields that the board names, each {pointer, message}. */
    fieldErrors: Type.Optional(Expression),
    codes: Codes,
    pull: Type.Optional(Pull),
    /** Over one post of the board: the canonical post (schemas/post.ts). */
    normalise: Expression,
    push: toPushes(Push),
    /** Of replies that do not say, as older boards write them. What is sent is UTF-8 (RFC 8259, 8.1). */
    charset: Charset,
    find: Type.Optional(Find),
    /** What the board holds, for reconciliation; absent: everything is read by `pull`. */
    fingerprints: Type.Optional(Fingerprints),
    /** One post by its id; absent: what is missing comes in by reading the board from its beginning. */
    read: Type.Optional(Read),
    attachments: Type.Optional(Attachments),
  },
  closed,
);
export type RestSettings = Static<typeof RestSettings>;

const checkShape = compile(RestSettings);

/** Everything that is wrong with the settings, in one list. */
export function checkRestSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  if (!shape.ok) return shape.problems;
  const settings = shape.value;
  return [
    ...checkCodeTables(settings.codes ?? {}),
    ...checkExpressions(listExpressions(settings, ['path', 'method', 'field']), settings.codes),
    ...listPaths(settings).flatMap(([pointer, path]) => checkPath(pointer, path)),
    ...checkRegistered(settings.push),
  ];
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
    ...(fingerprints ? [['/fingerprints/path', fingerprints.path] satisfies Located] : []),
    ...(read ? [['/read/path', read.path] satisfies Located] : []),
  ];
}

function checkPath(pointer: string, path: string): Problem[] {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  const known = knownIn(pointer);
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
  if (pointer.startsWith('/pull')) return [];
  if (pointer.startsWith('/attachments/fetch')) return filePlaceholders;
  return pointer.startsWith('/attachments') ? [...placeholders, 'partId'] : placeholders;
}
