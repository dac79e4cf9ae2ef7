/**
 * An evidence bundle: one complaint as a ZIP file. `manifest.json` names everything in it by its SHA-256, and
 * `signature.json` signs the manifest. Both are canonical JSON (RFC 8785), so each has one way to be written.
 */
export const format = 'minwon-hub/evidence/1';

export const manifestPath = 'manifest.json';
export const signaturePath = 'signature.json';
export const recordsPath = 'records.json';

/** What an event follows that is the first. */
export const beginning = '0'.repeat(64);

export interface Manifest {
  format: string;
  receiptNumber: string;
  /** ISO 8601, UTC. */
  madeAt: string;
  /** The login of who asked for it. */
  madeBy: string;
  /** Why, as that person said. */
  reason: string;
  /** The hub's address. Empty: it does not know it. */
  hub: string;
  /** Names and addresses of persons are masked, and there are no files. */
  masked: boolean;
  /** SHA-256 of the certificate (DER), in hexadecimal as all digests here. */
  certificate: string;
  /** The chain of events: how many, and the digest of the last. */
  events: { count: number; head: string };
  /** The digest of each record of records.json, by its name: `event/3`. */
  records: Record<string, string>;
  /** The other files, in their order. */
  files: { path: string; size: number; sha256: string }[];
}

export interface Signature {
  /** X.509 (RFC 5280) with an Ed25519 key (RFC 8410): DER in base64. */
  certificate: string;
  /** Ed25519 (RFC 8032) over the bytes of manifest.json, in base64. */
  signature: string;
  /** TimeStampResp (RFC 3161) over the bytes of the signature: DER in base64. Null: none was asked for. */
  timeStamp: string | null;
  /** Ed25519 over the three above as canonical JSON. So no bit of the time stamp can change unseen. */
  seal: string;
}
