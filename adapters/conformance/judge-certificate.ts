import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Reason, toReason } from '../../schemas/reason.ts';
import { contractVersion } from '../contract.ts';
import type { Certificate } from './certificate.ts';
import { certificateFile, findChangedFile } from './certified-files.ts';

/**
 * What the certificate of an adapter is worth now. `void`: it tells nothing about these files. `broken`: it fits, and
 * says that laws are broken.
 */
export type Standing =
  | { state: 'none' }
  | { state: 'void'; reason: Reason; certificate?: Certificate }
  | { state: 'broken'; laws: string[]; certificate: Certificate }
  | { state: 'valid'; certificate: Certificate };

/**
 * Judges the certificate in an adapter's folder. It must name this adapter and this contract, and fit every file that it
 * lists, of which the `entry` must be one.
 */
export function judgeCertificate(given: { folder: string; adapter: string; entry?: string }): Standing {
  let text: string;
  try {
    text = readFileSync(join(given.folder, certificateFile), 'utf8');
  } catch {
    return { state: 'none' };
  }
  const certificate = read(text);
  if (!certificate) return { state: 'void', reason: toReason('certificate_unreadable') };
  const reason = findFault(certificate, given);
  if (reason) return { state: 'void', reason, certificate };
  const laws = certificate.laws.filter(({ result }) => result === 'broken').map(({ law }) => law);
  return laws.length > 0 ? { state: 'broken', laws, certificate } : { state: 'valid', certificate };
}

function read(text: string): Certificate | undefined {
  try {
    const parsed = JSON.parse(text) as Partial<Certificate> | null;
    const { adapter, version, date, files, laws } = parsed ?? {};
    const hasWords = [adapter, version, date].every((word) => typeof word === 'string');
    const hasFiles = typeof files === 'object' && files !== null;
    const hasLaws =
      Array.isArray(laws) &&
      laws.length > 0 &&
      laws.every((one) => typeof one?.law === 'string' && results.includes(one?.result));
    return hasWords && hasFiles && hasLaws ? (parsed as Certificate) : undefined;
  } catch {
    return undefined;
  }
}

const results: unknown[] = ['kept', 'broken', 'not supported'];

function findFault(
  { adapter, contract, files }: Certificate,
  given: { folder: string; adapter: string; entry?: string },
): Reason | undefined {
  if (adapter !== given.adapter) return toReason('certificate_other', { name: String(adapter) });
  if (contract !== contractVersion)
    return toReason('certificate_contract', { theirs: String(contract), ours: contractVersion });
  const entry = given.entry && relative(given.folder, given.entry).split(sep).join('/');
  if (entry && !Object.hasOwn(files, entry)) return toReason('certificate_file', { file: entry });
  const changed = findChangedFile(given.folder, files);
  return changed === undefined ? undefined : toReason('certificate_file', { file: changed });
}
