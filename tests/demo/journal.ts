import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The demo's record of its runs in one data folder. Only one process can hold it. */
export interface Journal {
  /** True: an earlier run was killed. */
  crashed: boolean;
  /** True if this was already done in this folder. */
  isDone(what: string): boolean;
  noteDone(what: string): void;
  /** Notes that the run ends normally. */
  end(): void;
}

/** An error that the person at the keyboard can solve. */
export class DemoError extends Error {}

const file = 'demo.sqlite';

export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, file));
  try {
    // The lock ends with the process in any case.
    database.exec(`pragma locking_mode = exclusive; begin exclusive;
      create table if not exists runs (id integer primary key, ended integer not null default 0);
      create table if not exists done (what text primary key); commit;`);
  } catch (cause) {
    database.close();
    throw new DemoError(
      `another demo is running with the data in ${folder}; stop it, or use --data <folder>`,
      { cause },
    );
  }
  const crashed = database.prepare('select 1 from runs where ended = 0').get() !== undefined;
  const { lastInsertRowid } = database.prepare('insert into runs default values').run();
  return {
    crashed,
    isDone: (what) => database.prepare('select 1 from done where what = ?').get(what) !== undefined,
    noteDone: (what) => void database.prepare('insert or ignore into done values (?)').run(what),
    end() {
      database.prepare('update runs set ended = 1 where id = ?').run(lastInsertRowid);
      database.close();
    },
  };
}

/**
 * Deletes the data of earlier runs. `release` ends processes that a killed run has left running on them. `keep`: an
 * entry that belongs to somebody else and stays.
 */
export async function startAnew(folder: string, release: () => Promise<void>, keep: string): Promise<void> {
  const entries = readEntries(folder);
  if (entries.length === 0) return;
  if (!entries.includes(file))
    throw new DemoError(`${folder} holds no data of the demo; it is left as it is`);
  openJournal(folder).end();
  await release();
  for (const entry of entries)
    if (entry !== keep) rmSync(join(folder, entry), { recursive: true, force: true });
}

function readEntries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
