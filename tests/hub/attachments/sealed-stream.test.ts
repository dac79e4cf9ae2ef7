import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStream, sealStream } from '../../../hub/attachments/sealed-stream.ts';
import { type DataKey, sealAlgorithms } from '../../../hub/store/sealing/sealed-text.ts';

const keyOf = (algorithm: DataKey['algorithm']): DataKey => ({
  id: 'filekey1',
  algorithm,
  key: createSecretKey(randomBytes(32)),
});
const key = keyOf('aes-256-gcm');

async function* inPieces(content: Buffer, length: number) {
  for (let at = 0; at < content.length; at += length) yield content.subarray(at, at + length);
}
async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
const seal = (content: Buffer, piece = 30_000, own = key) =>
  readAll(sealStream(inPieces(content, piece), own));
const open = (sealed: Buffer, piece = 30_000, own = key) =>
  readAll(openStream(inPieces(sealed, piece), (id) => (id === own.id ? own : undefined)));

const frame = 65_536;
const head = 8 + 8 + 32;

describe.each(sealAlgorithms)('a file sealed with %s', (algorithm) => {
  const own = keyOf(algorithm);

  it('opens to the same bytes, however long it is and however it comes', async () => {
    const lengths = fc.oneof(
      fc.nat(3 * frame),
      fc.constantFrom(0, 1, frame - 1, frame, frame + 1, 2 * frame, 2 * frame + 1),
    );
    const pieces = fc.integer({ min: 7, max: 200_000 });
    await fc.assert(
      fc.asyncProperty(lengths, pieces, pieces, async (length, sent, read) => {
        const content = randomBytes(length);
        const sealed = await seal(content, sent, own);
        const frames = Math.max(1, Math.ceil(length / frame));
        expect(sealed.length).toBe(head + length + 16 * frames);
        expect((await open(sealed, read, own)).equals(content)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a sealed file', () => {
  const content = Buffer.from('홍길동 010-1234-5678\n'.repeat(10_000));

  it('shows nothing of its content', async () => {
    const sealed = await seal(content);
    expect(sealed.includes('홍길동')).toBe(false);
    expect(sealed.includes('010-1234-5678')).toBe(false);
  });

  it('that was cut, between two frames or within one, does not open', async () => {
    const sealed = await seal(content);
    for (const end of [
      head,
      head + 1,
      head + frame + 16,
      head + 2 * (frame + 16),
      sealed.length - 1,
      head - 1,
    ])
      await expect(open(sealed.subarray(0, end))).rejects.toThrow('the stored content was changed or cut');
  });

  it('does not open with frames in another order, twice, or taken from another file', async () => {
    const sealed = await seal(content);
    const other = await seal(content);
    const at = (file: Buffer, n: number) =>
      file.subarray(head + n * (frame + 16), head + (n + 1) * (frame + 16));
    const [start, one, two, rest] = [
      sealed.subarray(0, head),
      at(sealed, 0),
      at(sealed, 1),
      sealed.subarray(head + 2 * (frame + 16)),
    ];
    for (const parts of [
      [start, two, one, rest],
      [start, one, one, two, rest],
      [start, one, rest],
      [start, at(other, 0), two, rest],
      [start, one, two, rest, rest],
    ])
      await expect(open(Buffer.concat(parts))).rejects.toThrow('the stored content was changed or cut');
  });

  it('names the key that is not there', async () => {
    const sealed = await seal(content);
    await expect(readAll(openStream(inPieces(sealed, 1000), () => undefined))).rejects.toThrow(
      'data key filekey1',
    );
  });

  it('gives out nothing of a frame that was changed', async () => {
    const sealed = await seal(content);
    sealed[head + frame + 20] = (sealed[head + frame + 20] ?? 0) ^ 1;
    const given: Uint8Array[] = [];
    const reading = async () => {
      for await (const part of openStream(inPieces(sealed, 4096), () => key)) given.push(part);
    };
    await expect(reading()).rejects.toThrow('the stored content was changed or cut');
    expect(Buffer.concat(given).equals(content.subarray(0, frame))).toBe(true);
  });
});

it.each(['', 'a', 'MINWON', '%PDF-1.7 from before'])(
  'a file from before passes as it is: %j',
  async (text) => {
    expect((await open(Buffer.from(text), 3)).toString()).toBe(text);
  },
);
