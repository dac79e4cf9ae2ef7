import { toPageRows } from '../../kit/reading/page-rows.ts';
import type { PageRow } from '../../kit/reading/pull-plan.ts';
import { type ChildrenSettings, defaultPattern, type PullSettings } from '../config.ts';
import type { SqlRow, SqlSession, SqlValue } from '../dialects/dialect.ts';
import { toRowMapping } from '../mapping.ts';
import { toColumnTime } from './column-time.ts';
import { readRows } from './rows.ts';
import {
  type Conditions,
  changedAt,
  type PagePlan,
  type Statement,
  selectChildren,
  selectPage,
  selectRows,
} from './statements.ts';
import type { Select, Where } from './steps.ts';
import { addOffset, isInstant, readOffset, withOffset } from './timestamps.ts';
import type { Parts } from './work.ts';

/**
 * Which posts to read: a page of all, the oldest change first; a page in the order of ids (see selectPage); or one post
 * by its id.
 */
interface Place {
  /** RFC 3339. */
  since?: string | undefined;
  page?: number;
  after?: string | null;
  id?: string;
}

/** Posts with their children. */
export async function readPage(
  parts: Parts,
  session: SqlSession,
  pull: PullSettings,
  timeZone: string,
  { since, id: only, ...place }: Place,
): Promise<PageRow[]> {
  const { id, pattern = defaultPattern } = pull;
  const plan = await toPlan(parts, pull);
  const offset = await readOffset(parts, session, timeZone);
  const changedIn = offset && (await areInstants(parts, session, plan)) ? offset : undefined;
  const from = since && toColumnTime(since, pattern, changedIn ?? timeZone);
  if (only !== undefined) plan.by.push([id, only]);
  const page = selectPage(parts.dialect, plan, { ...place, since: from });
  const rows = await readTimes(parts, session, plan.table, { statement: page, offset });
  if (changedIn) for (const row of rows) row[changedAt] = addOffset(String(row[changedAt] ?? ''), changedIn);
  const seen = await readLook(parts, session, pull.look);
  for (const row of rows) Object.assign(row, seen);
  for (const [name, children] of Object.entries(pull.children ?? {})) {
    const parentsOf = (row: SqlRow) => listParents(row, children.of ?? id);
    const byParent = await readChildren(parts, session, { children, offset }, [
      ...new Set(rows.flatMap(parentsOf)),
    ]);
    for (const row of rows) row[name] = parentsOf(row).flatMap((value) => byParent.get(String(value)) ?? []);
  }
  return toPageRows(toRowMapping(pull, timeZone), rows, since);
}

/** The rows that every post sees, by name. A later one may refer to an earlier one. */
async function readLook(
  parts: Parts,
  session: SqlSession,
  look: Select[] = [],
): Promise<Record<string, SqlRow>> {
  const seen: Record<string, SqlRow> = {};
  for (const { select, as, columns, where } of look) {
    const by = await toFixed(parts, where, seen);
    const [row] = await readRows(parts, session, select, selectRows(parts.dialect, select, columns, by));
    seen[as] = row ? toPlain(row) : {};
  }
  return seen;
}

/** What children refer to: a column of the post, or (`comments.author`) the different values in its children so far. */
function listParents(row: SqlRow, of: string): SqlValue[] {
  const [column = of, among] = of.split('.').reverse();
  const rows = among === undefined ? [row] : ((row[among] ?? []) as SqlRow[]);
  return [...new Set(rows.map((each) => each[column] as SqlValue))].filter((value) => value !== undefined);
}

/** Rows without nulls. Times that are instants get their offset if that makes a difference. */
async function readTimes(
  parts: Parts,
  session: SqlSession,
  table: string,
  { statement, offset }: { statement: Statement; offset: string | undefined },
): Promise<SqlRow[]> {
  const rows = (await readRows(parts, session, table, statement)).map(toPlain);
  return offset ? withOffset(rows, await parts.shapes.get(session, table), offset) : rows;
}

/** True if all time columns hold instants. They are then compared in the session's offset. */
async function areInstants(parts: Parts, session: SqlSession, plan: PagePlan): Promise<boolean> {
  for (const { table, changed } of [plan, ...plan.touchedBy]) {
    const shape = await parts.shapes.get(session, table);
    if (!changed.every((name) => isInstant(shape, name))) return false;
  }
  return true;
}

async function toPlan(parts: Parts, pull: PullSettings): Promise<PagePlan> {
  const { table, id, root, columns, changed, children = {}, pageSize: size = 100 } = pull;
  const touchedBy: PagePlan['touchedBy'] = [];
  for (const { table, parent, of = id, changed, where } of Object.values(children)) {
    if (changed && !of.includes('.'))
      touchedBy.push({ table, parent, of, changed, by: await toFixed(parts, where) });
  }
  const asked = [
    ...new Set([
      id,
      ...changed,
      ...Object.values(children).flatMap(({ of = id }) => (of.includes('.') ? [] : [of])),
      ...columns,
    ]),
  ];
  return {
    table,
    id,
    changed,
    size,
    root,
    touchedBy,
    columns: asked,
    by: await toFixed(parts, pull.where),
    not: await toFixed(parts, pull.notYet),
    among: pull.among && { ...pull.among, by: await toFixed(parts, pull.among.where) },
  };
}

async function readChildren(
  parts: Parts,
  session: SqlSession,
  { children, offset }: { children: ChildrenSettings; offset: string | undefined },
  parents: unknown[],
): Promise<Map<string, SqlRow[]>> {
  const found = new Map<string, SqlRow[]>();
  if (parents.length === 0) return found;
  const { table, parent, columns, order, where } = children;
  const by = await toFixed(parts, where);
  const plan = { table, parent, order, by, columns: [...new Set([parent, ...columns])] };
  const statement = selectChildren(parts.dialect, plan, parents as SqlValue[]);
  for (const row of await readTimes(parts, session, table, { statement, offset })) {
    const of = String(row[parent]);
    found.set(of, [...(found.get(of) ?? []), row]);
  }
  return found;
}

/** Conditions that do not depend on an event. Expressions see the parameters and the given values. */
export async function toFixed(
  { mappings, settings }: Parts,
  where: Where = {},
  given: Record<string, unknown> = {},
): Promise<Conditions> {
  const input = { ...given, parameters: settings.parameters ?? {} };
  const conditions: Conditions = [];
  for (const [column, source] of Object.entries(where)) {
    if (typeof source !== 'string') continue;
    conditions.push([column, (await mappings.condition(source, input)) ?? null]);
  }
  return conditions;
}

/** A row as JSON without nulls. Bytes, which no text column returns, become base64. */
function toPlain(row: SqlRow): SqlRow {
  const entries = Object.entries(row)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value]);
  return Object.fromEntries(entries);
}
