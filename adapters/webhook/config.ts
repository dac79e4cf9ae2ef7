import { type Static, Type } from 'typebox';
import { compile, eventTypes, OneOf, type Problem, toReason, usualTypePrefix } from '../../schemas/index.ts';
import { endpointSecretPattern } from '../../schemas/secret-references.ts';
import { CertificateAuthority } from '../kit/http/certificate-authority.ts';
import { Auth } from '../kit/http/http-auth.ts';

/** As everywhere, or one that the hub made itself for this endpoint (`hub:…`). */
const EndpointSecret = Type.String({ pattern: endpointSecretPattern });

const closed = { additionalProperties: false } as const;

export const WebhookSettings = Type.Object(
  {
    /** The receiver's address. */
    url: Type.String({ format: 'uri', pattern: '^https?://' }),
    /** Each is `whsec_…` (standardwebhooks.com). During a change there are two. */
    secrets: Type.Array(EndpointSecret, { minItems: 1, maxItems: 2, uniqueItems: true }),
    /** Credentials besides the signature, if a gateway in front of the receiver asks for them. */
    auth: Type.Optional(Auth),
    /** Trusted besides the authorities that Node trusts. */
    ca: CertificateAuthority,
    /** The types of event to send. Absent: all. */
    events: Type.Optional(Type.Array(OneOf(eventTypes), { minItems: 1, uniqueItems: true })),
    /** The place of the event in the request (CloudEvents 1.0, HTTP protocol binding, 3.1 and 3.2). */
    mode: Type.Optional(OneOf(['structured', 'binary'] as const, { default: 'structured' })),
    /**
     * The `source` of every event: a URI reference that identifies this hub. Absent: the hub's own address, PUBLIC_URL;
     * without one, and at an agent, `/minwon-hub`.
     */
    source: Type.Optional(Type.String({ format: 'uri-reference', minLength: 1, maxLength: 200 })),
    /** The beginning of every `type`: a reversed domain name if the hub's operator has one. */
    typePrefix: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$',
        maxLength: 100,
        default: usualTypePrefix,
      }),
    ),
  },
  closed,
);
export type WebhookSettings = Static<typeof WebhookSettings>;

const checkShape = compile(WebhookSettings);

/** Lists everything that is wrong with the settings. */
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
