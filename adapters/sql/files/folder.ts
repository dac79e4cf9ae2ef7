/**
 * Files in a board's folder, to which people and other programs write too. Nothing outside the folder is ever opened.
 */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';
import { SqlError } from '../../kit/sql-errors.ts';
import { type Disk, type Meanings, openDisk } from './disk.ts';

/** What is known about a file before it is written. */
interface Announced {
  /** Bytes; exact. */
  size: number;
  sha256: string;
  content: AsyncIterable<Uint8Array>;
}

const chunkBytes = 64 * 1024;
/** Milliseconds. */
const tidyWithin = 5_000;
const asFolder = constants.O_RDONLY | constants.O_DIRECTORY;

/**
 * Reads a file by the name in its table. It opens when it is read and closes when the reader stops. Throws SqlError.
 *
 * - `refused`: it is no plain file of this folder, or does not exist
 * - `unauthorised`: this user may not read it
 * - `not_sent`: the folder is away
 * - `no_reply`: the folder does not answer in time
 */
export async function* readStored(
  folder: string,
  stored: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const disk = openDisk(folder, signal);
  const path = await locate(disk, folder, stored);
  // Does not follow a link, and does not wait for the writer of a named pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await disk.open(() => open(path, flags), missing);
  try {
    const found = await disk.call(() => handle.stat());
    if (!found.isFile()) throw new SqlError('refused', toReason('folder_no_plain_file'));
    while (true) {
      const { bytesRead, buffer } = await disk.call(() => handle.read(Buffer.alloc(chunkBytes)));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await disk.close(handle);
  }
}

/**
 * Writes a file under a temporary name, and renames it when it is complete on disk. So nobody sees half a file. A half
 * file that a crash left is written again. `mode`: as for chmod. Throws SqlError like {@link readStored}, and what
 * `content` throws.
 */
export async function writeStored(
  folder: string,
  stored: string,
  announced: Announced,
  { mode, signal }: { mode: number; signal: AbortSignal },
): Promise<void> {
  const disk = openDisk(folder, signal);
  const path = await locate(disk, folder, stored);
  const parent = join(path, '..');
  const temporary = join(parent, `.${stored}.part`);
  await disk.call(() => rm(temporary, { force: true }));
  // "x" never opens an existing file and never follows a link.
  const handle = await disk.open(() => open(temporary, 'wx', 0o600));
  try {
    await fill(disk, handle, announced);
    await disk.call(() => handle.chmod(mode));
    await disk.call(() => handle.sync());
    if (!(await isAt(disk, temporary, handle))) throw new SqlError('not_sent', toReason('folder_begun_anew'));
    await disk.call(() => rename(temporary, path));
  } catch (error) {
    const removed = removePart(folder, temporary, handle);
    if (!signal.aborted) await removed;
    throw error;
  } finally {
    await disk.close(handle);
  }
  await syncFolder(disk, parent);
}

/**
 * Tests what the adapter will do in the folder. Returns the problem. Undefined: there is none.
 */
export async function tryFolder(
  folder: string,
  writes: boolean,
  signal: AbortSignal,
): Promise<Reason | undefined> {
  const disk = openDisk(folder, signal);
  const name = `.minwon-hub-${randomBytes(8).toString('hex')}.part`;
  try {
    const path = await locate(disk, folder, name);
    await disk.close(await disk.open(() => open(join(path, '..'), asFolder)));
    if (!writes) return undefined;
    await disk.close(await disk.open(() => open(path, 'wx', 0o600)));
    await disk.call(() => rm(path));
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * The path of a stored name. It may lead into subfolders, but never out of the configured folder: not by `..`, an
 * absolute path or a link.
 */
async function locate(disk: Disk, folder: string, stored: string): Promise<string> {
  const names = stored.split('/');
  if (names.some((name) => /^\.{0,2}$|[\\\0]/.test(name)))
    throw new SqlError('refused', toReason('folder_outside'));
  const root = await disk.call(() => realpath(folder), away);
  const parent = join(root, ...names.slice(0, -1));
  if ((await disk.call(() => realpath(parent), missing)) !== parent)
    throw new SqlError('refused', toReason('folder_behind_link'));
  return join(parent, names.at(-1) ?? '');
}

/** Runs also after the signal, but then nobody waits for it. A remaining file is simply written again later. */
async function removePart(folder: string, temporary: string, handle: FileHandle): Promise<void> {
  const disk = openDisk(folder, AbortSignal.timeout(tidyWithin));
  if (await isAt(disk, temporary, handle))
    await disk.call(() => rm(temporary, { force: true })).catch(() => undefined);
}

/** False: another call has put its own file there, or the folder does not answer. */
async function isAt(disk: Disk, path: string, handle: FileHandle): Promise<boolean> {
  try {
    return (await disk.call(() => handle.stat())).ino === (await disk.call(() => lstat(path))).ino;
  } catch {
    return false;
  }
}

async function fill(disk: Disk, handle: FileHandle, { size, sha256, content }: Announced): Promise<void> {
  const hash = createHash('sha256');
  let written = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    written += chunk.length;
    await disk.call(() => handle.writeFile(chunk));
  }
  if (written !== size || hash.digest('hex') !== sha256)
    throw new SqlError('not_sent', toReason('folder_other_content'));
}

/** Makes the new name durable. Some network shares cannot do this and keep names by themselves. */
async function syncFolder(disk: Disk, folder: string): Promise<void> {
  const handle = await disk.open(() => open(folder, asFolder));
  await disk.call(() => handle.sync()).catch(() => undefined);
  await disk.close(handle);
}

/** Errors when a file is read. */
const missing: Meanings = {
  ENOENT: ['refused', toReason('folder_file_gone')],
  ENOTDIR: ['refused', toReason('folder_file_gone')],
};
/** Errors of the folder itself. */
const away: Meanings = {
  ENOENT: ['not_sent', toReason('folder_away')],
  ENOTDIR: ['not_sent', toReason('folder_is_none')],
};
