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
    // Errors reach the reader of the unpacker. A reader that stops ends both streams.
    pipeline(packed, unpacker).catch(() => undefined);
    yield* unpacker;
  };

/** The content encodings that a reply may use (RFC 9110, 8.4.1; RFC 9659). */
const unpackers: Record<string, (packed: Content) => Content> = {
  gzip: through(createGunzip),
  'x-gzip': through(createGunzip),
  deflate: inflate,
  br: through(createBrotliDecompress),
  zstd: through(createZstdDecompress),
};
/** A reply that is packed more often is probably an attack. */
const mostLayers = 2;

/**
 * Unpacks the content as a stream, since some servers pack without being asked. Throws ReasonError for an unknown
 * encoding. The stream throws when its bytes do not match the encoding. The reader sets the size limit.
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

/**
 * Some servers omit the zlib header that RFC 9110, 8.4.1.2, requires. The first byte of a zlib header ends in 8 (RFC
 * 1950).
 */
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
