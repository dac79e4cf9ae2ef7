import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toReason } from '../../schemas/reason.ts';
import { AttachmentError } from './attachment-error.ts';
import type { BlobStore, Staged } from './blob-store.ts';

/**
 * Contents in a folder. Each is written beside, synced and then renamed, so that it is there as a whole or not at all.
 * Several processes may share the folder.
 */
export function openDiskStore(folder: string): BlobStore {
  const incoming = join(folder, 'incoming');
  const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);

  function toStaged(file: string): Staged {
    return {
      read: async () => createReadStream(file),
      discard: () => rm(file, { force: true }),
      place: (sha256) =>
        told(async () => {
          const place = placeOf(sha256);
          await mkdir(dirname(place), { recursive: true, mode: 0o700 });
          await rename(file, place);
          await syncFolder(dirname(place));
        }),
    };
  }

  return {
    async stage(source) {
      const file = join(incoming, randomUUID());
      try {
        await told(() => mkdir(incoming, { recursive: true, mode: 0o700 }));
        await write(file, source);
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
      return toStaged(file);
    },
    open: (sha256) =>
      told(async () => {
        const handle = await open(placeOf(sha256));
        return handle.createReadStream();
      }),
    remove: (sha256) => told(() => rm(placeOf(sha256), { force: true })),
    async tidy(before) {
      for (const name of await readdir(incoming).catch(() => [])) {
        const file = join(incoming, name);
        const left = await stat(file).catch(() => undefined);
        if (left && left.mtime < before) await rm(file, { force: true });
      }
    },
    close: () => undefined,
  };
}

/** Errors of the source are passed on as they are. Errors of the disk become AttachmentErrors. */
async function write(file: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await told(() => open(file, 'wx', 0o600));
  try {
    for await (const chunk of source) await told(() => handle.writeFile(chunk));
    await told(() => handle.sync());
  } finally {
    await handle.close();
  }
}

/** A rename is durable once its folder is synced. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new AttachmentError('full', toReason('disk_full'), { cause });
    if (code === 'ENOENT') throw new AttachmentError('missing', toReason('content_missing'), { cause });
    throw new AttachmentError('away', toReason('attachments_folder_away', { detail: code }), { cause });
  }
}
