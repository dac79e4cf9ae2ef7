/** The settings of a board that is described by expressions. Each kind of board adds how it is asked (`question`). */
import { type Static, type TProperties, type TSchema, Type } from 'typebox';
import {
  type EventType,
  eventTypes,
  OneOf,
  type Problem,
  SecretReference,
  toReason,
} from '../../../schemas/index.ts';
import type { ExpressionPlace } from '../../contract.ts';
import type { CodeTables } from '../expressions/codes.ts';
import type { OverChange } from '../mapping/check-change-names.ts';
import { type Located, listTexts } from '../mapping/check-expressions.ts';
import { listNamesWritten } from '../mapping/expression-names.ts';
import { charsets } from '../text/charset.ts';

export const closed = { additionalProperties: false } as const;

/** A JSONata expression. adapters/kit/mapping/mapping.ts lists the functions that it may call. */
export const Expression = Type.String({ minLength: 1, maxLength: 20_000 });
export const HttpUrl = Type.String({ format: 'uri', pattern: '^https?://' });
export const Headers = Type.Optional(Type.Record(Type.String(), Type.String()));
export const Charset = Type.Optional(OneOf(charsets, { default: 'utf-8' }));
/**
 * Reads a successful reply. Returns a text (or true) if the reply is an error all the same. {"retry": text}: the board
 * only asks to try later. {"unauthorised": text}: it refuses the credentials.
 */
export const ErrorWhen = Type.Optional(Expression);
/** Code tables by name: from the board's code to the hub's word. */
export const Codes = Type.Optional(
  Type.Record(Type.String(), Type.Record(Type.String(), Type.String({ minLength: 1 }))),
);

/**
 * Secrets that the board wants inside a request, by name. Expressions that make a request put one in by
 * `$secret("name")`, paths and headers by `{secret.name}`.
 */
export const Secrets = Type.Optional(
  Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,49}$' }), SecretReference),
);

const PageSize = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 }));

/**
 * One further call, or one for each element of a list. `question` reads what is known before the call, and `each`. Its
 * reply becomes known under `name`, to later calls too.
 */
const toFurtherCall = <Question extends TProperties>(question: Question) =>
  Type.Object(
    {
      name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,39}$' }),
      ...question,
      /**
       * Reads what is known before the call. Returns a list: there is one call for each element, in its order. The
       * result is one list of what the calls gave; where one gave a list, its elements.
       */
      each: Type.Optional(Expression),
      /** The most calls for one post. A post that needs more is parked. Only with `each`. */
      most: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
      /** Reads the reply. Returns what is kept of it. Absent: all. */
      result: Type.Optional(Expression),
      /** True: the board may have nothing here (404), and the post comes without it. */
      optional: Type.Optional(Type.Boolean({ default: false })),
      /** True: one call serves all posts of a look, and reads nothing of any of them. */
      shared: Type.Optional(Type.Boolean({ default: false })),
    },
    closed,
  );

const toFurtherCalls = <Question extends TProperties>(question: Question) =>
  Type.Optional(Type.Array(toFurtherCall(question), { minItems: 1, maxItems: 10 }));

/**
 * `question` reads {since, page, size}. `since` is an instant in UTC (2026-11-20T00:30:00.000Z); it is absent the first
 * time. `further`: how a further call is described.
 */
export const toPull = <Question extends TProperties, Further extends TProperties>(
  question: Question,
  further: Further,
) =>
  Type.Object(
    {
      ...question,
      /**
       * Further calls about a whole page, for a list of bare ids. They know {reply, since, page, size}, and `items` then
       * reads what they know instead of the reply alone.
       */
      pageDetail: toFurtherCalls(further),
      /**
       * Further calls about each new or changed post, for a list that does not show all of a post. They know {item,
       * externalId}. `normalise` then reads {item} with their results instead of the item alone.
       */
      detail: toFurtherCalls(further),
      /** Reads the reply. Returns the posts, the earliest change first. */
      items: Expression,
      /** Reads one post. */
      externalId: Expression,
      /** Reads one post. Returns the instant of its last change. Every change must move it, also a new answer. */
      updatedAt: Expression,
      /** Reads one post. Returns a mark that changes with the post. Absent: a hash of the post. */
      version: Type.Optional(Expression),
      /** For a board that does not page: more than it will ever hold. */
      pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 100 })),
      /** The longest delay, in seconds, between a post's time stamp and its becoming visible. */
      overlapSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 86_400, default: 60 })),
    },
    closed,
  );

