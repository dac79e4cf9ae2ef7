import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { SecretReference } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { type AdapterContext, BoardError, type Delivery } from '../../contract.ts';
import { resolveSecret } from './http-auth.ts';
import { toKey } from './webhook-signature.ts';

const closed = { additionalProperties: false } as const;

/** How a board proves that it sent a request to the hub. */
export const DeliveryProof = Type.Union([
  /** GitHub's header X-Hub-Signature-256: `sha256=` and the HMAC of the body, in hexadecimal. */
  Type.Object({ kind: Type.Literal('github'), secret: SecretReference }, closed),
  /** Standard Webhooks 1.0. Each secret is `whsec_…`. During a change there are two. */
  Type.Object(
    {
      kind: Type.Literal('standardWebhooks'),
      secrets: Type.Array(SecretReference, { minItems: 1, maxItems: 2 }),
    },
    closed,
  ),
  /** HTTP Basic (RFC 7617). */
  Type.Object(
    { kind: Type.Literal('basic'), user: Type.String({ minLength: 1 }), password: SecretReference },
    closed,
  ),
]);
export type DeliveryProof = Static<typeof DeliveryProof>;

/** Seconds by which the time of a Standard Webhook may differ ("Verifying webhook authenticity"). */
const tolerance = 300;

/**
 * Checks that the agency's own board sent the request. Without a proof in the settings, only the hub's API key of the
 * agency opens this door, and the door has checked that. Throws {@link BoardError} `unauthorised`.
 */
export function mustBeFromBoard(
  proof: DeliveryProof | undefined,
  delivery: Delivery,
  context: Pick<AdapterContext, 'secret'>,
): void {
  if (delivery.isProved) return;
  if (!proof || !isProved(proof, delivery, context))
    throw new BoardError('unauthorised', toReason('delivery_not_proved'));
}

function isProved(
  proof: DeliveryProof,
  { headers, body, at }: Delivery,
  context: Pick<AdapterContext, 'secret'>,
): boolean {
  switch (proof.kind) {
    case 'github': {
      const [, given = ''] = /^sha256=([0-9a-f]{64})$/i.exec(headers['x-hub-signature-256'] ?? '') ?? [];
      const right = createHmac('sha256', resolveSecret(proof.secret, context)).update(body).digest();
      return isSame(Buffer.from(given, 'hex'), right);
    }
    case 'standardWebhooks': {
      const { 'webhook-id': id = '', 'webhook-timestamp': time = '' } = headers;
      if (id === '' || !/^\d{1,12}$/.test(time)) return false;
      if (Math.abs(at.getTime() / 1000 - Number(time)) > tolerance) return false;
      const given = (headers['webhook-signature'] ?? '')
        .split(' ')
        .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
      return proof.secrets.some((reference) => {
        const key = toKey(resolveSecret(reference, context));
        const right = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest();
        return given.some((one) => isSame(one, right));
      });
    }
    case 'basic': {
      const [, given = ''] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
      const right = Buffer.from(`${proof.user}:${resolveSecret(proof.password, context)}`);
      return isSame(Buffer.from(given, 'base64'), right);
    }
  }
}

/** Takes the same time whatever the first difference is. */
const isSame = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other);
