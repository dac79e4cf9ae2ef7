import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../../http/problem.ts';
import type { XmlElement } from '../read-xml.ts';
import { findOnly } from './find-only.ts';
import { passwordDigest, passwordText, securityNamespace, utilityNamespace } from './names.ts';

/** UsernameToken Profile 1.0 and 1.1: a user, and a password or its digest. */
export interface UsernameToken {
  user: string;
  password: string;
  /** Absent: the password itself is sent. */
  digest?: { nonce: Buffer; created: string };
}

/** Errors: Refusal, for a token that no client sends that follows the profile. */
export function readUsernameToken(security: XmlElement): UsernameToken | undefined {
  const token = findOnly(security.elements, securityNamespace, 'UsernameToken');
  if (!token) return undefined;
  const child = (name: string, namespace = securityNamespace) => findOnly(token.elements, namespace, name);
  const user = child('Username')?.text.trim() ?? '';
  const element = child('Password');
  const password = element?.text.trim() ?? '';
  const type = element?.attributes.get('Type')?.trim() || passwordText;
  if (type === passwordText) return { user, password };
  if (type !== passwordDigest)
    throw new Refusal('unauthenticated', `the password's Type must be ${passwordText} or ${passwordDigest}`);
  const nonce = Buffer.from(child('Nonce')?.text.trim() ?? '', 'base64');
  const created = child('Created', utilityNamespace)?.text.trim() ?? '';
  if (nonce.length < leastNonce || nonce.length > mostNonce)
    throw new Refusal(
      'unauthenticated',
      `with a PasswordDigest, a Nonce of ${leastNonce} to ${mostNonce} random bytes in base64 is needed`,
    );
  return { user, password, digest: { nonce, created } };
}

/** Fewer bytes repeat by chance. WS-Security names no number; toolkits send 16 or 20. */
const leastNonce = 8;
const mostNonce = 128;

/** `Password_Digest = Base64(SHA-1(nonce + created + password))`, UsernameToken Profile 1.0, section 3.1. */
export function isDigestOf(digest: string, nonce: Buffer, created: string, password: string): boolean {
  const expected = createHash('sha1').update(nonce).update(created).update(password).digest();
  const given = Buffer.from(digest, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
