import { createHash, createHmac, randomBytes } from 'node:crypto';

/** The API key, or the key's id with its signing secret: then requests are signed and the key is never sent. */
export type Credentials = { key: string } | { keyId: string; signingSecret: string };

/** What a signature is about. */
export interface Signed {
  method: string;
  /** Path and query as they are sent. */
  target: string;
  /** Of the body, as `content-digest`. Absent without a body. */
  digest?: string | undefined;
}

/** The headers that let one try of a call in. A signature is let in once, so each try has its own. */
export function toCredentialHeaders(credentials: Credentials, signed: Signed): Record<string, string> {
  if ('key' in credentials) return { authorization: `Bearer ${credentials.key}` };
  return sign(credentials, signed);
}

/** RFC 9421 with hmac-sha256. */
function sign(
  { keyId, signingSecret }: { keyId: string; signingSecret: string },
  { method, target, digest }: Signed,
): Record<string, string> {
  const lines = [
    ['"@method"', method],
    ['"@request-target"', target],
    ...(digest ? [['"content-digest"', digest]] : []),
  ];
  const covered = lines.map(([name]) => name).join(' ');
  const created = Math.floor(Date.now() / 1000);
  const params = `(${covered});created=${created};nonce="${randomBytes(16).toString('hex')}";keyid="${keyId}"`;
  const base = [...lines, ['"@signature-params"', params]].map((line) => line.join(': ')).join('\n');
  const mac = createHmac('sha256', signingSecret).update(base).digest('base64');
  return { 'signature-input': `sig1=${params}`, signature: `sig1=:${mac}:` };
}

/** RFC 9530. */
export const toDigest = (bytes: Uint8Array): string => toDigestHeader(createHash('sha256').update(bytes));

export const toDigestHeader = (hash: ReturnType<typeof createHash>): string =>
  `sha-256=:${hash.digest('base64')}:`;
