import { randomBytes } from 'node:crypto';
import { BitString, Integer, Utf8String } from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  PublicKeyInfo,
  Time,
} from 'pkijs';
import type { Signer } from '../access/keys/signing-key.ts';

/** RFC 8410, 3: no parameters. */
const ed25519Oid = '1.3.101.112';
const commonNameOid = '2.5.4.3';
const basicConstraintsOid = '2.5.29.19';
/** For a certificate without a foreseen end (RFC 5280, 4.1.2.5). */
const noEnd = new Date('9999-12-31T23:59:59Z');

/**
 * A certificate that the hub's key signs for itself (DER): what common programs take a key from. It lends no trust, which
 * comes from the fingerprint of the key alone.
 */
export function makeCertificate(signer: Signer, name: string, now: Date): Uint8Array<ArrayBuffer> {
  const certificate = new Certificate();
  const algorithm = new AlgorithmIdentifier({ algorithmId: ed25519Oid });
  certificate.version = 2;
  const serial = randomBytes(16);
  // Positive, and without a leading zero byte (RFC 5280, 4.1.2.2).
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: new Uint8Array(serial).buffer });
  for (const { typesAndValues } of [certificate.issuer, certificate.subject])
    typesAndValues.push(
      new AttributeTypeAndValue({ type: commonNameOid, value: new Utf8String({ value: name }) }),
    );
  certificate.notBefore = new Time({ type: 0, value: now });
  certificate.notAfter = new Time({ type: 1, value: noEnd });
  certificate.subjectPublicKeyInfo = PublicKeyInfo.fromBER(
    new Uint8Array(Buffer.from(signer.publicKey, 'base64')),
  );
  certificate.extensions = [
    new Extension({
      extnID: basicConstraintsOid,
      critical: true,
      extnValue: new BasicConstraints({ cA: false }).toSchema().toBER(),
    }),
  ];
  certificate.signature = algorithm;
  certificate.signatureAlgorithm = algorithm;
  const signed = new Uint8Array(certificate.encodeTBS().toBER());
  const value = new Uint8Array(Buffer.from(signer.sign(signed), 'base64'));
  certificate.signatureValue = new BitString({ valueHex: value.buffer });
  return new Uint8Array(certificate.toSchema(true).toBER());
}
