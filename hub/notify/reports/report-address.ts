import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The path of the door of reports. */
export const reportPath = '/delivery-reports';

export interface ReportAddress {
  url: string;
  /** What is kept of it. Nobody who reads the database can report anything. */
  hash: Buffer;
}

/** Bytes of a token: nobody guesses 256 random bits. */
const tokenBytes = 32;

/**
 * Makes the address at which a provider reports of one attempt. It names the notice by its id and no person, and it is
 * good until another attempt begins. `base`: how the provider reaches the hub.
 */
export function createReportAddress(base: string, provider: string, noticeId: string): ReportAddress {
  const token = randomBytes(tokenBytes).toString('base64url');
  return {
    url: `${base.replace(/\/+$/, '')}${reportPath}/${provider}/${noticeId}/${token}`,
    hash: toHash(token),
  };
}

/** Whether the token is that of the newest attempt. It takes the same time for every wrong one. */
export const isTokenOf = (token: string, hash: Buffer | null): boolean =>
  hash !== null && timingSafeEqual(toHash(token), hash);

// A random token needs no slow hash.
const toHash = (token: string): Buffer => createHash('sha256').update(token).digest();
