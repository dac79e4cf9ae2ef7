/** The settings of a board that is described by expressions; a kind of board adds how it is asked (`question`). */
import { type TProperties, type TSchema, Type } from 'typebox';
import { type EventType, eventTypes, OneOf } from '../../../schemas/index.ts';
import type { CodeTables } from '../expressions/codes.ts';
import { type Located, listTexts } from '../mapping/check-expressions.ts';
import { charsets } from '../text/charset.ts';

export const closed = { additionalProperties: false } as const;

/** A JSONata expression; see adapters/kit/mapping/mapping.ts for the functions it may call. */
export const Expression = Type.String({ minLength: 1, maxLength: 20_000 });
export const HttpUrl = Type.String({ format: 'uri', pattern: '^https?://' });
export const Headers = Type.Optional(Type.Record(Type.String(), Type.String()));
export const Charset = Type.Optional(OneOf(charsets, { default: 'utf-8' }));
/**
 * Over a good reply: a text (or true) when it is an error all the same; {"retry": text} when the board only asks to come
 * back.
 */
export const ErrorWhen = Type.Optional(Expression);
/** By table: from the board's code to the hub's word. */
export const Codes = Type.Optional(
  Type.Record(Type.String(), Type.Record(Type.String(), Type.String({ minLength: 1 }))),
);

const PageSize = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 }));

/** `question` is asked over {since, page, size}; `since` is an instant, absent the first time. */
export const toPull = <Question extends TProperties>(question: Question) =>
  Type.Object(
    {
      ...question,
      /** Over the reply: the posts, those that changed first before the others. */
      items: Expression,
      /** Over one post. */
      externalId: Expression,
      /** Over one post: the instant of its last change. It must move with every change, answers included. */
      updatedAt: Expression,
      /** Over one post: a mark that changes with it. Absent: a hash of the post. */
      version: Type.Optional(Expression),
      pageSize: PageSize,
      /** Seconds that a post may become visible after its own time stamp. */
      overlapSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 86_400, default: 60 })),
    },
    closed,
  );

/** `order` is said over the change (adapters/contract.ts), its `key`, `receiptNumber` and `externalId`. */
export const toPush = <Order extends TProperties>(order: Order) =>
  Type.Object(
    {
      ...order,
      /** Over the reply: what the board calls the post. Needed where the board gets to know it by this. */
      externalId: Type.Optional(Expression),
      /** Over the reply: what the board calls the part. */
      partId: Type.Optional(Expression),
    },
    closed,
  );

/** `question` is asked over the change, its `key`, `receiptNumber` and `externalId`. */
export const toFind = <Question extends TProperties>(question: Question) =>
  Type.Object(
    {
      ...question,
      /** Over {reply, change, key}: {externalId, partId?}, or nothing when the board does not hold it. */
      ref: Expression,
    },
    closed,
  );

/** `question` is asked over {since, after, page, size}; `after` is the id of the last post of the page before. */
export const toFingerprints = <Question extends TProperties>(question: Question) =>
  Type.Object(
    {
      ...question,
      /** Over the reply: what the board holds, in an order that does not change. */
      items: Expression,
      /** Over one item. */
      externalId: Expression,
      /** Over one item: as much of the canonical post as it tells; answers and followUps may be numbers. */
      post: Expression,
      pageSize: PageSize,
    },
    closed,
  );

/** Settings for each kind of event that is brought. */
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

/** Such settings, as far as expressions stand in them. */
interface MappedSettings {
  normalise: string;
  errorWhen?: string;
  fieldErrors?: string;
  codes?: CodeTables;
  pull?: object;
  push?: Record<string, object>;
  find?: object;
  fingerprints?: object;
  read?: object;
  attachments?: { push?: object; find?: object };
}

/** Every expression with its place; `except` names settings that are texts of another kind. */
export function listExpressions(settings: MappedSettings, except: string[]): Located[] {
  const { pull, push = {}, find, fingerprints, read, attachments = {} } = settings;
  const { normalise, errorWhen, fieldErrors } = settings;
  const groups: [string, object | undefined][] = [
    ['', { normalise, errorWhen, fieldErrors }],
    ['/pull', pull],
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
