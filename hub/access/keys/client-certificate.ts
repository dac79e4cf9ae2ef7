import { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/**
 * SHA-256 fingerprint (hex, lower case) of the client certificate that a trusted proxy passes on: as RFC 9440 writes
 * it (`:base64 of DER:`), or URL-encoded PEM as nginx does (`$ssl_client_escaped_cert`). Undefined: it is none.
 */
export function toFingerprint(header: string): string | undefined {
  try {
    const [, der] = /^:([A-Za-z0-9+/=]+):$/.exec(header.trim()) ?? [];
    const certificate = new X509Certificate(der ? Buffer.from(der, 'base64') : decodeURIComponent(header));
    return toHex(certificate);
  } catch {
    return undefined;
  }
}

/**
 * The fingerprint of the certificate that a caller showed to the hub itself, which proves that it has the key; or why
 * none counts. Undefined: none was shown.
 */
export function readShownCertificate(
  socket: Duplex | undefined,
): { fingerprint: string } | { problem: string } | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getPeerX509Certificate();
  // A resumed session counts as authorised even without a certificate: so this question first.
  if (!certificate) return undefined;
  if (!socket.authorized) return { problem: String(socket.authorizationError) };
  return { fingerprint: toHex(certificate) };
}

const toHex = ({ fingerprint256 }: X509Certificate) => fingerprint256.replaceAll(':', '').toLowerCase();
