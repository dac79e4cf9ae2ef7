import type { Socket } from 'node:net';

/** A value as it goes to the database: always as a parameter, never as part of a statement. */
export type SqlValue = string | number | boolean | null;
export type SqlRow = Record<string, unknown>;

/** Where a database is and how to get in. */
export interface SqlConnection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** PEM of the authority that signed the server's certificate; '' for those that the system trusts. */
  tls?: { ca?: string };
}

/** One session with a database. After an error it is not used again. */
export interface SqlSession {
  /** Rows of a query. Throws SqlError; `malformed` when the reply is no list of rows. */
  query(sql: string, values?: SqlValue[]): Promise<SqlRow[]>;
  /**
   * Run a statement that changes something. `generated`: the id that the database made for the new row, where
   * `returning` names its column; `rows`: how many were there to be changed. Throws SqlError.
   */
  run(sql: string, values?: SqlValue[], returning?: string): Promise<{ generated?: string; rows: number }>;
  /** Cut it at once: what was begun and not committed is undone by the server. */
  destroy(): void;
}

/** A column as the database describes it. */
export interface ColumnShape {
  name: string;
  /** The database's own word: varchar, text, int … */
  type: string;
  nullable: boolean;
  /** What the server itself would put into a column that must have a value and gets none; see mysql.ts. */
  implicit?: SqlValue;
  /** Characters; absent for columns that hold no text or have no limit. */
  characters?: number;
  /** Bytes in the column's charset; absent where only characters are counted. */
  bytes?: number;
  /** The database's name of its charset; absent where it holds every character. */
  charset?: string;
}

/** A table as the database describes it, as far as this user may see it. */
export interface TableShape {
  columns: Map<string, ColumnShape>;
  /** The storage engine undoes what was not committed. */
  transactional: boolean;
  /** Name of the engine, for people. */
  engine: string;
}

/**
 * All that differs between databases. Another one (SQL Server, Oracle) is another file here and a word in
 * `dialects/index.ts`; the rest of the adapter speaks through this.
 */
export interface SqlDialect {
  defaultPort: number;
  /** Connects the socket and logs in. Throws SqlError. */
  open(connection: SqlConnection, socket: Socket): Promise<SqlSession>;
  /** What every session starts with: strictness and its local time. */
  prepare(session: SqlSession, timeZone: string): Promise<void>;
  /** A name from the configuration as an identifier. */
  quote(name: string): string;
  /** The n-th parameter, from 1. */
  placeholder(n: number): string;
  /** The newest of some columns; rows without any time come out as null or empty. */
  newest(columns: string[]): string;
  /** Rows without a time come first, as in every other database. */
  nullsFirst: string;
  /** A query whose column `now` is the server's time in UTC, yyyy-MM-dd HH:mm:ss.SSS. */
  now: string;
  begin: string;
  /** Waits for a lock of this name, seconds at most; false when another session has it. */
  lock(session: SqlSession, name: string, seconds: number): Promise<boolean>;
  unlock(session: SqlSession, name: string): Promise<void>;
  describe(session: SqlSession, table: string): Promise<TableShape | undefined>;
  /** What comes back of a text that a column of this charset was given: `?` for what it cannot hold. */
  throughCharset(
    session: SqlSession,
    texts: { text: string; charset: string }[],
  ): Promise<{ text: string; bytes: number }[]>;
  /** The rights of this user in the server's own words, one a line. */
  listRights(session: SqlSession): Promise<string[]>;
}
