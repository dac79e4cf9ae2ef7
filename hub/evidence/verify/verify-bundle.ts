import type { Anchor } from '../../personal/log/chain.ts';
import type { StoredEntry } from '../../personal/log/entry.ts';
import type { ProofSeal } from '../../personal/log/prove-access.ts';
import { type AccessFound, verifyAccess } from './access-proof.ts';
import {
  beginning,
  format,
  type Manifest,
  manifestPath,
  recordsPath,
  type Signature,
  signaturePath,
} from './bundle.ts';
import { isManifest, isSignature } from './bundle-shapes.ts';
import { digestOf, fromBase64, fromCanonical, sha256, toBytes, toCanonical } from './canonical.ts';
import { readCertifiedKey } from './certificate-key.ts';
import type { BundleProblem, Tell } from './fault.ts';
import { readZip } from './stored-zip.ts';
import { type TimeStamp, verifyStamp } from './time-stamp.ts';

/** What whoever verifies knows by another way. */
export interface Known {
  /** Keys that may have signed it: the SHA-256 of their SPKI, in hexadecimal. Empty: any; the person compares it. */
  fingerprints?: readonly string[];
  /** Authorities of time stamps: their certificates (DER). */
  authorities?: readonly Uint8Array<ArrayBuffer>[];
}

export interface VerifiedBundle {
  /** Undefined: it cannot be read. */
  manifest: Manifest | undefined;
  /** Of the key that signed it. */
  fingerprint: string | undefined;
  timeStamp: TimeStamp | undefined;
  /** Records by what they are: event, attempt, notice, access. */
  counts: Record<string, number>;
  access: AccessFound | undefined;
  /** Empty: it is as it was made. */
  problems: BundleProblem[];
}

/**
 * Verifies a bundle without the hub: that no bit of it was changed, removed or added since it was signed, and that what it
 * tells of the access log is in its chain. It runs in Node and in browsers.
 */
export async function verifyBundle(
  bytes: Uint8Array<ArrayBuffer>,
  known: Known = {},
): Promise<VerifiedBundle> {
  const problems: BundleProblem[] = [];
  const tell: Tell = (fault, place) => void problems.push({ fault, place });
  const { entries, isWhole } = readZip(bytes);
  const contents = new Map(entries.map(({ path, content }) => [path, new Uint8Array(content)]));
  const signed = await verifySignature(contents, known, tell);
  const manifest = readManifest(contents);
  const nothing = { counts: {}, access: undefined };
  if (!manifest) {
    if (entries.length === 0) problems.splice(0, problems.length, { fault: 'not_a_bundle', place: 'ZIP' });
    else tell('manifest_changed', manifestPath);
    return { manifest, ...signed, ...nothing, problems };
  }
  await verifyFiles(contents, manifest, tell);
  const records = await verifyRecords(contents.get(recordsPath), manifest, tell);
  const access = await readAccess(records, tell);
  const order = [manifestPath, signaturePath, ...manifest.files.map(({ path }) => path)];
  const isInOrder = entries.length === order.length && order.every((path, n) => entries[n]?.path === path);
  // Told only where nothing else names what is altered: a changed byte changes the checksum beside it, too.
  if ((!isWhole || !isInOrder) && problems.length === 0) tell('container_changed', 'ZIP');
  return { manifest, ...signed, counts: countKinds(records), access, problems };
}

function readManifest(contents: ReadonlyMap<string, Uint8Array>): Manifest | undefined {
  const value = fromCanonical(contents.get(manifestPath) ?? new Uint8Array());
  return isManifest(value) && value.format === format ? value : undefined;
}

/** The manifest is signed by the key of the certificate, and so is the signature with its time stamp. */
async function verifySignature(
  contents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  { fingerprints = [], authorities = [] }: Known,
  tell: Tell,
): Promise<Pick<VerifiedBundle, 'fingerprint' | 'timeStamp'>> {
  const value = fromCanonical(contents.get(signaturePath) ?? new Uint8Array());
  const none = { fingerprint: undefined, timeStamp: undefined };
  if (!isSignature(value)) {
    tell(contents.has(signaturePath) ? 'signature_changed' : 'file_missing', signaturePath);
    return none;
  }
  const certificate = fromBase64(value.certificate);
  const certified = certificate && (await readCertifiedKey(certificate));
  if (!certified) {
    tell('certificate_changed', signaturePath);
    return none;
  }
  const manifest = contents.get(manifestPath) ?? new Uint8Array();
  const isSignedBy = async (signature: string, content: Uint8Array<ArrayBuffer>) => {
    const given = fromBase64(signature);
    return given !== undefined && (await crypto.subtle.verify('Ed25519', certified.key, given, content));
  };
  const { seal, ...sealed } = value;
  if (!(await isSignedBy(value.signature, manifest))) tell('manifest_changed', manifestPath);
  if (!(await isSignedBy(seal, toBytes(toCanonical(sealed))))) tell('signature_changed', signaturePath);
  const named = readManifest(contents);
  if (named && named.certificate !== (await sha256(certificate))) tell('certificate_changed', signaturePath);
  if (fingerprints.length > 0 && !fingerprints.includes(certified.fingerprint))
    tell('key_unknown', certified.fingerprint);
  return { fingerprint: certified.fingerprint, timeStamp: await readStamp(value, authorities, tell) };
}

