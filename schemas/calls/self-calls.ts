import { type TSchema, Type } from 'typebox';
import { eventTypes } from '../event.ts';
import { AgencyCode, OneOf } from '../vocabulary.ts';
import { logLevels, mostLogLines } from './agent-calls.ts';

/*
 * What an agency's own program manages of its connection, at /api/v1/self. None of it names a complainant.
 */
const closed = { additionalProperties: false } as const;
const time = Type.String({ format: 'date-time' });
const id = Type.String({ format: 'uuid' });
const count = Type.Integer({ minimum: 0 });
const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const word = Type.String();

/** A list and the place where it goes on. */
export const pageOf = <S extends TSchema>(items: S) =>
  Type.Object({ items: Type.Array(items), next: Type.Optional(word), previous: Type.Optional(word) }, closed);

/** A place in a list, as `next` or `previous` of the page before named it, and how much of it. */
export const PlaceQuery = {
  after: Type.Optional(id),
  before: Type.Optional(id),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '20 without it' })),
};

/** In words, and as data: `code` stays, `message` may change. */
const OwnReason = Type.Object({ code: word, message: word }, closed);
const OwnProblem = Type.Object({ pointer: word, code: word, message: word }, closed);

const scope = OneOf(['read', 'register', 'answer', 'feed', 'attach', 'manage'] as const);
export const OwnKey = Type.Object(
  {
    id,
    name: word,
    hint: Type.String({ description: 'Its last characters' }),
    scopes: Type.Array(scope),
    valid: Type.Boolean(),
    madeBy: orNull(word),
    createdAt: time,
    expiresAt: orNull(time),
    revokedAt: orNull(time),
    lastUsedAt: orNull(Type.String({ format: 'date-time', description: 'To the minute' })),
  },
  closed,
);
const { valid: _ofTime, lastUsedAt: _ofUse, ...lasting } = OwnKey.properties;
/** A key without what passes by itself, so that its ETag says whether somebody changed it. */
export const OneKey = Type.Object(lasting, closed);
export const KeyWish = Type.Object(
  {
    name: Type.String({ maxLength: 60, description: 'What the key is for' }),
    scopes: Type.Array(scope, {
      minItems: 1,
      maxItems: 6,
      uniqueItems: true,
      description: 'Not more than the key that asks has itself',
    }),
    expiresAt: Type.Optional(time),
  },
  closed,
);
export const RotationWish = Type.Object(
  {
    endsAt: Type.String({
      format: 'date-time',
      description: 'When the old key ends: 90 days ahead at the most. Until then both are valid.',
    }),
    expiresAt: Type.Optional(time),
  },
  closed,
);
export const MadeKey = Type.Object(
  {
    id,
    name: word,
    scopes: Type.Array(scope),
    expiresAt: orNull(time),
    key: Type.Optional(Type.String({ description: 'Shown this once, and not when the call is repeated' })),
    signingSecret: Type.Optional(
      Type.String({ description: 'To sign requests (RFC 9421); `id` is the keyid. Shown this once' }),
    ),
  },
  closed,
);

const outcome = OneOf(['done', 'retry', 'refused', 'unknown'] as const, {
  description: '`unknown`: it was sent, and no trustworthy reply came',
});
export const OwnWebhook = Type.Object(
  {
    name: word,
    url: word,
    events: orNull(Type.Array(OneOf(eventTypes), { description: 'null: all kinds' })),
    waiting: count,
    parked: count,
    failures: Type.Integer({ minimum: 0, description: 'Failed calls in a row' }),
    leftAloneUntil: orNull(time),
    lastError: orNull(OwnReason),
    deliveredAt: orNull(time),
    pausedAt: orNull(time),
    pausedBy: orNull(word),
  },
  closed,
);
export const OneWebhook = Type.Object(
  {
    name: word,
    url: word,
    events: orNull(Type.Array(OneOf(eventTypes), { description: 'null: all kinds' })),
    secrets: Type.Array(word, {
      description: 'Marks that tell the secrets apart that sign now, newest first; none is a secret',
    }),
  },
  closed,
);
export const WebhookWish = Type.Object(
  {
    url: Type.String({ format: 'uri', maxLength: 2000 }),
    events: Type.Optional(
      Type.Array(OneOf(eventTypes), { minItems: 1, uniqueItems: true, description: 'Absent: all kinds' }),
    ),
  },
  closed,
);
export const WebhookChanged = Type.Object(
  {
    secret: Type.Optional(
      Type.String({ description: 'Standard Webhooks (`whsec_…`); of a new one, shown this once' }),
    ),
    isProposed: Type.Boolean({
      description: 'true: it is in force when a second person of the hub has agreed',
    }),
  },
  closed,
);
export const WebhookTest = Type.Object(
  {
    id,
    event: Type.String({ description: '`id` of the CloudEvent `….ping.v1`, and `webhook-id`' }),
    outcome,
    status: orNull(Type.Integer({ description: 'Of HTTP' })),
    ms: count,
    reason: orNull(OwnReason),
  },
  closed,
);
export const WebhookCall = Type.Object(
  {
    id,
    at: time,
    ms: count,
    outcome,
    status: orNull(Type.Integer()),
    reason: orNull(OwnReason),
    testBy: orNull(Type.String({ description: 'Of a test: who asked for it' })),
    delivery: orNull(
      Type.Object(
        {
          id,
          event: Type.String({ description: 'Receipt number and number of the event' }),
          type: OneOf(eventTypes),
          state: OneOf(['waiting', 'parked', 'done', 'skipped'] as const),
          tries: count,
        },
        closed,
      ),
    ),
  },
  closed,
);
export const ResendWish = Type.Object(
  {
    delivery: Type.Optional(id),
    failedSince: Type.Optional(time),
    allSince: Type.Optional(time),
  },
  {
    ...closed,
    minProperties: 1,
    maxProperties: 1,
    description: 'One of them: one delivery, what failed since then, or all since then (90 days at the most)',
  },
);
export const Resent = Type.Object({ events: count }, closed);

