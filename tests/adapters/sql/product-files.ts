import { ok } from 'node:assert';
import { createHash } from 'node:crypto';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { BoardRef, GivenAttachment } from '../../../adapters/contract.ts';
import type { Product } from './open-product.ts';

/** Files on their way to a product's board and from it. */

export const content = Buffer.from('%PDF-1.7 신청서'.repeat(9000));
const call = (key: string) => ({ key, signal: AbortSignal.timeout(10_000) });

/** A file of the post as it was registered, or another. */
export function given(
  ref: BoardRef,
  attachment: Partial<GivenAttachment['attachment']> = {},
): GivenAttachment {
  async function* inPieces() {
    for (let at = 0; at < content.length; at += 10_000) yield content.subarray(at, at + 10_000);
  }
  const { event, complaint, role } = toChange(samples.registered);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const id = '01934a52-7c3e-7000-8000-00000000000a';
  const named = { id, name: '사업 계획서.pdf', mediaType: 'application/pdf', size: content.length, sha256 };
  return { event, complaint, role, ref, attachment: { ...named, ...attachment }, content: inPieces() };
}

export const pushFile = ({ adapter }: Product, file: GivenAttachment, key: string) =>
  adapter.pushAttachment!(file, call(key));
export async function bringFile(product: Product, file: GivenAttachment, key: string): Promise<BoardRef> {
  const outcome = await pushFile(product, file, key);
  ok(outcome.kind === 'done', JSON.stringify(outcome));
  return outcome.ref;
}
export const findFile = ({ adapter }: Product, file: GivenAttachment, key: string) =>
  adapter.findAttachment!(file, call(key));

export async function fetchFile({ adapter }: Product, externalId: string, id: string): Promise<Buffer> {
  const wanted = { reference: { id, name: 'x' }, ref: { externalId } };
  const { content: stream } = await adapter.fetchAttachment!(wanted, AbortSignal.timeout(10_000));
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