async function readStamp(
  { timeStamp, signature }: Signature,
  authorities: readonly Uint8Array<ArrayBuffer>[],
  tell: Tell,
): Promise<TimeStamp | undefined> {
  if (timeStamp === null) return undefined;
  try {
    const stamp = await verifyStamp(
      fromBase64(timeStamp) ?? new Uint8Array(),
      fromBase64(signature) ?? new Uint8Array(),
      { authorities },
    );
    if (stamp.isTrusted === false) tell('time_stamp_untrusted', stamp.authority);
    return stamp;
  } catch (error) {
    tell('time_stamp_wrong', (error as Error).message);
    return undefined;
  }
}

async function verifyFiles(
  contents: ReadonlyMap<string, Uint8Array>,
  { files }: Manifest,
  tell: Tell,
): Promise<void> {
  for (const { path, size, sha256: digest } of files) {
    const content = contents.get(path);
    if (!content) tell('file_missing', path);
    // Its records say below what of it was changed.
    else if (path !== recordsPath && (content.length !== size || (await sha256(content)) !== digest))
      tell('file_changed', path);
  }
  const named = new Set([manifestPath, signaturePath, ...files.map(({ path }) => path)]);
  for (const path of contents.keys()) if (!named.has(path)) tell('file_added', path);
}

type Records = Record<string, unknown>;

/** The records that are as the manifest says. */
async function verifyRecords(
  content: Uint8Array | undefined,
  { records: digests, events, files }: Manifest,
  tell: Tell,
): Promise<Records> {
  const value = fromCanonical(content ?? new Uint8Array());
  if (typeof value !== 'object' || value === null) {
    if (content) tell('file_changed', recordsPath);
    return {};
  }
  const records = value as Records;
  const whole: Records = {};
  for (const [name, digest] of Object.entries(digests)) {
    if (!Object.hasOwn(records, name)) tell('record_missing', name);
    else if ((await digestOf(records[name])) !== digest) tell('record_changed', name);
    else whole[name] = records[name];
  }
  for (const name of Object.keys(records)) if (!Object.hasOwn(digests, name)) tell('record_added', name);
  verifyChain(whole, digests, events, tell);
  const sizes = new Map(files.map((file) => [file.path, file.sha256]));
  for (const record of ofKind<{ path?: string; sha256: string | null }>(whole, 'file'))
    if (record.path !== undefined && sizes.get(record.path) !== record.sha256)
      tell('attachment_changed', record.path);
  return whole;
}

/** Each event names the digest of the one before it, from the first to the head. */
function verifyChain(
  records: Records,
  digests: Manifest['records'],
  { count, head }: Manifest['events'],
  tell: Tell,
): void {
  let previous = beginning;
  for (let n = 1; n <= count; n += 1) {
    const name = `event/${n}`;
    const event = records[name] as { previous: string } | undefined;
    if (event && event.previous !== previous) tell('event_chain_broken', name);
    previous = digests[name] ?? '';
  }
  if (previous !== head) tell('event_chain_broken', 'head');
}

/** Records of a forged bundle may have any shape: what cannot be read is told as changed. */
async function readAccess(records: Records, tell: Tell): Promise<AccessFound | undefined> {
  try {
    return await verifyAccess(toProof(records), tell);
  } catch {
    tell('record_changed', 'access');
    return undefined;
  }
}

const kindOf = (name: string): string => name.split('/', 1)[0] as string;

const ofKind = <T>(records: Records, kind: string): T[] =>
  Object.entries(records).flatMap(([name, record]) => (kindOf(name) === kind ? [record as T] : []));

const toProof = (records: Records) => ({
  entries: ofKind<StoredEntry>(records, 'access'),
  seals: ofKind<ProofSeal>(records, 'seal').sort(
    (one, other) => one.month.localeCompare(other.month) || Number(BigInt(one.number) - BigInt(other.number)),
  ),
  anchors: ofKind<Anchor>(records, 'anchor').sort((one, other) =>
    Number(BigInt(one.number) - BigInt(other.number)),
  ),
});

function countKinds(records: Records): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of Object.keys(records)) counts[kindOf(name)] = (counts[kindOf(name)] ?? 0) + 1;
  return counts;
}