const door = OneOf(['rest', 'soap', 'agent', 'posts'] as const);
export const OwnCall = Type.Object(
  {
    id,
    at: time,
    door,
    operation: orNull(word),
    status: Type.Integer(),
    problem: orNull(Type.String({ description: 'The code of the refusal: the end of `type`' })),
    ms: count,
    request: Type.String({ description: 'X-Request-Id' }),
    keyId: orNull(word),
    key: orNull(word),
  },
  closed,
);
export const OwnUsage = Type.Object(
  {
    agency: AgencyCode,
    limits: Type.Object(
      {
        requestsPerMinute: count,
        concurrency: count,
        bodyBytes: orNull(count),
        networks: orNull(Type.Array(word)),
        certificates: orNull(count),
        signed: Type.Boolean(),
      },
      closed,
    ),
    window: orNull(Type.Object({ taken: count, endsAt: time }, closed)),
    days: Type.Array(Type.Object({ day: word, door, calls: count, failed: count, limited: count }, closed)),
  },
  closed,
);

export const OwnAgent = Type.Object(
  {
    state: OneOf(['not_installed', 'enrolled', 'silent', 'troubled', 'well'] as const),
    version: orNull(word),
    newestVersion: orNull(Type.String({ description: 'null: the hub has not made its package yet' })),
    heartbeatAt: orNull(time),
    configuration: orNull(count),
    backlog: orNull(Type.Object({ posts: count, changes: count, outcomes: count }, closed)),
    oldest: orNull(time),
    readAt: orNull(time),
    writtenAt: orNull(time),
    problem: orNull(OwnReason),
    certificateExpiresAt: orNull(time),
  },
  closed,
);

export const LogsWish = Type.Object(
  {
    level: Type.Optional(OneOf(logLevels, { description: 'From this level on; `info` without it' })),
    lines: Type.Optional(
      Type.Integer({ minimum: 1, maximum: mostLogLines, description: `${mostLogLines} without it` }),
    ),
  },
  closed,
);
export const OwnAgentLogs = Type.Object(
  {
    state: OneOf(['none', 'impossible', 'asked', 'sent'] as const, {
      description:
        '`none`: nobody asked within a day; `impossible`: the version of your agent sends no logs, update it; `asked`: it waits for your agent, lines of an earlier question may be there meanwhile; `sent`: the lines are what was asked for',
    }),
    asked: orNull(
      Type.Object(
        { level: OneOf(logLevels), lines: count, by: word, at: time },
        { ...closed, description: 'The newest question' },
      ),
    ),
    sentAt: orNull(Type.String({ format: 'date-time', description: 'When the lines came' })),
    lines: Type.Array(
      Type.Object(
        {
          at: orNull(Type.String({ format: 'date-time', description: "By the agent's clock" })),
          level: orNull(OneOf(logLevels)),
          message: word,
          fields: Type.String({ description: 'What else the line says: `name=value`' }),
        },
        closed,
      ),
      { description: 'Oldest first, redacted by the agent' },
    ),
  },
  closed,
);

export const OwnParkedItem = Type.Object(
  {
    id,
    source: word,
    externalId: word,
    receivedAt: time,
    problems: Type.Array(OwnProblem),
    body: Type.Optional(
      Type.Unknown({ description: "The board's own record, with what could name a person masked" }),
    ),
  },
  closed,
);
export const ItemRetry = Type.Object(
  {
    body: Type.Optional(
      Type.Unknown({
        description: 'The record as it was read here, corrected. What stays masked keeps its real value.',
      }),
    ),
  },
  closed,
);
export const ItemRetried = Type.Object(
  { applied: Type.Boolean(), receiptNumber: Type.Optional(word), problems: Type.Array(OwnProblem) },
  closed,
);
export const OwnParkedEvent = Type.Object(
  { id, receiptNumber: word, externalId: orNull(word), seq: count, tries: count, reason: orNull(OwnReason) },
  closed,
);

export const ReplayQuery = {
  receiptNumber: Type.Optional(Type.String({ maxLength: 40 })),
  type: Type.Optional(OneOf(eventTypes)),
  from: Type.Optional(time),
  to: Type.Optional(time),
  parked: Type.Optional(OneOf(['only', 'not'] as const)),
};
export const OwnReplayPreview = Type.Object(
  {
    complaints: count,
    events: count,
    mayDouble: Type.Boolean({
      description: 'Your board cannot be asked what it holds: what it holds already would stand there twice',
    }),
  },
  closed,
);
export const ReplayOrder = Type.Object(
  {
    ...ReplayQuery,
    perMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 600, description: '60 without it' })),
    mayDouble: Type.Optional(Type.Boolean()),
  },
  closed,
);
export const OwnReplay = Type.Object(
  {
    id,
    state: OneOf(['running', 'paused', 'cancelled', 'done'] as const),
    perMinute: count,
    askedBy: word,
    askedAt: time,
    finishedAt: orNull(time),
    complaints: count,
    begun: count,
    level: count,
    parked: count,
  },
  closed,
);
const { complaints: _all, begun: _begun, level: _level, parked: _parked, ...settled } = OwnReplay.properties;
/** A replay without how far it is. */
export const OneReplay = Type.Object(settled, closed);
export const ReplayState = Type.Object({ state: OneOf(['paused', 'running', 'cancelled'] as const) }, closed);
export const Started = Type.Object({ id }, closed);
