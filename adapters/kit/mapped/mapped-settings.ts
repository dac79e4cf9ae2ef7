/** The settings of a board that is described by expressions. Each kind of board adds how it is asked (`question`). */
import { type TProperties, type TSchema, Type } from 'typebox';
import { type EventType, eventTypes, OneOf, SecretReference } from '../../../schemas/index.ts';
import type { CodeTables } from '../expressions/codes.ts';
import type { OverChange } from '../mapping/check-change-names.ts';
import { type Located, listTexts } from '../mapping/check-expressions.ts';
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

/** `question` reads {since, page, size}. `since` is an instant; it is absent the first time. */
export const toPull = <Question extends TProperties>(question: Question) =>
  Type.Object(
    {
      ...question,
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
  secrets?: Record<string, string>;
  pull?: object;
  received?: object;
  push?: Record<string, object>;
  find?: object;
  fingerprints?: object;
  read?: object;
  attachments?: { push?: object; find?: object };
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

/** Lists every expression with its place. `except` names settings whose texts are no expressions. */
export function listExpressions(settings: MappedSettings, except: string[]): Located[] {
  const { pull, push = {}, find, fingerprints, read, attachments = {} } = settings;
  const { normalise, errorWhen, fieldErrors, received } = settings;
  const groups: [string, object | undefined][] = [
    ['', { normalise, errorWhen, fieldErrors }],
    ['/pull', pull],
    ['/received', received],
    ['/find', find],
    ['/fingerprints', fingerprints],
    ['/read', read],
    ['/attachments/push', attachments.push],
    ['/attachments/find', attachments.find],
    ...Object.entries(push).map(([type, fields]): [string, object] => [`/push/${type}`, fields]),
  ];
  return listTexts(
    groups.map(([pointer, fields = {}]) => [pointer, fields]),
    except,
  );
}
