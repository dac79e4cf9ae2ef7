import { Readable } from 'node:stream';
import type { Keys } from '../store/sealing/keys.ts';
import type { BlobStore, Staged } from './blob-store.ts';
import { openStream, sealStream } from './sealed-stream.ts';

/** Bytes that are durable, with the id of the data key that they are sealed with. */
export interface SealedStaged extends Staged {
  keyId: string | null;
}

export interface SealedBlobs extends BlobStore {
  stage(source: AsyncIterable<Uint8Array>): Promise<SealedStaged>;
}

/** The same store, with contents sealed where sealing is on. Those from before come out as they are. */
export function sealBlobs(blobs: BlobStore, keys: Keys): SealedBlobs {
  const open = (source: Readable): Readable =>
    keys.on ? Readable.from(openStream(source, keys.findKey), { objectMode: false }) : source;
  return {
    ...blobs,
    async stage(source) {
      const key = keys.findFileKey();
      const staged = await blobs.stage(key ? sealStream(source, key) : source);
      return { ...staged, read: async () => open(await staged.read()), keyId: key?.id ?? null };
    },
    open: async (sha256) => open(await blobs.open(sha256)),
  };
}
