/**
 * Calls to a board's folder of files, which may be on a network share. A call to a share that hangs cannot be ended.
 * Until the share is back, it keeps one of Node's four threads for files and host names
 * (https://nodejs.org/api/cli.html#uv_threadpool_sizesize). So each folder has at most one call at a time, and all
 * folders together have two. A caller whose signal aborts while it waits gets an error.
 */
import type { FileHandle } from 'node:fs/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import type { CallErrorKind } from '../../kit/outcome/call-error.ts';
import { SqlError } from '../../kit/sql-errors.ts';
import { unlessGivenUp } from '../rows/give-up.ts';

/** The meaning of the operating system's error codes for a board. */
export type Meanings = Record<string, [CallErrorKind, Reason]>;

export interface Disk {
  /** Makes one call in its turn, or none if the signal aborts first. Errors: SqlError; `no_reply` after the signal. */
  call<T>(begin: () => Promise<T>, own?: Meanings): Promise<T>;
  /** Like `call`. If the file opens after its caller has given up, it is closed again. */
  open(begin: () => Promise<FileHandle>, own?: Meanings): Promise<FileHandle>;
  /** Waits only until the signal aborts. The file is closed in any case. */
  close(handle: FileHandle): Promise<void>;
}

const inAll = pLimit(2);
const inFolders = new Map<string, LimitFunction>();

/** Opens calls to this folder, until the signal aborts. */
export function openDisk(folder: string, signal: AbortSignal): Disk {
  const inFolder = inFolders.get(folder) ?? pLimit(1);
  inFolders.set(folder, inFolder);
  const inTurn = <T>(begin: () => Promise<T>) => inFolder(() => inAll(begin));

  async function call<T>(
    begin: () => Promise<T>,
    own: Meanings = {},
    late: (result: T) => unknown = () => undefined,
  ): Promise<T> {
    const called = inTurn(async () => {
      signal.throwIfAborted();
      return begin();
    });
    try {
      return await unlessGivenUp(
        signal,
        () => signal.reason,
        () => called,
      );
    } catch (cause) {
      if (!signal.aborted) throw toSqlError(cause, own);
      called.then(late).catch(() => undefined);
      throw new SqlError('no_reply', toReason('folder_timed_out'), { cause });
    }
  }

  const closeInTurn = (handle: FileHandle) => inTurn(() => handle.close());
  return {
    call: (begin, own) => call(begin, own),
    open: (begin, own) => call(begin, own, closeInTurn),
    close: (handle) =>
      unlessGivenUp(
        signal,
        () => signal.reason,
        () => closeInTurn(handle),
      ).catch(() => undefined),
  };
}

const rights: [CallErrorKind, Reason] = ['unauthorised', toReason('folder_no_right')];
const meanings: Meanings = {
  EACCES: rights,
  EPERM: rights,
  EROFS: rights,
  ELOOP: ['refused', toReason('folder_symbolic_link')],
  ENXIO: ['refused', toReason('folder_no_plain_file')],
  ENAMETOOLONG: ['refused', toReason('folder_long_name')],
  ENOSPC: ['not_sent', toReason('folder_full')],
};

function toSqlError(cause: unknown, own: Meanings): SqlError {
  const code = String((cause as NodeJS.ErrnoException).code);
  const other: Meanings[string] = ['not_sent', toReason('folder_not_working')];
  const [kind, detail] = own[code] ?? meanings[code] ?? other;
  // The error's own message would contain the path.
  return new SqlError(kind, toReason('folder_code', { detail, code }), { cause });
}
