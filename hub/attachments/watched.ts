import type { Outage } from '../observe/outage.ts';
import { AttachmentError, isOutage } from './attachment-error.ts';
import type { BlobStore, Staged } from './blob-store.ts';
import type { Scan } from './scan.ts';

/** The same store. `outage` is told whether it can be used. */
export function watchStore(blobs: BlobStore, outage: Outage): BlobStore {
  const watch = watchedBy(outage);
  const watchStaged = (staged: Staged): Staged => ({
    read: () => watch(() => staged.read()),
    place: (sha256) => watch(() => staged.place(sha256)),
    discard: () => watch(() => staged.discard()),
  });
  return {
    stage: async (source) => watchStaged(await watch(() => blobs.stage(source))),
    open: (sha256) => watch(() => blobs.open(sha256)),
    remove: (sha256) => watch(() => blobs.remove(sha256)),
    tidy: (before) => watch(() => blobs.tidy(before)),
    close: () => blobs.close(),
  };
}

/** The same scan. `outage` is told whether there are verdicts. */
export function watchScan(scan: Scan, outage: Outage): Scan {
  const watch = watchedBy(outage);
  return (source) => watch(() => scan(source));
}

/** An error of a single file says nothing about the store or clamd. */
function watchedBy(outage: Outage) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const done = await work();
      outage.ended();
      return done;
    } catch (error) {
      if (error instanceof AttachmentError && isOutage(error)) outage.failed(error);
      throw error;
    }
  };
}
