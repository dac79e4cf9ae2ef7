import { type Problem, toReason } from '../../../schemas/reason.ts';
import { Refusal, refuseFields } from '../../kit/outcome/refusal.ts';
import { SqlError } from '../../kit/sql-errors.ts';
import type { SqlRow, SqlValue } from '../dialects/dialect.ts';
import { type Entry, fitEntries, fitsWhole, roomOf, splitText } from './fit.ts';
import { readRows } from './rows.ts';
import { type Conditions, insertNumber, type Setting, selectRows, updateRows } from './statements.ts';
import type { Insert, Select, Sequence, Update, Value, Where } from './steps.ts';
import { evaluate, type Ids, markText, shapeOf, toConditions, type Work } from './work.ts';

/** A value to set. It may be the id of a row that is not yet inserted. */
type Prepared = Setting | { id: string };

export interface PreparedRow {
  /** The key that marks this row: that of the event, or that of a continuation row. */
  key: string;
  set: [column: string, Prepared][];
}
export interface PreparedInsert {
  step: Insert;
  rows: PreparedRow[];
}
export interface PreparedUpdate {
  step: Update;
  where: Where;
  set: [column: string, Prepared][];
}
export type Plan = (PreparedInsert | PreparedUpdate)[];

/**
 * Prepares everything that can be known before writing: rows to read, values, whether they fit. Throws {@link Refusal}
 * with every field that does not fit.
 */
export async function prepare(work: Work): Promise<Plan> {
  const plan: Plan = [];
  const problems: Problem[] = [];
  for (const step of work.steps) {
    if ('select' in step) await look(work, step);
    else {
      const prepared = 'insert' in step ? await prepareInsert(work, step) : await prepareUpdate(work, step);
      problems.push(...(await fitPrepared(work, prepared)));
      plan.push(prepared);
    }
  }
  if (problems.length > 0) throw refuseFields(problems);
  return plan;
}

async function look(work: Work, { select, as, columns, where, optional }: Select): Promise<void> {
  const conditions = await toConditions(work, where);
  const { sql, values } = selectRows(work.dialect, select, columns, conditions);
  const [row] = await readRows(work, work.session, select, { sql, values });
  if (!row && !optional) throw noRow(select, conditions);
  work.input[as] = row ?? {};
}

/** Ids are not secret. Other values may be personal data. */
function noRow(table: string, conditions: Conditions): Refusal {
  const by = conditions.map(([column]) => column).join(', ');
  return new Refusal(toReason('no_row_deleted', { table, by }));
}

async function prepareInsert(work: Work, step: Insert): Promise<PreparedInsert> {
  const set = await toSettings(work, step.set);
  const shape = shapeOf(work, step.insert);
  const named = new Set([...set.map(([column]) => column), step.mark?.column, step.id?.column]);
  for (const { name, implicit } of shape.columns.values()) {
    if (implicit !== undefined && !named.has(name)) set.push([name, { value: implicit }]);
  }
  const texts = textsOf(work, step, set);
  const rows = texts.map((text, n): PreparedRow => {
    const key = n === 0 ? work.key : `${work.key}#${n + 1}`;
    const own = set.map(([column, given]): [string, Prepared] =>
      column === step.continued ? [column, { value: text }] : [column, given],
    );
    return { key, set: step.mark ? withMark(own, step.mark.column, markText(step.mark, key)) : own };
  });
  return { step, rows };
}

/** Splits the text that may continue in further rows. */
function textsOf(work: Work, { insert, continued, mark }: Insert, set: [string, Prepared][]): SqlValue[] {
  const given = set.find(([column]) => column === continued)?.[1];
  const column = continued === undefined ? undefined : shapeOf(work, insert).columns.get(continued);
  if (!given || !('value' in given) || typeof given.value !== 'string' || !column) return [null];
  // The room must also hold the longest key of a part, with its number and the sign of an unfinished row.
  const taken = mark?.form && mark.column === continued ? markText(mark, `${work.key}~#99`).length : 0;
  return fitsWhole(given.value, column, taken)
    ? [given.value]
    : splitText(given.value, roomOf(column) - taken);
}

