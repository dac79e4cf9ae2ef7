import { type Static, Type } from 'typebox';
import { compile, eventTypes, OneOf, type Problem, SecretReference, toReason } from '../../schemas/index.ts';
import { Auth } from '../kit/http/http-auth.ts';

const closed = { additionalProperties: false } as const;

export const WebhookSettings = Type.Object(
  {
    /** Where the receiver listens. */
    url: Type.String({ format: 'uri', pattern: '^https?://' }),
    /** `whsec_…` each (standardwebhooks.com); two while one takes over from the other. */
    secrets: Type.Array(SecretReference, { minItems: 1, maxItems: 2, uniqueItems: true }),
    /** Beside the signature, where a gateway in front of the receiver asks for it. */
    auth: Type.Optional(Auth),
    /** The kinds of event that are sent; absent: all. */
    events: Type.Optional(Type.Array(OneOf(eventTypes), { minItems: 1, uniqueItems: true })),
    /** How the event lies in the request (CloudEvents 1.0, HTTP protocol binding, 3.1 and 3.2). */
    mode: Type.Optional(OneOf(['structured', 'binary'] as const, { default: 'structured' })),
    /** `source` of every event: a URI reference that names this hub. */
    source: Type.Optional(
      Type.String({ format: 'uri-reference', minLength: 1, maxLength: 200, default: '/minwon-hub' }),
    ),
    /** What every `type` begins with; a reversed domain name where the hub's operator has one. */
    typePrefix: Type.Optional(
      Type.String({ pattern: '^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$', maxLength: 100, default: 'minwon' }),
    ),
  },
  closed,
);
export type WebhookSettings = Static<typeof WebhookSettings>;

const checkShape = compile(WebhookSettings);

/** Everything that is wrong with the settings, in one list. */
export function checkWebhookSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  if (!shape.ok) return shape.problems;
  const { username, password, hash } = new URL(shape.value.url);
  const pointer = '/url';
  return [
    ...(username || password ? [{ pointer, reason: toReason('url_with_password') }] : []),
    ...(hash ? [{ pointer, reason: toReason('url_with_fragment') }] : []),
  ];
}
