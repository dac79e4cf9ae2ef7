import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { hash as argon2, verify as verifyArgon2 } from '@node-rs/argon2';
import pLimit from 'p-limit';

const scrypt = promisify<string, Buffer, number, object, Buffer>(scryptWithCallback);

/**
 * Argon2id (RFC 9106) with 64 MiB and three passes, in one lane. It is more than the least of OWASP's Password Storage Cheat
 * Sheet, and takes about as long as the scrypt of earlier versions, so that time does not tell who has which.
 */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;
const saltBytes = 16;
const hashBytes = 32;
const argonShape = /^\$argon2id\$v=19\$m=\d{1,7},t=\d{1,2},p=\d{1,2}\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/;
/** What earlier versions of the hub kept: scrypt. A person gets the present form with the next sign-in. */
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
export const unmatchedHash = `${current}${encode(randomBytes(saltBytes))}$${encode(randomBytes(hashBytes))}`;

/** The one-way form of a password as a PHC string, which carries its own parameters and salt. Errors: HashingBusy. */
export async function hashPassword(password: string): Promise<string> {
  const options = { ...cost, outputLen: hashBytes, salt: randomBytes(saltBytes) };
  return inTurn(false, () => argon2(normalise(password), options));
}

/** Whether the stored form is one of earlier versions, or was made at less cost than is usual now. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(current);

/**
 * Whether the password matches the stored form. A right and a wrong one take the same time. `isKnown`: it comes from a
 * known device. Errors: HashingBusy.
 */
export async function verifyPassword(password: string, stored: string, isKnown = false): Promise<boolean> {
  if (argonShape.test(stored)) return inTurn(isKnown, () => verifyArgon2(stored, normalise(password)));
  const [, ln, r, p, salt, hash] = shape.exec(stored) ?? [];
  if (!ln || !r || !p || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64');
  // The beginning of a hash would verify as well, so a hash that was cut short must not.
  if (expected.length < hashBytes) return false;
  const N = 2 ** Number(ln);
  const options = { N, r: Number(r), p: Number(p), maxmem: 256 * N * Number(r) };
  const actual = await inTurn(isKnown, () =>
    scrypt(normalise(password), Buffer.from(salt, 'base64'), expected.length, options),
  );
  return timingSafeEqual(actual, expected);
}

/** Some keyboards type the same password composed, others decomposed. */
const normalise = (password: string) => password.normalize('NFC');

async function inTurn<T>(isKnown: boolean, work: () => Promise<T>): Promise<T> {
  if (hashing.pendingCount >= mostWaiting[isKnown ? 'all' : 'strangers']) throw new HashingBusy();
  return hashing(work);
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
