import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** The data folder cannot be used. The message says what to do. */
export class SpoolError extends Error {
  override name = 'SpoolError';
}

/** The type of the database inside a transaction. Only {@link SpoolDatabase.write} gives it out. */
export type SpoolTransaction = Pick<DatabaseSync, 'prepare' | 'exec'> & { readonly transaction: true };

export interface SpoolDatabase {
  /** For reading only. {@link write} writes. */
  db: DatabaseSync;
  /**
   * Writes durably: the commit is on disk when the promise resolves. All writes requested in the same turn share one
   * commit (group commit). A write that throws is undone and rejects alone. The others are committed.
   */
  write<T>(work: (tx: SpoolTransaction) => T): Promise<T>;
  /** The size on disk in bytes. */
  size(): number;
  close(): Promise<void>;
}

/**
 * Milliseconds. After a killed process, the first to open the spool reads its log alone, and the others wait
 * (https://sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode).
 */
const patience = 5_000;

/**
 * Opens the spool in a folder that belongs to one agent. It refuses a second agent. With synchronous=FULL a commit is
 * on disk when it returns, also in WAL mode (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export function openSpoolDatabase(folder: string): SpoolDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lock(folder);
  try {
    const path = join(folder, 'spool.db');
    const db = new DatabaseSync(path, { timeout: patience });
    // The spool holds complaints.
    chmodSync(path, 0o600);
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on');
    db.exec('pragma cache_size = -1000; pragma journal_size_limit = 8388608');
    migrate(db, path);
    const { write, flush } = createGroups(db);
    return {
      db,
      write,
      size: () => sizeOf(db),
      async close() {
        flush();
        db.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Opens the spool only for reading, beside an agent that may be running. Undefined: there is no spool yet. */
export function openSpoolToRead(folder: string): DatabaseSync | undefined {
  try {
    return new DatabaseSync(join(folder, 'spool.db'), { readOnly: true, timeout: patience });
  } catch {
    return undefined;
  }
}

/** An operating system lock, which ends with the process in any case. */
function lock(folder: string): () => void {
  const path = join(folder, 'agent.lock');
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    db.close();
    throw new SpoolError(`${folder}: another agent is working with this folder; each agent needs its own`, {
      cause: error,
    });
  }
  return () => db.close();
}

function migrate(db: DatabaseSync, path: string): void {
  const { user_version: found } = db.prepare('pragma user_version').get() as { user_version: number };
  if (found > migrations.length)
    throw new SpoolError(
      `${path} was written by a newer agent (its version ${found}, known here ${migrations.length}); install that one again`,
    );
  for (const [index, text] of migrations.entries()) {
    if (index >= found) db.exec(`begin immediate; ${text}; pragma user_version = ${index + 1}; commit`);
  }
}

interface Waiting {
  work: (tx: SpoolTransaction) => unknown;
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** One commit serves all waiting writes. The slow part is the disk, once per commit. */
function createGroups(db: DatabaseSync) {
  const tx = db as unknown as SpoolTransaction;
  let waiting: Waiting[] = [];
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    const ended: (() => void)[] = [];
    try {
      db.exec('begin immediate');
      for (const { work, resolve, reject } of group) {
        db.exec('savepoint one');
        try {
          const result = work(tx) as never;
          ended.push(() => resolve(result));
          db.exec('release one');
        } catch (error) {
          db.exec('rollback to one; release one');
          ended.push(() => reject(error));
        }
      }
      db.exec('commit');
    } catch (error) {
      if (db.isTransaction) db.exec('rollback');
      for (const { reject } of group) reject(error);
      return;
    }
    for (const end of ended) end();
  }

  function write<T>(work: (tx: SpoolTransaction) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as Waiting['resolve'], reject });
      if (scheduled) return;
      scheduled = true;
      setImmediate(flush);
    });
  }

  return { write, flush };
}

function sizeOf(db: DatabaseSync): number {
  const one = (pragma: string) => Number(Object.values(db.prepare(`pragma ${pragma}`).get() ?? {})[0] ?? 0);
  return (one('page_count') - one('freelist_count')) * one('page_size');
}
