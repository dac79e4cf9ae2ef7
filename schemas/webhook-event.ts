import { type Static, Type } from 'typebox';
import { PushedChange } from './calls/calls.ts';
import type { EventType } from './event.ts';
import { AgencyCode, Instant } from './vocabulary.ts';

/*
 * What the hub sends to a partner's webhook, as CloudEvents 1.0 (github.com/cloudevents/spec, spec.md and JSON event
 * format). The records are closed, so that every language can generate classes from them.
 */
const closed = { additionalProperties: false } as const;

/** The beginning of every `type` where the agency's configuration has no other. */
export const usualTypePrefix = 'minwon';

/** The `type` of a CloudEvent. A change of its data that old receivers cannot read gets another version at its end. */
export const toEventName = (type: EventType, prefix = usualTypePrefix): string =>
  `${prefix}.complaint.${type}.v1`;

const attributes = {
  specversion: Type.Literal('1.0'),
  /** Stays the same when the event is sent again. The header `webhook-id` holds it too. */
  id: Type.String(),
  /** Identifies the hub. */
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
    /** The event's number in its complaint. It is text that sorts like the number (extensions/sequence.md). */
    sequence: Type.String({ pattern: '^[0-9]{10}$' }),
    data: PushedChange,
  },
  closed,
);
export type WebhookEvent = Static<typeof WebhookEvent>;

/** Tests the connection and carries no content. The receiver answers with 2xx. */
export const WebhookPing = Type.Object(
  {
    ...attributes,
    type: Type.String({ pattern: '\\.ping\\.v1$' }),
    data: Type.Object({ agency: AgencyCode }, closed),
  },
  closed,
);
export type WebhookPing = Static<typeof WebhookPing>;
