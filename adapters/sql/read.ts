import { toBoardTime } from '../kit/board-time.ts';
import type { PageRow } from '../kit/cursor.ts';
import { toPageRows } from '../kit/page-rows.ts';
import type { PullSettings } from './config.ts';
import type { SqlRow, SqlSession, SqlValue } from './dialects/dialect.ts';
import { toRowMapping } from './mapping.ts';
import { type Conditions, selectChildren, selectPage } from './statements.ts';
import type { Where } from './steps.ts';
import type { Parts } from './work.ts';

/** One page of posts with their children, oldest change first. */
export async function readPage(
  parts: Parts,
  session: SqlSession,
  pull: PullSettings,
  timeZone: string,
  since: string | undefined,
  page: number,
): Promise<PageRow[]> {
  const { table, id, columns, changed, pageSize: size = 100, pattern = 'yyyy-MM-dd HH:mm:ss' } = pull;
  const plan = { table, id, changed, size, columns: [...new Set([id, ...changed, ...columns])] };
  const from = since && toBoardTime(since, pattern, timeZone);
  const { sql, values } = selectPage(
    parts.dialect,
    plan,
    await fixedConditions(parts, pull.where),
    from,
    page,
  );
  const rows = (await session.query(sql, values)).map(toPlain);
  for (const [name, children] of Object.entries(pull.children ?? {})) {
    const byParent = await readChildren(
      parts,
      session,
      children,
      rows.map((row) => row[id] as SqlValue),
    );
    for (const row of rows) row[name] = byParent.get(String(row[id])) ?? [];
  }
  return toPageRows(toRowMapping(pull, timeZone), rows, since);
}

async function readChildren(
  parts: Parts,
  session: SqlSession,
  children: NonNullable<PullSettings['children']>[string],
  parents: SqlValue[],
): Promise<Map<string, SqlRow[]>> {
  const found = new Map<string, SqlRow[]>();
  if (parents.length === 0) return found;
  const { parent, columns } = children;
  const plan = { ...children, columns: [...new Set([parent, ...columns])] };
  const { sql, values } = selectChildren(
    parts.dialect,
    plan,
    await fixedConditions(parts, children.where),
    parents,
  );
  for (const row of (await session.query(sql, values)).map(toPlain)) {
    const of = String(row[parent]);
    found.set(of, [...(found.get(of) ?? []), row]);
  }
  return found;
}

/** Which rows count does not depend on any post: expressions see the parameters alone. */
async function fixedConditions({ mappings, settings }: Parts, where: Where = {}): Promise<Conditions> {
  const input = { parameters: settings.parameters ?? {} };
  const conditions: Conditions = [];
  for (const [column, source] of Object.entries(where)) {
    if (typeof source !== 'string') continue;
    conditions.push([column, (await mappings.evaluate(source, input)) ?? null]);
  }
  return conditions;
}

/** A row as JSON, without what is null. Bytes, which no text column gives, become base64. */
function toPlain(row: SqlRow): SqlRow {
  const entries = Object.entries(row)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value]);
  return Object.fromEntries(entries);
}
