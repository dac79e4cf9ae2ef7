import { toReason } from '../../../schemas/reason.ts';
import type { BoardRef } from '../../contract.ts';
import { Refusal } from '../../kit/outcome/refusal.ts';
import { SqlError } from '../../kit/sql-errors.ts';
import type { SqlSession } from '../dialects/dialect.ts';
import {
  type Plan,
  type PreparedInsert,
  type PreparedRow,
  type PreparedUpdate,
  prepare,
  takeId,
} from './prepare.ts';
import {
  type Conditions,
  insertRow,
  replaceText,
  type Setting,
  selectRows,
  updateRows,
} from './statements.ts';
import type { Mark } from './steps.ts';
import {
  findMarked,
  type Held,
  type Ids,
  type Job,
  markedStep,
  markText,
  type Parts,
  pendingKey,
  startWork,
  toConditions,
  type Work,
} from './work.ts';

/** Seconds that a call waits for an earlier call for the same complaint. That call may still run after a time-out. */
const lockSeconds = 5;

/**
 * Delivers one job. With transactions it writes everything or nothing.
 *
 * Tables without transactions (MyISAM) get the marked row first, with a mark that says "unfinished". Then come the
 * other writes, each of which can be repeated. At last the mark becomes final. Whoever finds an unfinished mark
 * continues from there. Throws {@link Refusal} or SqlError.
 */
export function bring(parts: Parts, session: SqlSession, job: Job): Promise<BoardRef> {
  return alone(parts, session, job, async () => {
    const work = await startWork(parts, session, job);
    const step = markedStep(work.steps);
    const held = step && (await findMarked(work, step, work.key));
    if (held && !held.pending) return refOf(work, held);
    return carryOut(work, await prepare(work), held);
  });
}

/** Checks whether the board holds what this key brought. It first completes what a crash left unfinished. */
export function findBrought(parts: Parts, session: SqlSession, job: Job): Promise<BoardRef | undefined> {
  return alone(parts, session, job, async () => {
    const work = await startWork(parts, session, job);
    const step = markedStep(work.steps);
    if (!step) return (await isInPlace(work)) ? refOf(work, { pending: false }) : undefined;
    const held = await findMarked(work, step, work.key);
    if (!held) return undefined;
    return held.pending ? carryOut(work, await prepare(work), held) : refOf(work, held);
  });
}

/** Returns what the board already holds. Otherwise throws if `bring` would be refused now. It writes nothing. */
export function lookAhead(parts: Parts, session: SqlSession, job: Job): Promise<BoardRef | undefined> {
  return alone(parts, session, job, async () => {
    const work = await startWork(parts, session, job);
    const step = markedStep(work.steps);
    const held = step && (await findMarked(work, step, work.key));
    if (held && !held.pending) return refOf(work, held);
    await prepare(work);
    return undefined;
  });
}

/** Calls for one complaint wait for each other, even across processes. */
async function alone<T>(
  { dialect, settings }: Parts,
  session: SqlSession,
  { change: { complaint } }: Job,
  work: () => Promise<T>,
): Promise<T> {
  const name = `minwon-hub:${settings.database.slice(0, 20)}:${complaint.receiptNumber.slice(0, 30)}`;
  if (!(await dialect.lock(session, name, lockSeconds)))
    throw new SqlError('busy', toReason('sql_still_running'));
  const result = await work();
  await dialect.unlock(session, name);
  return result;
}

function refOf(work: Work, { id }: Held): BoardRef {
  const ref = work.refOf(id);
  if (!ref) throw new Refusal(toReason('not_held'));
  return ref;
}

async function carryOut(work: Work, plan: Plan, held: Held | undefined): Promise<BoardRef> {
  const { session, dialect, transactional } = work;
  const ids: Ids = new Map();
  const step = markedStep(work.steps);
  if (step && held?.id !== undefined) ids.set(step.as, held.id);
  // Numbers are taken before the transaction, which would not see the numbers that the board takes meanwhile.
  for (const part of plan) {
    if (!('rows' in part) || ids.has(part.step.as)) continue;
    const id = await takenId(work, part.step, ids);
    if (id !== undefined) ids.set(part.step.as, id);
  }
  if (transactional) await session.run(dialect.begin);
  for (const part of plan) {
    if ('rows' in part) await insertRows(work, part, ids, part.step === step && held !== undefined);
    else await update(work, part, ids);
  }
  const id = step && ids.get(step.as);
  if (transactional) await session.run('commit');
  else if (step) await finish(work, id);
  return refOf(work, { pending: false, ...(id !== undefined && { id }) });
}

async function insertRows(
  work: Work,
  { step, rows }: PreparedInsert,
  ids: Ids,
  begun: boolean,
): Promise<void> {
  for (const [n, row] of rows.entries()) {
    if (n === 0 ? begun : await isThere(work, step, row.key)) continue;
    const taken = (n === 0 ? ids.get(step.as) : undefined) ?? (await takenId(work, step, ids));
    const id = await writeRow(work, step, row, ids, taken);
    if (n === 0 && id !== undefined) ids.set(step.as, id);
  }
}

