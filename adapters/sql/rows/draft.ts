/** What would be written, on paper: the code that pushes prepares it, and no database is asked. */
import { toReason } from '../../../schemas/reason.ts';
import type { Change, GivenProblem, ShapePlace } from '../../contract.ts';
import { listNamesRead } from '../../kit/mapping/expression-names.ts';
import type { ColumnShape, SqlSession, SqlValue, TableShape } from '../dialects/dialect.ts';
import { type Plan, type PreparedInsert, type PreparedUpdate, prepare } from './prepare.ts';
import type { Conditions } from './statements.ts';
import type { Sequence, Step } from './steps.ts';
import { type Ids, type Parts, startWork, toConditions, toEventJob, type Work } from './work.ts';

/** A value as people see it: itself, the id of a row that an earlier step inserts, or what the database finds. */
type Shown =
  | SqlValue
  | { id: string }
  | { count: string; where: ShownColumns }
  | { next: string; of: string; by: number; first?: number; where: ShownColumns };
type ShownColumns = Record<string, Shown | SqlValue[]>;

interface ShownInsert {
  insert: string;
  as: string;
  /** Who numbers the row: the database, or a table of numbers. */
  id?: { column: string; sequence?: Sequence };
  /** A text that is too long for this column continues in further rows. */
  continued?: string;
  row: ShownColumns;
}
interface ShownUpdate {
  update: string;
  where: ShownColumns;
  set: ShownColumns;
  orInsert?: true;
}
export interface SqlDraft {
  /** Rows that are read first. Values that come out of them are shown as `$board(<expression>)`. */
  reads?: { select: string; as: string; columns: string[]; where: ShownColumns }[];
  writes: (ShownInsert | ShownUpdate)[];
}

/**
 * The rows that `bring` writes for this change. What only the database can tell is marked: `$board(…)` for what is read
 * there first, `$id(…)` for the id of a new row. The time of the event stands for the database's clock. Throws a
 * Refusal as `bring` would.
 */
export async function draft(parts: Parts, change: Change, key: string): Promise<SqlDraft> {
  const job = toEventJob(parts, change, key);
  const work = await startWork(onPaper(parts, job.steps), toPaperSession(parts, change), job);
  const plan = await prepare(work);
  const ids: Ids = new Map(plan.flatMap((part) => ('rows' in part ? [[part.step.as, idMark(part)]] : [])));
  const reads = work.steps.flatMap((step) => ('select' in step ? [step] : []));
  return {
    ...(reads.length > 0 && {
      reads: await Promise.all(
        reads.map(async ({ select, as, columns, where }) => ({
          select,
          as,
          columns,
          where: Object.fromEntries(await toConditions(work, where, ids)),
        })),
      ),
    }),
    writes: (await Promise.all(plan.map((part) => show(work, part, ids)))).flat(),
  };
}

const boardMark = (source: string) => `$board(${source})`;
const idMark = ({ step }: PreparedInsert) => `$id(${step.as})`;
/** A value that is not the one that is written. Its length says nothing. */
const isMarked = (value: string) => value.includes('$board(') || value.startsWith('$id(');

/** Expressions that read rows of the board are shown instead of evaluated: nobody knows these rows here. */
function onPaper(parts: Parts, steps: Step[]): Parts {
  const names = steps.flatMap((step) => ('select' in step ? [step.as] : []));
  const isOpen = (source: string) => {
    const read = names.length > 0 ? listNamesRead(source) : new Set();
    return names.some((name) => read.has(name));
  };
  return {
    ...parts,
    mappings: {
      ...parts.mappings,
      evaluate: async (source, input) =>
        isOpen(source) ? boardMark(source) : parts.mappings.evaluate(source, input),
    },
    shapes: { get: async () => anyTable },
  };
}

/** Every name is a column that takes every value: `checkDraft` compares them with the real ones. */
class AnyColumn extends Map<string, ColumnShape> {
  override get(name: string): ColumnShape {
    return { name, type: '', nullable: true };
  }
}
const anyTable: TableShape = { columns: new AnyColumn(), transactional: true, engine: '' };

/** Each question finds one row that nobody knows. Nothing is sent. */
function toPaperSession({ dialect }: Parts, { event }: Change): SqlSession {
  const now = new Date(event.at).toISOString().slice(0, -1);
  return {
    query: async (sql) => [sql === dialect.now ? { now } : {}],
    run: () => Promise.reject(new RangeError('a draft writes nothing')),
    destroy: () => undefined,
  };
}

async function show(work: Work, part: Plan[number], ids: Ids): Promise<(ShownInsert | ShownUpdate)[]> {
  if (!('rows' in part)) {
    const { update, orInsert } = part.step;
    const where = Object.fromEntries(await toConditions(work, part.where, ids));
    return [{ update, where, set: showSet(part.set), ...(orInsert && { orInsert }) }];
  }
  const { insert, as, id, continued } = part.step;
  const of = { insert, as, ...(id && { id }), ...(continued && { continued }) };
  return part.rows.map(({ set }) => ({ ...of, row: showSet(set) }));
}

const showSet = (set: PreparedUpdate['set']): ShownColumns =>
  Object.fromEntries(
    set.map(([column, given]) => {
      if ('value' in given) return [column, given.value];
      return [column, 'where' in given ? { ...given, where: showConditions(given.where) } : given];
    }),
  );

const showConditions = (conditions: Conditions): ShownColumns => Object.fromEntries(conditions);

/** Columns that a table lacks, and texts that are too long. Tables that nobody has seen yet are left out. */
export function checkDraft(draft: unknown, places: ShapePlace[]): GivenProblem[] {
  const columns = new Map(places.map((one) => [one.place, one]));
  const tables = new Set(places.flatMap(({ place, type }) => (type === 'table' ? [place] : [])));
  const { reads = [], writes } = draft as SqlDraft;
  const problems: GivenProblem[] = [];
  const visit = (pointer: string, table: string, set: ShownColumns, whole?: string) => {
    if (!tables.has(table)) return;
    for (const [column, value] of Object.entries(set)) {
      const reason = judge(columns.get(`${table}.${column}`), column === whole ? null : value);
      if (reason) problems.push({ pointer: `${pointer}/${column}`, reason });
    }
  };
  for (const [n, { select, columns: named, where }] of reads.entries()) {
    visit(`/reads/${n}/columns`, select, Object.fromEntries(named.map((column) => [column, null])));
    visit(`/reads/${n}/where`, select, where);
  }
  for (const [n, part] of writes.entries()) {
    const at = `/writes/${n}`;
    if ('insert' in part) {
      visit(`${at}/row`, part.insert, part.row, part.continued);
      if (part.id) visit(`${at}/id`, part.insert, { [part.id.column]: null });
    } else {
      visit(`${at}/where`, part.update, part.where);
      visit(`${at}/set`, part.update, part.set);
    }
  }
  return problems;
}

function judge(column: ShapePlace | undefined, value: Shown | SqlValue[]) {
  if (!column) return toReason('no_column');
  if (typeof value !== 'string' || isMarked(value) || column.length === undefined) return undefined;
  const length = Array.from(value).length;
  return length > column.length
    ? toReason('sql_too_many_characters', { length, limit: column.length })
    : undefined;
}
