import { type Static, Type } from 'typebox';
import { PushedChange } from './calls/calls.ts';
import { AgencyCode, Instant } from './vocabulary.ts';

/*
 * What the hub sends to a partner's webhook: CloudEvents 1.0 (github.com/cloudevents/spec, spec.md and JSON event
 * format), closed, so that every language can generate classes from it.
 */
const closed = { additionalProperties: false } as const;

const attributes = {
  specversion: Type.Literal('1.0'),
  /** The same each time that the event is sent; also in the header `webhook-id`. */
  id: Type.String(),
  /** Names the hub. */
  source: Type.String({ format: 'uri-reference' }),
  time: Instant,
  datacontenttype: Type.Literal('application/json'),
};

/** One event of a complaint. */
export const WebhookEvent = Type.Object(
  {
    ...attributes,
    type: Type.String({ pattern: '\\.complaint\\.[a-z_]+\\.v1$' }),
    /** The receipt number. */
    subject: Type.String(),
    /** The event's number in its complaint; text that sorts as the numbers do (extensions/sequence.md). */
    sequence: Type.String({ pattern: '^[0-9]{10}$' }),
    data: PushedChange,
  },
  closed,
);
export type WebhookEvent = Static<typeof WebhookEvent>;

/** Tries the connection and tells nothing; to be answered with 2xx. */
export const WebhookPing = Type.Object(
  {
    ...attributes,
    type: Type.String({ pattern: '\\.ping\\.v1$' }),
    data: Type.Object({ agency: AgencyCode }, closed),
  },
  closed,
);
export type WebhookPing = Static<typeof WebhookPing>;
