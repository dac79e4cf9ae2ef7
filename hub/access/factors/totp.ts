import { Secret, TOTP } from 'otpauth';

/** What programs for codes understand everywhere: six digits of SHA-1, anew every 30 seconds (RFC 6238). */
const kind = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps before and after the present one that are taken, since the telephone's clock may be off (RFC 6238, 5.2). */
const window = 1;
/** 160 bits, as RFC 4226, 4 wants. */
const secretBytes = 20;

const toTotp = (secret: string, label = '') =>
  new TOTP({ ...kind, issuer: 'Minwon Hub', label, secret: Secret.fromBase32(secret) });

/** A new shared secret in base32. */
export const createTotpSecret = (): string => new Secret({ size: secretBytes }).base32;

/** What the QR code says, for the program on the telephone. */
export const toTotpUri = (secret: string, login: string): string => toTotp(secret, login).toString();

/** The time step of a right code. Undefined: it is wrong. Spaces are ignored, as programs show them: `123 456`. */
export function findStep(secret: string, typed: string, now = Date.now()): number | undefined {
  const token = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = toTotp(secret).validate({ token, timestamp: now, window });
  return delta === null ? undefined : Math.floor(now / 1000 / kind.period) + delta;
}
