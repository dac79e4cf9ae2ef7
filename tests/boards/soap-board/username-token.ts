/** WS-Security UsernameToken profile 1.0 with a password digest, as this board demands it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { textOf } from './envelope.ts';
import { SoapFault } from './problem.ts';

const tolerance = 5 * 60_000;

/** A check that accepts a token once: not older than five minutes, with a new nonce. */
export function createTokenCheck(user: string, password: string) {
  const seen = new Map<string, number>();
  return (token: Record<string, unknown> | undefined): void => {
    if (!token) throw new SoapFault('wsse:InvalidSecurity', 'UsernameToken required');
    const nonce = Buffer.from(textOf(token.Nonce), 'base64');
    const created = textOf(token.Created);
    const expected = createHash('sha1').update(nonce).update(created).update(password).digest();
    const given = Buffer.from(textOf(token.Password), 'base64');
    const matches = given.length === expected.length && timingSafeEqual(given, expected);
    if (nonce.length === 0 || textOf(token.Username) !== user || !matches) {
      throw new SoapFault('wsse:FailedAuthentication', 'user or password digest is wrong');
    }
    const now = Date.now();
    if (!(Math.abs(Date.parse(created) - now) <= tolerance)) {
      throw new SoapFault('wsse:MessageExpired', `Created is not within five minutes: ${created}`);
    }
    for (const [old, at] of seen) if (at < now - 2 * tolerance) seen.delete(old);
    if (seen.has(nonce.toString('hex'))) throw new SoapFault('wsse:InvalidSecurity', 'nonce was used before');
    seen.set(nonce.toString('hex'), now);
  };
}
