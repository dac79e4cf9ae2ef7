/** MySQL and MariaDB, through mysql2. */
import type { Socket } from 'node:net';
import type { Connection, ResultSetHeader } from 'mysql2/promise';
import { said, toReason } from '../../../schemas/reason.ts';
import type { CallErrorKind } from '../../kit/outcome/call-error.ts';
import { kindOfSqlState, SqlError } from '../../kit/sql-errors.ts';
import type {
  ColumnShape,
  SqlConnection,
  SqlDialect,
  SqlRow,
  SqlSession,
  SqlValue,
  TableShape,
} from './dialect.ts';

const quote = (name: string) =>
  name
    .split('.')
    .map((part) => `\`${part.replaceAll('`', '``')}\``)
    .join('.');

export const mysqlDialect: SqlDialect = {
  defaultPort: 3306,
  open,
  async prepare(session, timeZone) {
    // Strict mode: the server refuses values that it would otherwise cut, replace or round. Zero dates stay allowed.
    const mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION';
    await session.run('set session sql_mode = ?, time_zone = ?', [mode, offsetOf(timeZone)]);
  },
  quote,
  placeholder: () => '?',
  newest: (columns) =>
    columns.length === 1
      ? columns.join('')
      : `greatest(${columns.map((column) => `coalesce(${column}, '')`).join(', ')})`,
  nullsFirst: '',
  now: 'select utc_timestamp(3) as now',
  begin: 'start transaction',
  async lock(session, name, seconds) {
    const [row] = await session.query('select get_lock(?, ?) as locked', [name, seconds]);
    return Number(row?.locked) === 1;
  },
  async unlock(session, name) {
    await session.query('select release_lock(?) as released', [name]);
  },
  describe,
  async throughCharset(session, texts) {
    if (texts.length === 0) return [];
    // The charset names come from the server's own catalogue. They cannot be sent as parameters.
    const columns = texts.map(
      ({ charset }, n) =>
        `convert(convert(? using ${word(charset)}) using utf8mb4) as t${n}, octet_length(convert(? using ${word(charset)})) as b${n}`,
    );
    const values = texts.flatMap(({ text }) => [text, text]);
    const [row = {}] = await session.query(`select ${columns.join(', ')}`, values);
    return texts.map((_text, n) => ({ text: String(row[`t${n}`]), bytes: Number(row[`b${n}`]) }));
  },
  async listRights(session) {
    const [row] = await session.query('select database() as name');
    const grants = (await session.query('show grants')).map((grant) => String(Object.values(grant)[0]));
    // Rights that everybody has in other databases do not concern this agency.
    return grants.filter(
      (grant) => / ON \*\.\* /.test(grant) || grant.replaceAll('\\', '').includes(` ON \`${row?.name}\`.`),
    );
  },
};

function word(charset: string): string {
  if (!/^\w+$/.test(charset)) throw new SqlError('malformed', toReason('sql_charset_name'));
  return charset;
}

async function open(given: SqlConnection, socket: Socket): Promise<SqlSession> {
  const { host, port, database, user, password, tls } = given;
  // Loaded only when a board needs it. It would take a tenth of an agent's memory.
  const { createConnection } = await import('mysql2/promise');
  let connection: Connection;
  socket.connect(port, host);
  try {
    connection = await createConnection({
      stream: socket,
      host,
      port,
      database,
      user,
      password,
      ...(tls && { ssl: { ...(tls.ca && { ca: tls.ca }), rejectUnauthorized: true } }),
      charset: 'utf8mb4',
      // Zero dates and char(14) are read as text, because a Date would lose them.
      dateStrings: true,
      supportBigNumbers: true,
      multipleStatements: false,
      maxPreparedStatements: 200,
      // The client's signal is the only time limit of a call.
      connectTimeout: 0,
    });
  } catch (error) {
    throw toSqlError(error);
  }
  // The call that meets the error reports it. Without a listener it would end the process.
  connection.on('error', () => undefined);
  return toSession(connection);
}

function toSession(connection: Connection): SqlSession {
  const told = (error: unknown) => Promise.reject(toSqlError(error));
  return {
    // Binds parameters on the server, so that no text of a post becomes part of a statement. It is used without values
    // too, because the other protocol writes times differently.
    async query(sql, values = []) {
      const [rows] = await connection.execute(sql, values).catch(told);
      if (!Array.isArray(rows)) throw new SqlError('malformed', toReason('sql_no_rows'));
      return rows as SqlRow[];
    },
    async run(sql, values = []) {
      const call = values.length > 0 ? connection.execute(sql, values) : connection.query(sql);
      const [{ insertId, affectedRows }] = (await call.catch(told)) as [ResultSetHeader, unknown];
      return { rows: affectedRows, ...(insertId && { generated: String(insertId) }) };
    },
    destroy: () => connection.destroy(),
  };
}

/** The offset in hours and minutes. The server's own table of zone names is often empty. */
function offsetOf(timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name.slice(3) || '+00:00';
}

const byNumber: Record<number, CallErrorKind> = {
  1040: 'busy', // too many connections
  1203: 'busy', // too many connections of this user
  1226: 'busy', // more than the user's resources
  1205: 'busy', // lock wait time-out
  1213: 'busy', // deadlock
  1044: 'unauthorised', // database
  1045: 'unauthorised', // password
  1142: 'unauthorised', // table
  1143: 'unauthorised', // column
  1698: 'unauthorised',
};

function toSqlError(cause: unknown): SqlError {
  if (cause instanceof SqlError) return cause;
  const error = cause as { errno?: number; code?: string; sqlState?: string; message?: string };
  const { errno = 0, code = '', sqlState } = error;
  const { message = String(cause) } = error;
  const isHonest = message.length <= longestMessage;
  // The server's error numbers are above zero, those of the operating system below.
  if (errno <= 0) {
    const lost =
      /^(PROTOCOL_CONNECTION_LOST|EPIPE|E[A-Z]+(REFUSED|RESET|UNREACH|ABORTED|TIMEDOUT)|ENOTFOUND|EAI_AGAIN)$/;
    const closed = isHonest && /closed state|connection.*(lost|closed)/i.test(message);
    if (lost.test(code) || closed) {
      const detail = said(code || message);
      return new SqlError('no_reply', toReason('connection_lost', { detail }), { cause });
    }
    return new SqlError('malformed', toReason('sql_foreign_reply'), { cause });
  }
  const kind = byNumber[errno] ?? kindOfSqlState(sqlState ?? '');
  const detail = isHonest
    ? said(withoutValues(message))
    : toReason('sql_long_message', { count: message.length });
  return new SqlError(kind, toReason('at', { place: code || errno, detail }), { cause });
}

/**
 * Servers write up to 512 bytes (MYSQL_ERRMSG_SIZE). The expressions that read a message would take long on longer
 * ones.
 */
const longestMessage = 2000;

/** The server quotes refused values, which may be personal data. Names stand before "for". */
function withoutValues(message: string): string {
  return message.replace(
    /(Duplicate entry|Incorrect [\w ]*value:|Truncated [\w ]*value:) '.*?'( for|$)/gs,
    '$1 …$2',
  );
}

async function describe(session: SqlSession, table: string): Promise<TableShape | undefined> {
  const [name, schema] = table.split('.').reverse();
  const place = 'where c.table_schema = coalesce(?, database()) and c.table_name = ?';
  const columns = await session.query(
    `select c.column_name as name, c.data_type as type, c.column_type as definition, c.is_nullable as nullable,
       c.column_default as preset, c.extra as extra, c.character_set_name as charset,
       c.character_maximum_length as characters, c.character_octet_length as bytes
     from information_schema.columns c ${place}`,
    [schema ?? null, name ?? ''],
  );
  if (columns.length === 0) return undefined;
  const [row] = await session.query(
    `select c.engine as engine, e.transactions as transactions from information_schema.tables c
       left join information_schema.engines e on e.engine = c.engine ${place}`,
    [schema ?? null, name ?? ''],
  );
  return {
    columns: new Map(columns.map((column) => [String(column.name), toColumn(column)])),
    transactional: row?.transactions === 'YES',
    engine: String(row?.engine ?? 'view'),
  };
}

function toColumn(row: SqlRow): ColumnShape {
  const { name, type, definition, nullable, preset, extra, charset, characters, bytes } = row as Record<
    string,
    string | null
  >;
  const needed = nullable === 'NO' && preset === null && !/auto_increment|generated/i.test(extra ?? '');
  return {
    name: String(name),
    type: String(type),
    nullable: nullable === 'YES',
    ...(needed && { implicit: implicitOf(String(type), String(definition)) }),
    ...(charset && {
      characters: Number(characters),
      bytes: Number(bytes),
      // utf8mb4 has every character.
      ...(charset !== 'utf8mb4' && { charset }),
    }),
  };
}

/**
 * The value for a required column without a default. Boards do not use strict mode, so the server gives them the zero
 * value of the type (MySQL 8.4 manual, 13.6, "implicit default"). We use strict mode, so that nothing is cut, and
 * therefore send the same value ourselves.
 */
function implicitOf(type: string, definition: string): SqlValue {
  if (/int|decimal|float|double|bit|year/.test(type)) return 0;
  if (type === 'enum') return /^enum\('((?:[^']|'')*)'/i.exec(definition)?.[1]?.replaceAll("''", "'") ?? '';
  const zeros: Record<string, string> = {
    date: '0000-00-00',
    time: '00:00:00',
    datetime: '0000-00-00 00:00:00',
    timestamp: '0000-00-00 00:00:00',
  };
  return zeros[type] ?? '';
}
