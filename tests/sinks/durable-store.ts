import { DatabaseSync } from 'node:sqlite';

/** A file that outlives kill -9 of the sink: what was written before the reply is there afterwards. In memory without a file. */
export function openDurable(file: string | undefined, tables: string): DatabaseSync {
  const database = new DatabaseSync(file ?? ':memory:');
  // The operating system keeps what a killed process wrote; only a power cut would need more than NORMAL.
  database.exec(
    `pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000; ${tables}`,
  );
  return database;
}
