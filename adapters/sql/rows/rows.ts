import type { SqlRow, SqlSession } from '../dialects/dialect.ts';
import { readLatin1 } from './latin1.ts';
import type { Statement } from './statements.ts';
import type { Parts } from './work.ts';

/** Reads rows of one table, with texts decoded as the board's own programs do. */
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