function withMark(set: [string, Prepared][], column: string, text: string): [string, Prepared][] {
  const before = set.find(([name]) => name === column)?.[1];
  const value = before && 'value' in before ? `${before.value ?? ''}${text}` : text;
  return [...set.filter(([name]) => name !== column), [column, { value }]];
}

async function prepareUpdate(work: Work, step: Update): Promise<PreparedUpdate> {
  const set = await toSettings(work, step.set);
  const shape = shapeOf(work, step.update);
  const cleared = Object.keys(step.set).filter((column) => !set.some(([name]) => name === column));
  for (const column of cleared) set.push([column, { value: emptyOf(shape.columns.get(column)) }]);
  return { step, where: step.where, set };
}

const emptyOf = (column: { nullable: boolean; implicit?: SqlValue } | undefined): SqlValue =>
  column?.nullable === false ? (column.implicit ?? '') : null;

/** The columns with their values. Columns whose expression returns nothing are left out. */
async function toSettings(work: Work, set: Record<string, Value>): Promise<[string, Prepared][]> {
  const settings: [string, Prepared][] = [];
  for (const [column, given] of Object.entries(set)) {
    if (typeof given === 'string') {
      const value = await evaluate(work, given, column);
      if (value !== undefined) settings.push([column, { value }]);
    } else if ('id' in given) settings.push([column, given]);
    else {
      const where = await toConditions(work, given.where);
      if ('count' in given) settings.push([column, { count: given.count, where }]);
      else settings.push([column, { ...given, by: given.by ?? 1, where }]);
    }
  }
  return settings;
}

async function fitPrepared(work: Work, prepared: PreparedInsert | PreparedUpdate) {
  const table = 'rows' in prepared ? prepared.step.insert : prepared.step.update;
  const sets = 'rows' in prepared ? prepared.rows.map(({ set }) => set) : [prepared.set];
  const settings = sets.flatMap((set) =>
    set.flatMap(([column, given]) => ('value' in given ? [{ column, given }] : [])),
  );
  const entries = settings.map(({ column, given }): Entry => ({ table, column, value: given.value }));
  const { dialect, session, settings: own } = work;
  const fitted = await fitEntries(dialect, session, entries, (name) => shapeOf(work, name), own);
  for (const [n, { given }] of settings.entries()) given.value = fitted.values[n] ?? null;
  return fitted.problems;
}

/**
 * Takes an id for a new row of a table that does not number its rows. It is taken at once; an unused id only leaves a
 * gap.
 */
export async function takeId(work: Work, sequence: Sequence, ids: Ids): Promise<string> {
  const { table, column, where, prefix = '', digits = 1 } = sequence;
  const write = (number: string) => `${prefix}${number.padStart(digits, '0')}`;
  const { dialect, session } = work;
  if (!where) {
    const { generated } = await session.run(insertNumber(dialect, table, column).sql, [], column);
    if (generated === undefined) throw new SqlError('refused', toReason('sql_not_numbering', { table }));
    return write(generated);
  }
  const conditions = await toConditions(work, where, ids);
  const ask = selectRows(dialect, table, [column], conditions);
  // Compare and set, because the board's own programs may take numbers at the same time.
  for (let round = 0; round < 50; round++) {
    const [row] = (await session.query(ask.sql, ask.values)) as [SqlRow?];
    if (!row) throw noRow(table, conditions);
    const next = BigInt(String(row[column]));
    const put = updateRows(
      dialect,
      table,
      [[column, { value: String(next + 1n) }]],
      [...conditions, [column, String(next)]],
    );
    if ((await session.run(put.sql, put.values)).rows === 1) return write(String(next));
  }
  throw new SqlError('busy', toReason('sql_no_number', { table }));
}
