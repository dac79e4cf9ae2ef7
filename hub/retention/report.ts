import { createHash, verify } from 'node:crypto';
import type { ComplaintKind } from '../../schemas/index.ts';
import type { Signer } from '../access/keys/signing-key.ts';
import type { Removed } from './destroy-complaints.ts';
import type { OverCounts } from './find-over.ts';

/** What was destroyed, by which rule, and what was left. It names nobody. Times are in UTC. */
export interface DestructionReport {
  format: 'minwon-hub destruction 1';
  id: string;
  agency: string;
  kinds: ComplaintKind[];
  years: number;
  source: string;
  completedBefore: string;
  announcedAt: string;
  begunAt: string;
  endedAt: string;
  complaints: number;
  byKind: Record<string, number>;
  /** SHA-256 over their receipt numbers, sorted, a line each: whoever has the list can show that it is this one. */
  receiptNumbers: string;
  removed: Removed;
  left: OverCounts;
}

export interface SignedReport {
  report: DestructionReport;
  /** Ed25519, SPKI in base64. */
  publicKey: string;
  /** Of the report as JSON without white space, its members sorted by name. In base64. */
  signature: string;
}

export const digestNumbers = (numbers: readonly string[]): string =>
  createHash('sha256')
    .update([...numbers].sort().join('\n'))
    .digest('hex');

/** JSON whose members stand in the order of their names, so that storing it as jsonb changes nothing. */
function toText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${toText(member)}`).join(',')}}`;
}

export const signReport = (report: DestructionReport, signer: Signer): SignedReport => ({
  report,
  publicKey: signer.publicKey,
  signature: signer.sign(toText(report)),
});

/** Whether the report is as the hub with this key signed it. Throws if a key or a signature is none. */
export function isAsSigned({ report, publicKey, signature }: SignedReport): boolean {
  const key = { key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' } as const;
  return verify(null, Buffer.from(toText(report)), key, Buffer.from(signature, 'base64'));
}
