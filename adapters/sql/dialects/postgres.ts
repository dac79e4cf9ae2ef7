/** PostgreSQL, through pg. */
import type { Socket } from 'node:net';
import pg from 'pg';
import { said, toReason } from '../../../schemas/reason.ts';
import { kindOfSqlState, SqlError } from '../../kit/sql-errors.ts';
import { findUnencodable } from '../../kit/text/charset.ts';
import type { ColumnShape, SqlConnection, SqlDialect, SqlRow, SqlSession, TableShape } from './dialect.ts';

const quote = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');

export const postgresDialect: SqlDialect = {
  defaultPort: 5432,
  open,
  async prepare(session, timeZone) {
    await session.query(`select set_config('TimeZone', $1, false)`, [timeZone]);
  },
  quote,
  placeholder: (n) => `$${n}`,
  newest: (columns) => (columns.length === 1 ? columns.join('') : `greatest(${columns.join(', ')})`),
  nullsFirst: ' nulls first',
  now: `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as now`,
  begin: 'begin',
  async lock(session, name, seconds) {
    await session.query(`select set_config('lock_timeout', $1, false)`, [`${seconds}s`]);
    try {
      await session.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
      return true;
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'busy') return false;
      throw error;
    }
  },
  async unlock(session, name) {
    await session.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  },
  describe,
  // In PostgreSQL the whole database has one charset, and the client library knows the Korean ones.
  throughCharset: async (_session, texts) =>
    texts.map(({ text, charset }) => {
      const unfit = new Set(findUnencodable(text, charset).map(({ position }) => position));
      const back = Array.from(text, (character, index) => (unfit.has(index + 1) ? '?' : character)).join('');
      return { text: back, bytes: Buffer.byteLength(text) };
    }),
  async listRights(session) {
    const rows = await session.query(
      `select privilege_type || ' on ' || table_schema || '.' || table_name as right_
       from information_schema.table_privileges where grantee = current_user order by 1`,
    );
    return rows.map((row) => String(row.right_));
  },
};

/** Values stay text: no Date, and no time zone but the session's. */
const types = {
  getTypeParser: (oid: number) => (text: string) => {
    if (oid === pg.types.builtins.TIMESTAMPTZ) return text.replace(/([+-]\d\d)$/, '$1:00');
    const whole = oid === pg.types.builtins.INT2 || oid === pg.types.builtins.INT4;
    const big = oid === pg.types.builtins.INT8;
    if (whole || (big && Number.isSafeInteger(Number(text)))) return Number(text);
    return oid === pg.types.builtins.BOOL ? text === 't' : text;
  },
};

async function open(given: SqlConnection, socket: Socket): Promise<SqlSession> {
  const { host, port, database, user, password, tls } = given;
  const client = new pg.Client({
    stream: () => socket as never,
    host,
    port,
    database,
    user,
    password,
    types: types as never,
    application_name: 'minwon-hub',
    client_encoding: 'UTF8',
    ...(tls && { ssl: { ...(tls.ca && { ca: tls.ca }), servername: host } }),
  });
  // The call that meets the error reports it. Without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw toSqlError(error);
  }
  return toSession(client, socket);
}

function toSession(client: pg.Client, socket: Socket): SqlSession {
  const call = async (sql: string, values: unknown[]) => {
    try {
      return await client.query<SqlRow>(sql, values);
    } catch (error) {
      throw toSqlError(error);
    }
  };
  return {
    async query(sql, values = []) {
      const { rows, fields } = await call(sql, values);
      if (fields.length === 0) throw new SqlError('malformed', toReason('sql_no_rows'));
      return rows;
    },
    async run(sql, values = [], returning) {
      const asked = returning ? `${sql} returning ${quote(returning)} as generated` : sql;
      const { rows, rowCount } = await call(asked, values);
      return { rows: rowCount ?? 0, ...(rows[0] && { generated: String(rows[0].generated) }) };
    },
    destroy() {
      socket.destroy();
      // Ends waiting calls. The socket is already closed.
      void client.end().catch(() => undefined);
    },
  };
}

function toSqlError(cause: unknown): SqlError {
  if (cause instanceof SqlError) return cause;
  const { code = '', message = String(cause), severity } = cause as Partial<pg.DatabaseError>;
  if (/^[0-9A-Z]{5}$/.test(code) && severity !== undefined) {
    // `detail` would quote values. The message names only columns and constraints.
    return new SqlError(kindOfSqlState(code), said(`${code}: ${message.replace(/: ".*"$/s, '')}`), { cause });
  }
  const lost =
    /^E[A-Z_]+$/.test(code) || /terminated|ended|closed|not queryable|reset|hang up/i.test(message);
  if (lost)
    return new SqlError('no_reply', toReason('connection_lost', { detail: said(code || message) }), {
      cause,
    });
  return new SqlError('malformed', toReason('sql_foreign_reply'), { cause });
}

async function describe(session: SqlSession, table: string): Promise<TableShape | undefined> {
  const [name = '', schema = null] = table.split('.').reverse();
  const columns = await session.query(
    `select column_name as name, data_type as type, is_nullable as nullable, character_maximum_length as characters,
       getdatabaseencoding() as charset
     from information_schema.columns
     where table_schema = coalesce($1, current_schema()) and table_name = $2`,
    [schema, name],
  );
  if (columns.length === 0) return undefined;
  return {
    columns: new Map(columns.map((row) => [String(row.name), toColumn(row)])),
    transactional: true,
    engine: 'PostgreSQL',
  };
}

const charsetNames: Record<string, string> = { EUC_KR: 'ks_x_1001', UHC: 'cp949' };

function toColumn({ name, type, nullable, characters, charset }: SqlRow): ColumnShape {
  const text = /char|text/.test(String(type));
  const narrow = charsetNames[String(charset)];
  return {
    name: String(name),
    type: String(type),
    nullable: nullable === 'YES',
    ...(characters !== null && { characters: Number(characters) }),
    ...(text && narrow && { charset: narrow }),
  };
}
