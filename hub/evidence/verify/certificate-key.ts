import { Certificate } from 'pkijs';
import { sha256, toBase64 } from './canonical.ts';

/** The key of a certificate. */
export interface CertifiedKey {
  key: CryptoKey;
  /** SPKI in base64, as the access log names keys. */
  publicKey: string;
  /** SHA-256 over the SPKI, in hexadecimal: what people compare. */
  fingerprint: string;
}

/** The Ed25519 key of a certificate (DER). Undefined: it holds none. */
export async function readCertifiedKey(
  certificate: Uint8Array<ArrayBuffer>,
): Promise<CertifiedKey | undefined> {
  try {
    const spki = new Uint8Array(Certificate.fromBER(certificate).subjectPublicKeyInfo.toSchema().toBER());
    return { ...(await importKey(spki)), fingerprint: await sha256(spki) };
  } catch {
    // No certificate, or one of another kind of key: the caller says so.
    return undefined;
  }
}

export const importKey = async (
  spki: Uint8Array<ArrayBuffer>,
): Promise<Pick<CertifiedKey, 'key' | 'publicKey'>> => ({
  key: await crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify']),
  publicKey: toBase64(spki),
});