/** Returns the new row's id, or nothing if the row already exists. */
async function writeRow(
  work: Work,
  step: PreparedInsert['step'],
  row: PreparedRow,
  ids: Ids,
  taken: string | undefined,
): Promise<string | undefined> {
  const set = row.set.map(([column, given]): [string, Setting] => [column, resolve(given, ids)]);
  if (step.id && taken !== undefined) set.push([step.id.column, { value: taken }]);
  if (!step.mark && step.unless && (await isAlike(work, step.insert, set, step.unless))) return undefined;
  const pending = step.mark && row.key === work.key && !work.transactional;
  const written = pending && step.mark ? asPending(set, step.mark, work.key) : set;
  const { sql, values } = insertRow(work.dialect, step.insert, written);
  const { generated } = await work.session.run(sql, values, step.id?.column);
  return taken ?? generated;
}

async function takenId(work: Work, { id }: PreparedInsert['step'], ids: Ids): Promise<string | undefined> {
  return id?.sequence && takeId(work, id.sequence, ids);
}

async function isThere(work: Work, step: PreparedInsert['step'], key: string): Promise<boolean> {
  return step.mark !== undefined && (await findMarked(work, { ...step, mark: step.mark }, key)) !== undefined;
}

async function isAlike(
  work: Work,
  table: string,
  set: [string, Setting][],
  columns: string[],
): Promise<boolean> {
  const conditions = set.flatMap(
    ([column, given]): Conditions =>
      columns.includes(column) && 'value' in given ? [[column, given.value]] : [],
  );
  const { sql, values } = selectRows(work.dialect, table, columns, conditions);
  return (await work.session.query(sql, values)).length > 0;
}

function resolve(given: Setting | { id: string }, ids: Ids): Setting {
  return 'id' in given ? { value: ids.get(given.id) ?? null } : given;
}

/** The mark is at the end of its column. So a text that mentions the key is not changed. */
function asPending(set: [string, Setting][], mark: Mark, key: string): [string, Setting][] {
  const [done, begun] = [markText(mark, key), markText(mark, pendingKey(key))];
  return set.map(([column, given]) => {
    if (column !== mark.column || !('value' in given)) return [column, given];
    return [column, { value: `${String(given.value).slice(0, -done.length)}${begun}` }];
  });
}

async function update(work: Work, { step, where, set }: PreparedUpdate, ids: Ids): Promise<void> {
  const conditions = await toConditions(work, where, ids);
  const settings = set.map(([column, given]) => [column, resolve(given, ids)] as [string, Setting]);
  const { sql, values } = updateRows(work.dialect, step.update, settings, conditions);
  if ((await work.session.run(sql, values)).rows > 0) return;
  const { sql: ask, values: by } = selectRows(work.dialect, step.update, Object.keys(step.where), conditions);
  if ((await work.session.query(ask, by)).length > 0) return;
  if (!step.orInsert)
    throw new Refusal(toReason('no_row', { table: step.update, by: Object.keys(where).join(', ') }));
  const key = conditions.flatMap(([column, value]): [string, Setting][] =>
    Array.isArray(value) ? [] : [[column, { value }]],
  );
  const made = insertRow(work.dialect, step.update, [...key, ...settings]);
  await work.session.run(made.sql, made.values);
}

/** From now on the row says that its event is complete. */
async function finish(work: Work, id: string | undefined): Promise<void> {
  const step = markedStep(work.steps);
  if (!step) return;
  const { mark, insert } = step;
  const conditions: Conditions =
    step.id && id !== undefined ? [[step.id.column, id]] : await toConditions(work, mark.where);
  const [from, to] = [markText(mark, pendingKey(work.key)), markText(mark, work.key)];
  const { sql, values } = replaceText(
    work.dialect,
    { table: insert, column: mark.column },
    [from, to],
    conditions,
  );
  await work.session.run(sql, values);
}

/** An event that only changes rows counts as delivered if the rows have the new values. */
async function isInPlace(work: Work): Promise<boolean> {
  const plan = await prepare(work);
  for (const part of plan) {
    if ('rows' in part) return false;
    const wanted = part.set.flatMap(([column, given]) =>
      'value' in given ? [[column, given.value] as const] : [],
    );
    const conditions = await toConditions(work, part.where);
    const { sql, values } = selectRows(
      work.dialect,
      part.step.update,
      wanted.map(([column]) => column),
      conditions,
    );
    const [row] = await work.session.query(sql, values);
    if (!row || wanted.some(([column, value]) => String(row[column] ?? '') !== String(value ?? '')))
      return false;
  }
  return plan.length > 0;
}
