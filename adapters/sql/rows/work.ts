import { type ReasonParam, reasonOf, toReason } from '../../../schemas/reason.ts';
import type { BoardRef, Change } from '../../contract.ts';
import { Refusal } from '../../kit/outcome/refusal.ts';
import { toPushInput, toRef } from '../../kit/reading/board-ref.ts';
import { SqlError } from '../../kit/sql-errors.ts';
import { toInstant } from '../../kit/text/board-time.ts';
import type { SqlClient } from '../client.ts';
import type { SqlSettings } from '../config.ts';
import type { SqlDialect, SqlSession, SqlValue, TableShape } from '../dialects/dialect.ts';
import type { SqlMappings } from '../mapping.ts';
import type { Shapes } from '../shape.ts';
import { type Conditions, selectMarked } from './statements.ts';
import type { Insert, Mark, Step, Value, Where } from './steps.ts';

/** What all calls share. It lives as long as the adapter. */
export interface Parts {
  settings: SqlSettings;
  mappings: SqlMappings;
  dialect: SqlDialect;
  shapes: Shapes;
}

/** The same with the connection to the database. */
export interface ConnectedParts extends Parts {
  client: SqlClient;
  timeZone: string;
}

/** What to deliver: an event, or one of its files. */
export interface Job {
  change: Change;
  /** The key that marks its rows. */
  key: string;
  steps: Step[];
  /** The setting with the steps, for messages. */
  place: string;
  /** What expressions see, besides the parameters and the time. */
  input: Record<string, unknown>;
  /** The board's ids of what was delivered. `id`: of the marked row, if it has one. */
  refOf(id: string | undefined): BoardRef | undefined;
}

/** A job in one session. */
export interface Work extends Parts, Job {
  session: SqlSession;
  tables: ReadonlyMap<string, TableShape>;
  /** True: every table undoes uncommitted changes. */
  transactional: boolean;
}

/** A job for an event. Its mark has the receipt number, by which people know it, and the hub's key. */
export function toEventJob({ settings }: Parts, change: Change, key: string): Job {
  const { event, ref } = change;
  return {
    change,
    key: toMarkKey(change, key),
    steps: settings.push?.[event.type] ?? [],
    place: `push.${event.type}`,
    input: toPushInput(change, key),
    refOf: (id) => (event.type === 'registered' ? toRef(id, undefined) : toRef(ref?.externalId, id)),
  };
}

export async function startWork(parts: Parts, session: SqlSession, job: Job): Promise<Work> {
  const { steps } = job;
  const tables = new Map<string, TableShape>();
  for (const name of steps.flatMap(tablesOf)) {
    if (!tables.has(name)) tables.set(name, await parts.shapes.get(session, name));
  }
  const written = steps.flatMap((step) => ('select' in step ? [] : [tableOf(step)]));
  const [row] = await session.query(parts.dialect.now);
  const now = toInstant(`${row?.now}Z`, 'UTC');
  const { parameters = {} } = parts.settings;
  return {
    ...parts,
    ...job,
    session,
    tables,
    transactional: written.every((name) => tables.get(name)?.transactional === true),
    input: { ...job.input, now, parameters },
  };
}

/** The hub's own keys already begin with the receipt number. */
function toMarkKey({ complaint: { receiptNumber } }: Change, key: string): string {
  return key.startsWith(`${receiptNumber}/`) ? key : `${receiptNumber}/${key}`;
}

/** The table that a step reads or writes first. */
function tableOf(step: Step): string {
  if ('select' in step) return step.select;
  return 'insert' in step ? step.insert : step.update;
}

function tablesOf(step: Step): string[] {
  const set: Value[] = 'set' in step ? Object.values(step.set) : [];
  const asked = set.flatMap((value) => {
    if (typeof value === 'string' || 'id' in value) return [];
    return 'count' in value ? [value.count] : [value.of];
  });
  return [tableOf(step), ...asked];
}

export function shapeOf({ tables }: Work, table: string): TableShape {
  const shape = tables.get(table);
  if (!shape) throw new SqlError('refused', toReason('sql_no_table', { table }));
  return shape;
}

/** Ids of rows, by the name of the step that inserted them. */
export type Ids = Map<string, string>;

/**
 * Conditions with their values. Throws {@link Refusal} if one has no value, because it would match nothing or
 * everything.
 */
export async function toConditions(work: Work, where: Where = {}, ids: Ids = new Map()): Promise<Conditions> {
  const conditions: Conditions = [];
  for (const [column, given] of Object.entries(where)) {
    const value =
      typeof given === 'string'
        ? await evaluate(work, given, toReason('sql_where', { column }))
        : ids.get(given.id);
    if (value === undefined) throw new Refusal(toReason('sql_no_condition', { column }));
    conditions.push([column, value]);
  }
  return conditions;
}

export async function evaluate(
  { mappings, input, place: steps }: Work,
  source: string,
  place: ReasonParam,
): Promise<SqlValue | undefined> {
  try {
    return await mappings.evaluate(source, input);
  } catch (error) {
    const detail = toReason('at', { place, detail: reasonOf(error) });
    throw new Refusal(toReason('at', { place: steps, detail }));
  }
}

/** The step whose mark identifies an event. Absent for events that only change rows. */
export function markedStep(steps: Step[]): (Insert & { mark: Mark }) | undefined {
  return steps.find((step): step is Insert & { mark: Mark } => 'insert' in step && step.mark !== undefined);
}

/** The text in the mark's column: the whole text, or a part of it. */
export function markText({ form }: Mark, key: string): string {
  return form === undefined ? key : form.replace('{key}', key);
}

/** The mark of an unfinished row, while an event is written to tables without transactions. */
export const pendingKey = (key: string) => `${key}~`;

/** The row that a key brought. `pending`: the rest of its event may be missing. */
export interface Held {
  id?: string;
  pending: boolean;
}

export async function findMarked(
  work: Work,
  { insert, id, mark }: Insert & { mark: Mark },
  key: string,
): Promise<Held | undefined> {
  const [done, begun] = [markText(mark, key), markText(mark, pendingKey(key))];
  const columns = [...new Set([mark.column, ...(id ? [id.column] : [])])];
  const conditions = await toConditions(work, mark.where);
  const place = { table: insert, columns, column: mark.column, whole: mark.form === undefined };
  const { sql, values } = selectMarked(work.dialect, place, [done, begun], conditions);
  const [row] = await work.session.query(sql, values);
  if (!row) return undefined;
  const pending = String(row[mark.column]).includes(begun);
  return { pending, ...(id && { id: String(row[id.column]) }) };
}
