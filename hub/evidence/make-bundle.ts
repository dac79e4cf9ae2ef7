import { buffer } from 'node:stream/consumers';
import type { AttachmentEntry } from '../attachments/read-attachments.ts';
import type { Paper } from '../paper/paper.ts';
import { printPaper } from '../paper/press.ts';
import type { BundleAsked, BundleDependencies } from './bundle-parts.ts';
import { EvidenceError } from './evidence-error.ts';
import { type Gathered, gatherRecords } from './gather-records.ts';
import { readMe } from './read-me.ts';
import { toSummary } from './to-summary.ts';
import {
  format,
  type Manifest,
  manifestPath,
  recordsPath,
  type Signature,
  signaturePath,
} from './verify/bundle.ts';
import { digestOf, sha256, toBase64, toBytes, toCanonical } from './verify/canonical.ts';
import { writeZip, type ZipEntry } from './verify/stored-zip.ts';

/** The most bytes of files in one bundle: it is made in memory. */
const mostBytes = 200_000_000;

/** What a bundle is made of. */
export interface GatheredBundle extends Gathered {
  asked: BundleAsked;
  madeAt: Date;
  /** The files in it, by their ids. */
  kept: ReadonlyMap<string, { path: string; entry: AttachmentEntry }>;
  summary: Paper;
}

/** Reads everything that a bundle says but the files themselves. Errors: EvidenceError. */
export async function gatherBundle(deps: BundleDependencies, asked: BundleAsked): Promise<GatheredBundle> {
  const { file, masked } = asked;
  const madeAt = new Date();
  const attachments = await deps.attachments.list(file.id);
  const kept = asked.withFiles && !masked ? nameFiles(attachments) : new Map();
  const gathered = await gatherRecords(deps.store, file, { masked, attachments, kept });
  const { records } = gathered;
  const summary = await toSummary(deps, asked, { records, madeAt, publicKey: deps.signer.publicKey });
  return { ...gathered, asked, madeAt, kept, summary };
}

/** One complaint as a file that can be verified without the hub. Errors: EvidenceError, PaperError, AttachmentError. */
export async function makeBundle(
  deps: Omit<BundleDependencies, 'store'>,
  { asked, madeAt, kept, summary, records, events }: GatheredBundle,
): Promise<Uint8Array> {
  const { signer, settings } = deps;
  // Loaded when somebody makes a bundle: what knows X.509 takes time and room.
  const { makeCertificate } = await import('./make-certificate.ts');
  const certificate = makeCertificate(signer, toHubName(settings.PUBLIC_URL), madeAt);
  const files: ZipEntry[] = [
    { path: recordsPath, content: toBytes(toCanonical(records)) },
    { path: 'summary.pdf', content: await printPaper(summary) },
    { path: 'README.txt', content: toBytes(readMe) },
  ];
  for (const { path, entry } of kept.values())
    files.push({ path, content: await buffer(await deps.attachments.open(entry)) });
  const manifest: Manifest = {
    ...{ format, receiptNumber: asked.file.receiptNumber, madeAt: madeAt.toISOString(), madeBy: asked.by },
    ...{ reason: asked.reason, hub: settings.PUBLIC_URL ?? '', masked: asked.masked, events },
    certificate: await sha256(certificate),
    records: await digestEach(records),
    files: await Promise.all(
      files.map(async ({ path, content }) => ({
        path,
        size: content.length,
        sha256: await sha256(content),
      })),
    ),
  };
  const text = toCanonical(manifest);
  const signature = await signManifest(deps, asked, text, certificate);
  return writeZip([
    { path: manifestPath, content: toBytes(text) },
    { path: signaturePath, content: toBytes(toCanonical(signature)) },
    ...files,
  ]);
}

/** The name of the file that a bundle is saved as. */
export const toBundleName = (receiptNumber: string): string => `evidence-${receiptNumber}.zip`;

async function signManifest(
  { signer, settings }: Pick<BundleDependencies, 'signer' | 'settings'>,
  { withTimeStamp }: BundleAsked,
  manifest: string,
  certificate: Uint8Array,
): Promise<Signature> {
  const signature = signer.sign(manifest);
  const { TSA_URL: url, TSA_CA_FILE: authorities } = settings;
  const stamp =
    url !== undefined && withTimeStamp ? await stampSignature(url, signature, authorities) : undefined;
  const signed = { certificate: toBase64(certificate), signature, timeStamp: stamp ? toBase64(stamp) : null };
  return { ...signed, seal: signer.sign(toCanonical(signed)) };
}

async function stampSignature(url: string, signature: string, authorities: string | undefined) {
  const { askTimeStamp, readAuthorities } = await import('./ask-time-stamp.ts');
  const trusted = authorities === undefined ? [] : await readAuthorities(authorities);
  return askTimeStamp(url, new Uint8Array(Buffer.from(signature, 'base64')), trusted);
}

async function digestEach(records: Record<string, unknown>): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [name, record] of Object.entries(records)) digests[name] = await digestOf(record);
  return digests;
}

/** Where the files that the hub holds stand in the bundle, by their ids. */
function nameFiles(entries: readonly AttachmentEntry[]): GatheredBundle['kept'] {
  const held = entries.filter(({ state }) => state === 'held');
  const bytes = held.reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (bytes > mostBytes)
    throw new EvidenceError('files_too_large', `the files have ${bytes} bytes, and ${mostBytes} is the most`);
  return new Map(held.map((entry, n) => [entry.id, { path: `files/${n + 1}/${entry.name}`, entry }]));
}

const toHubName = (url: string | undefined): string => (url ? new URL(url).host : 'minwon-hub');
