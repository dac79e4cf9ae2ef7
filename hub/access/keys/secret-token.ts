import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in a cookie, a header and a URL. */
export const createSecretToken = (): string => randomBytes(32).toString('base64url');

/** The stored form of a token. A plain hash is enough: unlike a password, 256 random bits cannot be guessed. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
