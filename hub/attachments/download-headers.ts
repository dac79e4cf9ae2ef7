import { create } from 'content-disposition';
import type { AttachmentEntry } from './read-attachments.ts';

/**
 * Headers of a download. The browser saves the file under its name and does not show it (RFC 6266; RFC 8187 for names
 * that are not ASCII). It never guesses another type, whatever is inside.
 */
export function toDownloadHeaders({
  name,
  mediaType,
  size,
  sha256,
}: AttachmentEntry): Record<string, string> {
  return {
    'content-type': mediaType ?? 'application/octet-stream',
    'content-disposition': create(name, { type: 'attachment' }),
    ...(size !== null && { 'content-length': String(size) }),
    // RFC 9530, 3.
    ...(sha256 && { 'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:` }),
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; sandbox",
    'cache-control': 'private, no-store',
  };
}
