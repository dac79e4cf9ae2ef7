import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify<string, Buffer, number, object, Buffer>(scryptWithCallback);

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^15 (32 MiB), r = 8, p = 3. */
const cost = { ln: 15, r: 8, p: 3 };
const saltBytes = 16;
const hashBytes = 32;
const shape = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The shortest password that is taken; NIST SP 800-63B asks for length, not for kinds of characters. */
export const shortestPassword = 12;

/** One-way form of a password as a PHC string, which carries its own parameters and salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, hashBytes, cost);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${encode(salt)}$${encode(hash)}`;
}

/** Whether the password belongs to the stored form. Takes the same time for a right and a wrong one. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, ln, r, p, salt, hash] = shape.exec(stored) ?? [];
  if (!ln || !r || !p || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64');
  // The beginning of a hash verifies as well: what was cut short must not.
  if (expected.length < hashBytes) return false;
  const parameters = { ln: Number(ln), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), expected.length, parameters);
  return timingSafeEqual(actual, expected);
}

function derive(password: string, salt: Buffer, length: number, { ln, r, p }: typeof cost): Promise<Buffer> {
  const N = 2 ** ln;
  // The same password is typed composed or decomposed, depending on the keyboard's system.
  return scrypt(password.normalize('NFC'), salt, length, { N, r, p, maxmem: 256 * N * r });
}

const encode = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
