/** The few forms of SQL that the adapter needs. Pure. Names are quoted, and every value is a parameter. */
import type { SqlDialect, SqlValue } from '../dialects/dialect.ts';

/** Columns with values, of which all must match. Of a list, one has to. */
export type Conditions = [column: string, value: SqlValue | SqlValue[]][];

/** The new content of a column: a value, or what the database finds when it writes. */
export type Setting =
  | { value: SqlValue }
  | { count: string; where: Conditions }
  | { next: string; of: string; by: number; first?: number; where: Conditions };

export interface Statement {
  sql: string;
  values: SqlValue[];
}

/** Takes a value and returns its placeholder. */
type Put = (value: SqlValue) => string;

/** Collects the values in the order of their placeholders. */
function write(dialect: SqlDialect, compose: (put: Put) => string): Statement {
  const values: SqlValue[] = [];
  const sql = compose((value) => dialect.placeholder(values.push(value)));
  return { sql, values };
}

const names = ({ quote }: SqlDialect, columns: string[]) => columns.map(quote).join(', ');

function tests({ quote }: SqlDialect, put: Put, conditions: Conditions, of = ''): string[] {
  return conditions.map(([column, value]) => {
    const place = `${of}${quote(column)}`;
    if (!Array.isArray(value)) return `${place} = ${put(value)}`;
    return value.length === 0 ? '1 = 0' : `${place} in (${value.map(put).join(', ')})`;
  });
}

const where = (given: string[]) => (given.length === 0 ? '' : ` where ${given.join(' and ')}`);

export function selectRows(dialect: SqlDialect, table: string, columns: string[], by: Conditions): Statement {
  return write(
    dialect,
    (put) =>
      `select ${names(dialect, columns)} from ${dialect.quote(table)}${where(tests(dialect, put, by))}`,
  );
}

export interface PagePlan {
  table: string;
  columns: string[];
  id: string;
  /** Time columns; the newest value counts. */
  changed: string[];
  by: Conditions;
  /** A row that matches one of these is left out. */
  not: Conditions;
  /** Rows of another table, one of which must hold the row's id in `column`. */
  among?: { table: string; column: string; by: Conditions } | undefined;
  /** The column that must hold the row's own id. */
  root?: string | undefined;
  /** Rows of other tables whose newest time counts too. */
  touchedBy: { table: string; parent: string; of: string; changed: string[]; by: Conditions }[];
  size: number;
}

/** The column of a page with the time of a post's last change. */
export const changedAt = 'changed_at';

/**
 * Selects one page, the oldest change first. `since` is in the board's own format, and pages count from 1. With
 * `after`, it selects in the order of ids instead: those after this id, or from the first (null).
 */
export function selectPage(
  dialect: SqlDialect,
  plan: PagePlan,
  { since, page = 1, after }: { since?: string | undefined; page?: number; after?: string | null },
): Statement {
  const { quote } = dialect;
  return write(dialect, (put) => {
    const touches = plan.touchedBy.map(({ table, parent, of, changed, by }) => {
      const rows = [`c.${quote(parent)} = p.${quote(of)}`, ...tests(dialect, put, by, 'c.')];
      const newest = dialect.newest(changed.map((column) => `c.${quote(column)}`));
      return `(select max(${newest}) from ${quote(table)} c${where(rows)})`;
    });
    const newest = dialect.newest([...plan.changed.map((column) => `p.${quote(column)}`), ...touches]);
    const columns = plan.columns.map((column) => `p.${quote(column)}`).join(', ');
    const rows = `select ${columns}, ${newest} as ${changedAt} from ${quote(plan.table)} p`;
    const own = plan.root === undefined ? [] : [`p.${quote(plan.root)} = p.${quote(plan.id)}`];
    const given = where([
      ...own,
      ...tests(dialect, put, plan.by, 'p.'),
      ...tests(dialect, put, plan.not, 'p.').map((test) => `not (${test})`),
      ...isAmong(dialect, put, plan),
    ]);
    const later = [
      ...(since === undefined ? [] : [`${changedAt} >= ${put(since)}`]),
      ...(typeof after === 'string' ? [`${quote(plan.id)} > ${put(after)}`] : []),
    ];
    const byTime = after === undefined ? `${changedAt}${dialect.nullsFirst}, ` : '';
    const order = ` order by ${byTime}${quote(plan.id)}`;
    const part = ` limit ${Math.trunc(plan.size)} offset ${Math.trunc((page - 1) * plan.size)}`;
    return `select * from (${rows}${given}) posts${where(later)}${order}${part}`;
  });
}

