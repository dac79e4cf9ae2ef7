import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { type ContentStore, createContentStore } from './content-store.ts';
import { openDiskStore } from './disk-store.ts';
import { createReadInside } from './reading/read-inside.ts';
import { createClamdScan } from './scan.ts';
import { watchScan, watchStore } from './watched.ts';

type AttachmentSettings = Pick<
  Settings,
  | 'DATA_DIR'
  | 'ATTACHMENTS_DIR'
  | 'S3_BUCKET'
  | 'S3_ENDPOINT'
  | 'S3_REGION'
  | 'S3_KEY'
  | 'S3_SECRET'
  | 'CLAMD_URL'
>;

/** Milliseconds without a failure, after which the store or clamd counts as back. */
const steadyAfter = 10_000;

/**
 * Opens the store of contents that the settings name: a bucket, or else a folder. It connects at the first call. `place`:
 * contents that another store of tables counts (`trial`) lie apart, for neither knows what the other refers to.
 */
export async function openContentStore(
  store: Store,
  settings: AttachmentSettings,
  log: Logger,
  place?: 'trial',
): Promise<ContentStore> {
  const { S3_BUCKET, ATTACHMENTS_DIR, DATA_DIR, CLAMD_URL } = settings;
  const folder = resolve(ATTACHMENTS_DIR ?? join(DATA_DIR, 'attachments'), place ?? '');
  const blobs = S3_BUCKET ? await openBucket(S3_BUCKET, settings, place) : openDiskStore(folder);
  const outageOf = (what: string) => createOutage(log, what, steadyAfter);
  return createContentStore(store, watchStore(blobs, outageOf('the store of the attachments')), {
    scan: CLAMD_URL ? watchScan(createClamdScan(CLAMD_URL), outageOf('clamd')) : undefined,
    readInside: createReadInside(log),
  });
}

/** The client is loaded only if it is needed, because it is the hub's largest package. */
async function openBucket(bucket: string, settings: AttachmentSettings, place?: string) {
  const { openS3Store } = await import('./s3-store.ts');
  return openS3Store(bucket, settings, place && `${place}/`);
}
