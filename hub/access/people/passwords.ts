import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import pLimit from 'p-limit';

const scrypt = promisify<string, Buffer, number, object, Buffer>(scryptWithCallback);

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^15 (32 MiB), r = 8, p = 3. */
const cost = { ln: 15, r: 8, p: 3 };
const saltBytes = 16;
const hashBytes = 32;
const shape = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The shortest password that is accepted. NIST SP 800-63B asks for length, not for kinds of characters. */
export const shortestPassword = 12;

/**
 * The most passwords that are hashed at once. libuv has four threads (UV_THREADPOOL_SIZE) for these, for files and for
 * host names. One kind of work must not use all of them.
 */
const atOnce = 2;
/**
 * The most passwords that wait for hashing: in all, and of unknown devices. So some places are left for known devices.
 */
const mostWaiting = { all: 16, strangers: 12 };
const hashing = pLimit(atOnce);

/** Too many passwords wait to be hashed. */
export class HashingBusy extends Error {
  readonly statusCode = 429;
  /** Seconds in which the waiting ones will be done. */
  readonly retryAfter = 5;
  constructor() {
    super('too many passwords wait to be hashed');
    this.name = 'HashingBusy';
  }
}

/** A hash of no password. It is checked if a login is unknown, so that the answer takes as long. */
export const unmatchedHash = toPhc(randomBytes(saltBytes), randomBytes(hashBytes));

/** The one-way form of a password as a PHC string, which carries its own parameters and salt. Errors: HashingBusy. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, hashBytes, cost);
  return toPhc(salt, hash);
}

/**
 * Whether the password matches the stored form. A right and a wrong one take the same time. `isKnown`: it comes from a
 * known device. Errors: HashingBusy.
 */
export async function verifyPassword(password: string, stored: string, isKnown = false): Promise<boolean> {
  const [, ln, r, p, salt, hash] = shape.exec(stored) ?? [];
  if (!ln || !r || !p || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64');
  // The beginning of a hash would verify as well, so a hash that was cut short must not.
  if (expected.length < hashBytes) return false;
  const parameters = { ln: Number(ln), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), expected.length, parameters, isKnown);
  return timingSafeEqual(actual, expected);
}

async function derive(
  password: string,
  salt: Buffer,
  length: number,
  { ln, r, p }: typeof cost,
  isKnown = false,
): Promise<Buffer> {
  if (hashing.pendingCount >= mostWaiting[isKnown ? 'all' : 'strangers']) throw new HashingBusy();
  const N = 2 ** ln;
  // Some keyboards type the same password composed, others decomposed.
  return hashing(() => scrypt(password.normalize('NFC'), salt, length, { N, r, p, maxmem: 256 * N * r }));
}

function toPhc(salt: Buffer, hash: Buffer): string {
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${encode(salt)}$${encode(hash)}`;
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