function isAmong(dialect: SqlDialect, put: Put, { among, id }: PagePlan): string[] {
  if (!among) return [];
  const { quote } = dialect;
  const rows = [`m.${quote(among.column)} = p.${quote(id)}`, ...tests(dialect, put, among.by, 'm.')];
  return [`exists (select 1 from ${quote(among.table)} m${where(rows)})`];
}

/** Selects the children of some posts in order. */
export function selectChildren(
  dialect: SqlDialect,
  plan: { table: string; columns: string[]; parent: string; order: string[]; by: Conditions },
  parents: SqlValue[],
): Statement {
  const { quote } = dialect;
  return write(dialect, (put) => {
    const given = [
      `${quote(plan.parent)} in (${parents.map(put).join(', ')})`,
      ...tests(dialect, put, plan.by),
    ];
    const rows = `select ${names(dialect, plan.columns)} from ${quote(plan.table)}${where(given)}`;
    return `${rows} order by ${names(dialect, plan.order)}`;
  });
}

/** Selects rows whose column contains one of the texts, alone (`whole`) or within other text. */
export function selectMarked(
  dialect: SqlDialect,
  place: { table: string; columns: string[]; column: string; whole: boolean },
  texts: string[],
  by: Conditions,
): Statement {
  const { quote } = dialect;
  return write(dialect, (put) => {
    const column = quote(place.column);
    const test = (text: string) =>
      place.whole ? `${column} = ${put(text)}` : `${column} like ${put(`%${escapeLike(text)}%`)} escape '!'`;
    const given = [`(${texts.map(test).join(' or ')})`, ...tests(dialect, put, by)];
    return `select ${names(dialect, place.columns)} from ${quote(place.table)}${where(given)}`;
  });
}

const escapeLike = (text: string) => text.replace(/[!%_]/g, '!$&');

export function insertRow(dialect: SqlDialect, table: string, set: [column: string, Setting][]): Statement {
  const columns = set.map(([column]) => column);
  return write(
    dialect,
    (put) =>
      `insert into ${dialect.quote(table)} (${names(dialect, columns)})` +
      ` values (${set.map(([, given]) => toSource(dialect, put, given)).join(', ')})`,
  );
}

/** Inserts a row into a table that numbers its own rows. The row serves only to get its number. */
export function insertNumber({ quote }: SqlDialect, table: string, column: string): Statement {
  return { sql: `insert into ${quote(table)} (${quote(column)}) values (default)`, values: [] };
}

export function updateRows(
  dialect: SqlDialect,
  table: string,
  set: [column: string, Setting][],
  by: Conditions,
): Statement {
  const { quote } = dialect;
  return write(dialect, (put) => {
    const settings = set.map(([column, given]) => `${quote(column)} = ${toSource(dialect, put, given)}`);
    return `update ${quote(table)} set ${settings.join(', ')}${where(tests(dialect, put, by))}`;
  });
}

/** Replaces one text by another within a column. */
export function replaceText(
  dialect: SqlDialect,
  place: { table: string; column: string },
  [from, to]: [from: string, to: string],
  by: Conditions,
): Statement {
  const { quote } = dialect;
  return write(dialect, (put) => {
    const column = quote(place.column);
    const text = `replace(${column}, ${put(from)}, ${put(to)})`;
    return `update ${quote(place.table)} set ${column} = ${text}${where(tests(dialect, put, by))}`;
  });
}

function toSource(dialect: SqlDialect, put: Put, given: Setting): string {
  if ('value' in given) return put(given.value);
  const { quote } = dialect;
  const rows = (table: string) => `from ${quote(table)}${where(tests(dialect, put, given.where))}`;
  const next = ({ next, of, by, first = by }: Extract<Setting, { next: string }>) =>
    `select coalesce(${by < 0 ? 'min' : 'max'}(${quote(next)}) + ${Math.trunc(by)}, ${Math.trunc(first)}) as n ${rows(of)}`;
  const found = 'count' in given ? `select count(*) as n ${rows(given.count)}` : next(given);
  // A MySQL statement may not read the table that it writes, except through a derived table.
  return `(select n from (${found}) as found)`;
}