/** `order` reads the change (adapters/contract.ts), its `key`, `receiptNumber` and `externalId`. */
export const toPush = <Order extends TProperties>(order: Order) =>
  Type.Object(
    {
      ...order,
      /** Reads the reply. Returns the board's id of the post. Needed where this call creates the post. */
      externalId: Type.Optional(Expression),
      /** Reads the reply. Returns the board's id of the part. */
      partId: Type.Optional(Expression),
    },
    closed,
  );

/** `question` reads the change, its `key`, `receiptNumber` and `externalId`. */
export const toFind = <Question extends TProperties>(question: Question) =>
  Type.Object(
    {
      ...question,
      /** Reads {reply, change, key}. Returns {externalId, partId?}, or nothing if the board does not hold it. */
      ref: Expression,
    },
    closed,
  );

/** `question` reads {since, after, page, size}. `after` is the id of the last post of the previous page. */
export const toFingerprints = <Question extends TProperties>(question: Question) =>
  Type.Object(
    {
      ...question,
      /** Reads the reply. Returns what the board holds, in a stable order. */
      items: Expression,
      /** Reads one item. */
      externalId: Expression,
      /**
       * Reads one item. Returns the part of the canonical post that the item shows. `answers` and `followUps` may be
       * numbers.
       */
      post: Expression,
      pageSize: PageSize,
    },
    closed,
  );

/** The people of a board: ids or logins, or an expression that is true for them. It reads a post and `author`. */
const People = Type.Union([
  Type.Array(Type.Union([Type.String({ minLength: 1 }), Type.Integer()]), { maxItems: 1000 }),
  Expression,
]);

/**
 * Who may answer. With it, `normalise` returns `comments` with their `author`, and the `writer` of the post
 * (kit/mapped/comments.ts).
 */
export const Authors = Type.Object(
  {
    /** Their comments are answers of the agency. */
    officers: People,
    /** The hub's own account. What it wrote on the board says nothing new. */
    hub: Type.Optional(People),
  },
  closed,
);
export type Authors = Static<typeof Authors>;

/** Settings for each type of event that is delivered. */
export const toPushes = <Push extends TSchema>(push: Push) =>
  Type.Optional(
    Type.Object(
      Object.fromEntries(eventTypes.map((type) => [type, Type.Optional(push)])) as Record<
        EventType,
        ReturnType<typeof Type.Optional<Push>>
      >,
      closed,
    ),
  );

/** The fields of such settings that hold expressions. */
interface MappedSettings {
  normalise?: string;
  errorWhen?: string;
  fieldErrors?: string;
  codes?: CodeTables;
  authors?: Authors;
  secrets?: Record<string, string>;
  pull?: { pageDetail?: FurtherCall[]; detail?: FurtherCall[] };
  received?: object;
  push?: Record<string, object>;
  find?: object;
  fingerprints?: object;
  read?: object;
  attachments?: { fetch?: object; push?: object; find?: object };
}

interface FurtherCall {
  name: string;
  each?: string;
  shared?: boolean;
}

/**
 * Lists the expressions over a change: those that deliver events and files, and those that ask for them. `names`: the
 * settings that make a request.
 */
