import type { X509Certificate } from 'node:crypto';
import type { XmlElement } from '../read-xml.ts';
import { findOnly } from './find-only.ts';
import { securityNamespace, signatureNamespace, utilityNamespace } from './names.ts';

/** A certificate with which an agency may sign. */
export interface Signer {
  agency: string;
  certificate: X509Certificate;
}

/** Every certificate that the configuration in force registers. */
export type ListSigners = () => Signer[];

/**
 * The registered certificates that a signature's KeyInfo may mean. What the message itself brings only selects among
 * them: a certificate (BinarySecurityToken or X509Data), a SHA-1 thumbprint or a serial number (X.509 Token Profile
 * 1.1).
 */
export function listMeant(signature: XmlElement, security: XmlElement, signers: Signer[]): Signer[] {
  const keyInfo = findOnly(signature.elements, signatureNamespace, 'KeyInfo');
  const reference =
    keyInfo && findOnly(keyInfo.elements, securityNamespace, 'SecurityTokenReference')?.elements;
  const inside = [...(keyInfo?.elements ?? []), ...(reference ?? [])];
  const target = reference && findOnly(reference, securityNamespace, 'Reference')?.attributes.get('URI');
  const data = findOnly(inside, signatureNamespace, 'X509Data');
  const embedded = target
    ? security.elements.find(
        (one) =>
          one.name === 'BinarySecurityToken' &&
          `#${one.attributes.get(`{${utilityNamespace}}Id`)}` === target,
      )
    : data && findOnly(data.elements, signatureNamespace, 'X509Certificate');
  if (embedded) return signers.filter(isCertificate(embedded.text));
  const thumbprint = reference && findOnly(reference, securityNamespace, 'KeyIdentifier');
  if (thumbprint?.attributes.get('ValueType')?.endsWith('#ThumbprintSHA1'))
    return signers.filter(hasThumbprint(thumbprint.text));
  const issued = data && findOnly(data.elements, signatureNamespace, 'X509IssuerSerial');
  const serial = issued && findOnly(issued.elements, signatureNamespace, 'X509SerialNumber')?.text.trim();
  return serial && /^\d{1,60}$/.test(serial) ? signers.filter(hasSerialNumber(BigInt(serial))) : [];
}

const toBytes = (base64: string) => Buffer.from(base64, 'base64');
const isCertificate = (base64: string) => {
  const bytes = toBytes(base64);
  return ({ certificate }: Signer) => certificate.raw.equals(bytes);
};
const hasThumbprint = (base64: string) => {
  const hex = toBytes(base64).toString('hex');
  return ({ certificate }: Signer) => certificate.fingerprint.replaceAll(':', '').toLowerCase() === hex;
};
const hasSerialNumber =
  (serial: bigint) =>
  ({ certificate }: Signer) =>
    BigInt(`0x${certificate.serialNumber}`) === serial;
