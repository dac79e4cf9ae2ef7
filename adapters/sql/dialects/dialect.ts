import type { Socket } from 'node:net';

/** A value for the database. It is always sent as a parameter, never as part of a statement. */
export type SqlValue = string | number | boolean | null;
export type SqlRow = Record<string, unknown>;

/** The address of a database and its login. */
export interface SqlConnection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** PEM of the authority that signed the server's certificate. '': the authorities that the system trusts. */
  tls?: { ca?: string };
}

/** One session with a database. After an error it is not used again. */
export interface SqlSession {
  /** Returns the rows of a query. Throws SqlError; `malformed` if the reply is no list of rows. */
  query(sql: string, values?: SqlValue[]): Promise<SqlRow[]>;
  /**
   * Runs a statement that changes something. `generated`: the database's id for the new row, if `returning` names its
   * column. `rows`: the number of matching rows. Throws SqlError.
   */
  run(sql: string, values?: SqlValue[], returning?: string): Promise<{ generated?: string; rows: number }>;
  /** Cuts the session at once. The server undoes uncommitted changes. */
  destroy(): void;
}

/** A column as the database describes it. */
export interface ColumnShape {
  name: string;
  /** The database's own type name: varchar, text, int … */
  type: string;
  nullable: boolean;
  /** The value that the server itself gives a required column without a value; see mysql.ts. */
  implicit?: SqlValue;
  /** The most characters. Absent: no text column, or no limit. */
  characters?: number;
  /** The most bytes in the column's charset. Absent: only characters are limited. */
  bytes?: number;
  /** The database's name of the charset. Absent: the charset has every character. */
  charset?: string;
}

/** A table as the database describes it, as far as this user may see it. */
export interface TableShape {
  columns: Map<string, ColumnShape>;
  /** True: the storage engine undoes uncommitted changes. */
  transactional: boolean;
  /** The engine's name, for people. */
  engine: string;
}

/**
 * Everything that differs between databases. To add one (SQL Server, Oracle), add a file here and a word in
 * `dialects/index.ts`. The rest of the adapter uses only this interface.
 */
export interface SqlDialect {
  defaultPort: number;
  /** Connects the socket and logs in. Throws SqlError. */
  open(connection: SqlConnection, socket: Socket): Promise<SqlSession>;
  /** Prepares each session: strict mode and the local time zone. */
  prepare(session: SqlSession, timeZone: string): Promise<void>;
  /** Quotes a name from the configuration as an identifier. */
  quote(name: string): string;
  /** The placeholder of parameter n, counted from 1. */
  placeholder(n: number): string;
  /** The newest of some time columns. A row without any time gives null or an empty text. */
  newest(columns: string[]): string;
  /** Sorts rows without a time first, in every database. */
  nullsFirst: string;
  /** A query whose column `now` is the server's time in UTC, yyyy-MM-dd HH:mm:ss.SSS. */
  now: string;
  begin: string;
  /** Waits for a lock of this name for at most the given seconds. False: another session holds it. */
  lock(session: SqlSession, name: string, seconds: number): Promise<boolean>;
  unlock(session: SqlSession, name: string): Promise<void>;
  describe(session: SqlSession, table: string): Promise<TableShape | undefined>;
  /** Returns each text as a column of this charset would give it back: with `?` for characters that it lacks. */
  throughCharset(
    session: SqlSession,
    texts: { text: string; charset: string }[],
  ): Promise<{ text: string; bytes: number }[]>;
  /** This user's rights in the server's own words, one per line. */
  listRights(session: SqlSession): Promise<string[]>;
}