export function listOverChange(
  { push = {}, find, attachments = {} }: MappedSettings,
  names: string[],
): OverChange[] {
  const among = (pointer: string, fields: object | undefined) =>
    listTexts([[pointer, fields ?? {}]]).filter(([at]) => names.some((name) => at === `${pointer}/${name}`));
  return [
    ...Object.entries(push).flatMap(([type, fields]) =>
      among(`/push/${type}`, fields).map((located) => ({ located, type: type as EventType })),
    ),
    ...among('/find', find).map((located) => ({ located })),
    ...[...among('/attachments/push', attachments.push), ...among('/attachments/find', attachments.find)].map(
      (located) => ({ located, isFile: true }),
    ),
  ];
}

/** The expressions that convert posts and events; see `expressions` in adapters/contract.ts. */
export function listPlaces(given: unknown, names: string[]): ExpressionPlace[] {
  const settings = (typeof given === 'object' && given !== null ? given : {}) as MappedSettings;
  const { normalise, push } = settings;
  return [
    ...(typeof normalise === 'string'
      ? [{ pointer: '/normalise', source: normalise, reads: 'post' as const }]
      : []),
    ...listOverChange(typeof push === 'object' && push !== null ? { push } : {}, names).map(
      ({ located: [pointer, source], type }) => ({
        pointer,
        source,
        reads: 'change' as const,
        ...(type && { event: type }),
      }),
    ),
  ];
}

/** Lists every expression with its place. `except` names settings whose texts are no expressions. */
export function listExpressions(settings: MappedSettings, except: string[]): Located[] {
  const { pull, push = {}, find, fingerprints, read, attachments = {} } = settings;
  const { normalise, errorWhen, fieldErrors, authors, received } = settings;
  const groups: [string, object | undefined][] = [
    ...listFurtherCalls(pull),
    ['/authors', authors],
    ['', { normalise, errorWhen, fieldErrors }],
    ['/pull', pull],
    ['/received', received],
    ['/find', find],
    ['/fingerprints', fingerprints],
    ['/read', read],
    ['/attachments/fetch', attachments.fetch],
    ['/attachments/push', attachments.push],
    ['/attachments/find', attachments.find],
    ...Object.entries(push).map(([type, fields]): [string, object] => [`/push/${type}`, fields]),
  ];
  return listTexts(
    groups.map(([pointer, fields = {}]) => [pointer, fields]),
    ['name', ...except],
  );
}

/** The further calls of `pull`, each with its place. */
export const listFurtherCalls = <Call extends FurtherCall>({
  pageDetail = [],
  detail = [],
}: {
  pageDetail?: Call[];
  detail?: Call[];
} = {}): [pointer: string, call: Call][] => [
  ...pageDetail.map((call, n): [string, Call] => [`/pull/pageDetail/${n}`, call]),
  ...detail.map((call, n): [string, Call] => [`/pull/detail/${n}`, call]),
];

/** What an expression of a further call knows without any name of ours. */
const takenNames = ['item', 'externalId', 'reply', 'since', 'page', 'size', 'each', 'author', 'problem'];

/** Checks what the schema cannot: the names of further calls, and that comments come with the rule about authors. */
export function checkMapped({ pull, normalise, authors }: MappedSettings): Problem[] {
  const calls = listFurtherCalls(pull);
  const names = calls.map(([, { name }]) => name);
  const wrong = (pointer: string, name: string) => ({ pointer, reason: toReason('name_taken', { name }) });
  return [
    ...calls.flatMap(([pointer, { name }], n) =>
      takenNames.includes(name) || names.indexOf(name) < n ? [wrong(`${pointer}/name`, name)] : [],
    ),
    ...calls.flatMap(([pointer, { each, shared }]) =>
      each !== undefined && shared
        ? [{ pointer: `${pointer}/shared`, reason: toReason('shared_with_each') }]
        : [],
    ),
    ...(authors === undefined && normalise !== undefined && listNamesWritten(normalise).has('comments')
      ? [{ pointer: '/authors', reason: toReason('authors_missing') }]
      : []),
  ];
}
