import type { SqlDialect } from './dialect.ts';
import { mysqlDialect } from './mysql.ts';
import { postgresDialect } from './postgres.ts';

/** Keyed by the value of `dialect` in a configuration. */
export const dialects = { mysql: mysqlDialect, postgres: postgresDialect } as const satisfies Record<
  string,
  SqlDialect
>;
export type DialectName = keyof typeof dialects;
export const dialectNames = Object.keys(dialects) as DialectName[];
