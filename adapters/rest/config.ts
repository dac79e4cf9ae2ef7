import { type Static, Type } from 'typebox';
import { compile, type EventType, eventTypes, OneOf, type Problem, toReason } from '../../schemas/index.ts';
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

/** What a path may name. */
const placeholders = ['externalId', 'receiptNumber', 'key'];
const filePlaceholders = ['externalId', 'fileId', 'partId'];

/** A JSONata expression; see adapters/kit/mapping/mapping.ts for the functions it may call. */
const Expression = Type.String({ minLength: 1, maxLength: 20_000 });
/** Behind the endpoint; `{externalId}`, `{receiptNumber}` and `{key}` are filled in, percent-encoded. */
const Path = Type.String({ maxLength: 2000 });

const Pull = Type.Object(
  {
    path: Path,
    /** Over {since, page, size}: the query parameters. `since` is an instant, absent the first time. */
    query: Expression,
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
    method: OneOf(['POST', 'PUT', 'PATCH', 'DELETE'] as const),
    path: Path,
    /** Over the change (adapters/contract.ts) and its `key`: the JSON to send. */
    body: Type.Optional(Expression),
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
    path: Path,
    /** Over the change, its `key`, `receiptNumber` and `externalId`: the query parameters. */
    query: Type.Optional(Expression),
    /** Over {reply, change, key}: {externalId, partId?}, or nothing when the board does not hold it. */
    ref: Expression,
  },
  closed,
);

const Fingerprints = Type.Object(
  {
    path: Path,
    /** Over {since, after, page, size}: the query parameters. `after` is the id of the last post of the page before. */
    query: Expression,
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
    endpoint: Type.String({ format: 'uri', pattern: '^https?://' }),
    auth: Auth,
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** Header in which the board takes a key that makes a repeated call harmless. */
    keyHeader: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+$' })),
    /**
     * Over a 2xx reply: a text (or true) when it is an error all the same; {"retry": text} when the board
     * only asks to come back.
     */
    errorWhen: Type.Optional(Expression),
    /** Over the JSON of a reply that refuses: the fields that the board names, each {pointer, message}. */
    fieldErrors: Type.Optional(Expression),
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
    /** Of replies that do not say, as older boards write them. What is sent is UTF-8 (RFC 8259, 8.1). */
    charset: Type.Optional(OneOf(charsets, { default: 'utf-8' })),
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
    ...checkExpressions(listExpressions(settings), settings.codes),
    ...listPaths(settings).flatMap(([pointer, path]) => checkPath(pointer, path)),
    ...checkRegistered(settings.push),
  ];
}

function listExpressions(settings: RestSettings): Located[] {
  const {
    pull = {},
    push = {},
    find = {},
    fingerprints = {},
    read = {},
    attachments = {},
    normalise,
    errorWhen,
    fieldErrors,
  } = settings;
  const groups: [string, object][] = [
    ['', { normalise, errorWhen, fieldErrors }],
    ['/pull', { ...pull, path: undefined }],
    ['/find', { ...find, path: undefined }],
    ['/fingerprints', { ...fingerprints, path: undefined }],
    ['/read', { ...read, path: undefined }],
    ['/attachments/push', { fields: attachments.push?.fields, partId: attachments.push?.partId }],
    ['/attachments/find', { ...attachments.find, path: undefined }],
    ...Object.entries(push).map(([type, { body, externalId, partId }]): [string, object] => [
      `/push/${type}`,
      { body, externalId, partId },
    ]),
  ];
  return listTexts(groups);
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
