import { X509Certificate } from 'node:crypto';

/** Whether a text is one X.509 certificate in PEM with a key that can be used here. */
export function isPemCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).publicKey.asymmetricKeyType !== undefined;
  } catch {
    return false;
  }
}
