import { createHmac, randomBytes } from 'node:crypto';

const shape = /^hub:([a-z0-9]{8,32})$/;

/** A reference to a new secret of the hub's own. */
export const newWebhookReference = (): string => `hub:${randomBytes(8).toString('hex')}`;

export const isWebhookReference = (reference: string): boolean => shape.test(reference);

/**
 * The secret of an endpoint whose reference is `hub:…`. It is derived from the hub's own secret, as those of signed requests
 * are: it is stored nowhere, the database alone reveals nothing, and all processes have it. Agency and endpoint are part
 * of it, so that no configuration can name another one's secret.
 */
export function toWebhookSecret(
  hubSecret: string,
  { agency, endpoint, reference }: { agency: string; endpoint: string; reference: string },
): string {
  const mac = createHmac('sha256', hubSecret).update(`minwon-hub webhook ${agency}/${endpoint} ${reference}`);
  return `whsec_${mac.digest('base64')}`;
}
