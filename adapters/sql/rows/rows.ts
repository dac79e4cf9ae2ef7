import type { SqlRow, SqlSession } from '../dialects/dialect.ts';
import { readLatin1 } from './latin1.ts';
import type { Statement } from './statements.ts';
import type { Parts } from './work.ts';

/** Rows of one table, their texts as the board's own programs mean them. */
export async function readRows(
  { settings, shapes }: Parts,
  session: SqlSession,
  table: string,
  { sql, values }: Statement,
): Promise<SqlRow[]> {
  const rows = await session.query(sql, values);
  const { charset } = settings;
  return charset && rows.length > 0 ? readLatin1(rows, await shapes.get(session, table), charset) : rows;
}
