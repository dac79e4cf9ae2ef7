import { X509Certificate } from 'node:crypto';

/**
 * SHA-256 fingerprint (hex, lower case) of the client certificate that a trusted proxy passes on: as RFC 9440 writes
 * it (`:base64 of DER:`), or URL-encoded PEM as nginx does (`$ssl_client_escaped_cert`). Undefined: it is none.
 */
export function toFingerprint(header: string): string | undefined {
  try {
    const [, der] = /^:([A-Za-z0-9+/=]+):$/.exec(header.trim()) ?? [];
    const certificate = new X509Certificate(der ? Buffer.from(der, 'base64') : decodeURIComponent(header));
    return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  } catch {
    return undefined;
  }
}
