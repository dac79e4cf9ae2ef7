import { normalise } from '../../kit/mapping/normalise.ts';
import { refuseFields } from '../../kit/outcome/refusal.ts';
import type { PageRow } from '../../kit/reading/pull-plan.ts';
import type { PullSettings } from '../config.ts';
import type { SqlRow, SqlSession, SqlValue } from '../dialects/dialect.ts';
import { fitEntries } from './fit.ts';
import { updateRows } from './statements.ts';
import type { Settle } from './steps.ts';
import type { Parts } from './work.ts';

/**
 * Writes what follows from the parts of each post, once for each new part (see Settle in steps.ts). The rows get the new
 * values too, so that they are read as they stand now.
 */
export async function settle(
  parts: Parts,
  session: SqlSession,
  pull: PullSettings,
  rows: PageRow[],
): Promise<void> {
  if (!pull.settle) return;
  for (const { raw } of rows) {
    const row = raw as SqlRow;
    const values = await findValues(parts, pull.settle, row);
    if (values && (await write(parts, session, pull, row, values))) Object.assign(row, values);
  }
}

/** Undefined: the post has no new part. */
async function findValues(
  { mappings }: Parts,
  { newest, mark, set }: Settle,
  row: SqlRow,
): Promise<Record<string, SqlValue> | undefined> {
  const read = await normalise(mappings.normalise, row);
  // A post that cannot be mapped is parked with its reason.
  if (!read.ok) return undefined;
  const input = { post: read.post };
  const part = await mappings.evaluate(newest, input);
  if (part === undefined || String(part) === String(row[mark] ?? '')) return undefined;
  const values: Record<string, SqlValue> = { [mark]: String(part) };
  for (const [column, source] of Object.entries(set)) {
    const value = await mappings.evaluate(source, input);
    if (value !== undefined) values[column] = value;
  }
  return values;
}

/** Compare and set: what somebody else writes meanwhile stays. */
async function write(
  { dialect, shapes, settings }: Parts,
  session: SqlSession,
  { table, id }: PullSettings,
  row: SqlRow,
  values: Record<string, SqlValue>,
): Promise<boolean> {
  const columns = Object.keys(values);
  const shape = await shapes.get(session, table);
  const entries = (source: Record<string, unknown>) =>
    columns.map((column) => ({ table, column, value: (source[column] ?? '') as SqlValue }));
  const given = [...entries(values), ...entries(row)];
  const fitted = await fitEntries(dialect, session, given, () => shape, settings);
  if (fitted.problems.length > 0) throw refuseFields(fitted.problems);
  const [after, before] = [fitted.values.slice(0, columns.length), fitted.values.slice(columns.length)];
  const statement = updateRows(
    dialect,
    table,
    columns.map((column, n) => [column, { value: after[n] ?? null }]),
    [[id, row[id] as SqlValue], ...columns.map((column, n): [string, SqlValue] => [column, before[n] ?? ''])],
  );
  return (await session.run(statement.sql, statement.values)).rows === 1;
}
