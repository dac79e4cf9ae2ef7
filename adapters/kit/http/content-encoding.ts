import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { ReasonError, toReason } from '../../../schemas/reason.ts';

type Content = AsyncIterable<Uint8Array>;

const through = (create: () => Transform) =>
  async function* (packed: Content): AsyncGenerator<Uint8Array> {
    const unpacker = create();
    // Whatever goes wrong is met where the unpacker is read; a reader that stops ends both.
    pipeline(packed, unpacker).catch(() => undefined);
    yield* unpacker;
  };

/** What a reply may be packed in (RFC 9110, 8.4.1; RFC 9659). */
const unpackers: Record<string, (packed: Content) => Content> = {
  gzip: through(createGunzip),
  'x-gzip': through(createGunzip),
  deflate: inflate,
  br: through(createBrotliDecompress),
  zstd: through(createZstdDecompress),
};
/** A reply that is packed more often means harm. */
const mostLayers = 2;

/**
 * The content as it was before it was packed, as it comes: some servers pack though nobody asked for it. Throws ReasonError
 * for what nobody can unpack; the stream throws where its bytes are no such packing. Whoever reads it sets the limit.
 */
export function unpack(content: Content, encoding: string | string[] | undefined): Content {
  const layers = String(encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity');
  if (layers.length > mostLayers) throw new ReasonError(toReason('packed_often', { count: layers.length }));
  return layers.reduceRight((packed, name) => {
    const unpacker = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
    if (!unpacker) throw new ReasonError(toReason('packed_unknown', { encoding: name.slice(0, 40) }));
    return unpacker(packed);
  }, content);
}

/** Some servers leave the header of zlib out, whatever RFC 9110, 8.4.1.2 says; its first byte ends in 8 (RFC 1950). */
async function* inflate(packed: Content): AsyncGenerator<Uint8Array> {
  const rest = packed[Symbol.asyncIterator]();
  const { value: first, done } = await rest.next();
  if (done) return;
  const whole = async function* () {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  const isBare = ((first[0] ?? 0) & 0x0f) !== 8;
  yield* through(isBare ? createInflateRaw : createInflate)(whole());
}
