import { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/**
 * SHA-256 fingerprint (hex, lower case) of the client certificate that a trusted proxy passes on. The header is written
 * as in RFC 9440 (`:base64 of DER:`), or as URL-encoded PEM, as nginx does (`$ssl_client_escaped_cert`). Undefined: it
 * is no certificate.
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
 * The fingerprint of the certificate that a caller showed to the hub itself, or why it does not count. The handshake
 * proves that the caller has the key. Undefined: none was shown.
 */
export function readShownCertificate(
  socket: Duplex | undefined,
): { fingerprint: string } | { problem: string } | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getPeerX509Certificate();
  // A resumed session counts as authorised even without a certificate, so this check comes first.
  if (!certificate) return undefined;
  if (!socket.authorized) return { problem: String(socket.authorizationError) };
  return { fingerprint: toHex(certificate) };
}

const toHex = ({ fingerprint256 }: X509Certificate) => fingerprint256.replaceAll(':', '').toLowerCase();
