import { ReasonError, toReason } from '../../schemas/reason.ts';
import {
  compileMapping,
  type Mapping,
  type MappingContext,
  toMappingOptions,
} from '../kit/mapping/mapping.ts';
import type { RowMapping } from '../kit/reading/page-rows.ts';
import { listExpressions, type PullSettings, type SqlSettings } from './config.ts';
import type { SqlRow, SqlValue } from './dialects/dialect.ts';
import { fromColumnTime } from './rows/column-time.ts';
import { changedAt } from './rows/statements.ts';

/** All expressions of an agency's settings, compiled once. */
export interface SqlMappings {
  normalise: Mapping;
  /** Evaluates one expression of the settings to a value for a column. `undefined`: nothing. */
  evaluate(source: string, input: unknown): Promise<SqlValue | undefined>;
  /** The same for a condition of reading, which may be a list of values. */
  condition(source: string, input: unknown): Promise<SqlValue | SqlValue[] | undefined>;
}

export function compileSqlMappings(settings: SqlSettings, context: MappingContext): SqlMappings {
  const { codes = {}, normalise = '{}' } = settings;
  const options = toMappingOptions(codes, context);
  const compile = (source: string) => compileMapping(source, options);
  const compiled = new Map(listExpressions(settings).map(([, source]) => [source, compile(source)]));
  const evaluate = (source: string, input: unknown) => compiled.get(source)?.evaluate(input);
  return {
    normalise: compile(normalise),
    evaluate: async (source, input) => toValue(await evaluate(source, input)),
    async condition(source, input) {
      const value = await evaluate(source, input);
      return Array.isArray(value) ? value.map((one) => toValue(one) ?? null) : toValue(value);
    },
  };
}

function toValue(value: unknown): SqlValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') throw new ReasonError(toReason('not_one_value'));
  return value as SqlValue;
}

/** How the kit's page reader reads rows of a table; see kit/reading/page-rows.ts. */
export function toRowMapping({ id, pattern }: PullSettings, timeZone: string): RowMapping {
  const over = (read: (row: SqlRow) => unknown): Mapping => ({
    evaluate: async (row) => read(row as SqlRow),
  });
  return {
    items: { evaluate: async (rows) => rows },
    externalId: over((row) => row[id]),
    updatedAt: over((row) => fromColumnTime(row[changedAt], pattern, timeZone)),
  };
}
