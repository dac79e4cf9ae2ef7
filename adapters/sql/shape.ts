import { toReason } from '../../schemas/reason.ts';
import { SqlError } from '../kit/sql-errors.ts';
import type { SqlDialect, SqlSession, TableShape } from './dialects/dialect.ts';

/**
 * The database's description of the tables in use. It is cached and asked for again after a while, because boards are
 * upgraded.
 */
export interface Shapes {
  /** Throws SqlError `refused` if this user sees no such table. */
  get(session: SqlSession, table: string): Promise<TableShape>;
}

const keepMilliseconds = 60_000;

export function createShapes(dialect: SqlDialect): Shapes {
  const known = new Map<string, { shape: TableShape; until: number }>();
  return {
    async get(session, table) {
      const kept = known.get(table);
      if (kept && kept.until > Date.now()) return kept.shape;
      const shape = await dialect.describe(session, table);
      if (!shape) throw new SqlError('refused', toReason('sql_no_table', { table }));
      known.set(table, { shape, until: Date.now() + keepMilliseconds });
      return shape;
    },
  };
}
