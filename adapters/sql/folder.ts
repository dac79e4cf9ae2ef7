/** Files in a board's folder, which people and other programs write, too. Nothing outside of it is ever opened. */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SqlError, type SqlErrorKind } from '../kit/sql-errors.ts';

/** What is known of a file before it is written. */
interface Announced {
  /** Bytes; exact. */
  size: number;
  sha256: string;
  content: AsyncIterable<Uint8Array>;
}

const chunkBytes = 64 * 1024;

/**
 * A file as its table names it, opened when it is read and closed when its reader stops. Throws SqlError: `refused`
 * for what is no plain file of this folder, or is not there; `unauthorised`; `not_sent` when the folder is away.
 */
export async function* readStored(
  folder: string,
  stored: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const path = await locate(folder, stored);
  // Not through a link; and a pipe that somebody put there does not wait for its writer.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await orSqlError(open(path, flags), missing);
  try {
    const found = await orSqlError(handle.stat());
    if (!found.isFile()) throw new SqlError('refused', 'what the board names is no plain file');
    while (true) {
      if (signal.aborted) throw new SqlError('no_reply', 'given up while it was read');
      const { bytesRead, buffer } = await orSqlError(handle.read(Buffer.alloc(chunkBytes)));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file under another name, and gives it its own when all of it is on the disk: whoever sees it sees all of it.
 * What a crash left is begun anew. `mode`: as for chmod. Throws SqlError as {@link readStored} does, and what `content` throws.
 */
export async function writeStored(
  folder: string,
  stored: string,
  announced: Announced,
  { mode, signal }: { mode: number; signal: AbortSignal },
): Promise<void> {
  const path = await locate(folder, stored);
  const parent = join(path, '..');
  const temporary = join(parent, `.${stored}.part`);
  await orSqlError(rm(temporary, { force: true }));
  // "x": never what is there already, and never through a link.
  const handle = await orSqlError(open(temporary, 'wx', 0o600));
  try {
    await fill(handle, announced, signal);
    await orSqlError(handle.chmod(mode));
    await orSqlError(handle.sync());
    if (!(await isAt(temporary, handle)))
      throw new SqlError('not_sent', 'another call began the same file anew');
    await orSqlError(rename(temporary, path));
  } catch (error) {
    if (await isAt(temporary, handle)) await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
  await syncFolder(parent);
}

/** What is wrong with the folder, in words for an administrator; `undefined`: nothing. Tries what will be done. */
export async function tryFolder(folder: string, writes: boolean): Promise<string | undefined> {
  const name = `.minwon-hub-${randomBytes(8).toString('hex')}.part`;
  try {
    const path = await locate(folder, name);
    const entries = await orSqlError(open(join(path, '..'), constants.O_RDONLY | constants.O_DIRECTORY));
    await entries.close();
    if (!writes) return undefined;
    const handle = await orSqlError(open(path, 'wx', 0o600));
    await handle.close();
    await orSqlError(rm(path));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Where a name of the table lies. It may go into folders below, but never out of the one that is configured: neither by
 * `..`, nor from the root, nor through a link.
 */
async function locate(folder: string, stored: string): Promise<string> {
  const names = stored.split('/');
  if (names.some((name) => /^\.{0,2}$|[\\\0]/.test(name)))
    throw new SqlError('refused', 'the board names a file that is not below its folder');
  const root = await orSqlError(realpath(folder), away);
  const parent = join(root, ...names.slice(0, -1));
  if ((await orSqlError(realpath(parent), missing)) !== parent)
    throw new SqlError('refused', 'the board names a file behind a symbolic link');
  return join(parent, names.at(-1) ?? '');
}

/** False when another call for the same file has put its own there, or the folder does not answer. */
async function isAt(path: string, handle: FileHandle): Promise<boolean> {
  try {
    return (await handle.stat()).ino === (await lstat(path)).ino;
  } catch {
    return false;
  }
}

async function fill(
  handle: FileHandle,
  { size, sha256, content }: Announced,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256');
  let written = 0;
  for await (const chunk of content) {
    if (signal.aborted) throw new SqlError('no_reply', 'given up while it was written');
    hash.update(chunk);
    written += chunk.length;
    await orSqlError(handle.writeFile(chunk));
  }
  if (written !== size || hash.digest('hex') !== sha256)
    throw new SqlError('not_sent', 'the content that came is not the one that was announced');
}

/** Makes the new name last; some network shares cannot, and keep names by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await orSqlError(open(folder, constants.O_RDONLY | constants.O_DIRECTORY));
  await handle.sync().catch(() => undefined);
  await handle.close();
}

type Meanings = Record<string, [SqlErrorKind, string]>;

const rights: [SqlErrorKind, string] = ['unauthorised', 'this user may not do that in the folder of files'];
const meanings: Meanings = {
  EACCES: rights,
  EPERM: rights,
  EROFS: rights,
  ELOOP: ['refused', 'the board names a symbolic link'],
  ENXIO: ['refused', 'what the board names is no plain file'],
  ENAMETOOLONG: ['refused', 'the name is longer than the folder takes'],
  ENOSPC: ['not_sent', 'the disk of the folder of files is full'],
};
/** Of a file that is to be read. */
const missing: Meanings = {
  ENOENT: ['refused', 'the file is not in the folder any more'],
  ENOTDIR: ['refused', 'the file is not in the folder any more'],
};
/** Of the folder itself. */
const away: Meanings = {
  ENOENT: ['not_sent', 'the folder of files is not there; is its share mounted?'],
  ENOTDIR: ['not_sent', 'the folder of files is none'],
};

async function orSqlError<T>(work: Promise<T>, own: Meanings = {}): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    const [kind, message] = own[code] ??
      meanings[code] ?? ['not_sent', 'the folder of files does not work now'];
    // The error's own words would hold the path.
    throw new SqlError(kind, `${message} (${code})`, { cause });
  }
}
