import { sql, type Transaction } from 'kysely';
import type { Problem } from '../../schemas/index.ts';
import type { Store } from '../store/database.ts';
import { sealedJson } from '../store/sealing/keyed.ts';
import type { Tables } from '../store/tables/tables.ts';

/** What a person can do to several complaints at once. */
export const bulkActs = ['assign', 'transfer', 'extend'] as const;
export type BulkAct = (typeof bulkActs)[number];

/**
 * `doing`: its call began, and its outcome is not written yet. `held`: it waits to go out. `taken_back`: its sender took
 * it back before.
 */
type BulkOutcome = 'doing' | 'held' | 'done' | 'nothing' | 'refused' | 'taken_back';

export interface BulkResult {
  receiptNumber: string;
  outcome: BulkOutcome;
  problems: Problem[];
}

export interface BulkRun {
  id: string;
  act: BulkAct;
  /** What the person filled in once for all. */
  fields: Record<string, string>;
  madeAt: Date;
  results: BulkResult[];
}

/** Seconds after which a call that wrote no outcome counts as broken off. No call to the exchange lasts as long. */
const brokenOffAfter = 60;

/** Begins a run, or goes on with it. False: the key belongs to another person or act. */
export async function beginRun(
  { pool }: Store,
  run: { id: string; userId: string; act: BulkAct; fields: BulkRun['fields'] },
): Promise<boolean> {
  await pool.query(
    'insert into bulk_runs (id, user_id, act, fields) values ($1, $2, $3, $4) on conflict (id) do nothing',
    [run.id, run.userId, run.act, sealedJson(run.fields)],
  );
  const { rows } = await pool.query('select from bulk_runs where id = $1 and user_id = $2 and act = $3', [
    run.id,
    run.userId,
    run.act,
  ]);
  return rows.length > 0;
}

interface Place {
  runId: string;
  position: number;
  receiptNumber: string;
}

/**
 * Where a complaint of a run stands. `new`: nobody has begun. `broken`: somebody began and wrote no outcome, and it may
 * be done again. `taken`: it is done, or under way elsewhere.
 */
export async function findStanding(
  { pool }: Store,
  { runId, receiptNumber }: Omit<Place, 'position'>,
): Promise<'new' | 'broken' | 'taken'> {
  const { rows } = await pool.query<{ broken: boolean }>(
    `select outcome = 'doing' and at < now() - make_interval(secs => ${brokenOffAfter}) as broken
     from bulk_results where run_id = $1 and receipt_number = $2`,
    [runId, receiptNumber],
  );
  const [row] = rows;
  if (!row) return 'new';
  return row.broken ? 'broken' : 'taken';
}

/**
 * Claims a complaint of a run, or says why it is not done at all. False: another request was first, and what it wrote
 * stays.
 */
export async function claim(
  { pool }: Store,
  { runId, position, receiptNumber }: Place,
  problems: Problem[] = [],
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into bulk_results (run_id, position, receipt_number, outcome, problems) values ($1, $2, $3, $4, $5)
     on conflict (run_id, receipt_number) do nothing`,
    [runId, position, receiptNumber, problems.length > 0 ? 'refused' : 'doing', JSON.stringify(problems)],
  );
  return rowCount === 1;
}

/** Claims a complaint of a run in a transaction that does more. False: another request was first, and its word stays. */
export async function claimIn(
  trx: Transaction<Tables>,
  { runId, position, receiptNumber }: Place,
  outcome: 'held' | 'refused',
  problems: Problem[],
): Promise<boolean> {
  const said = { outcome, problems: sql<Problem[]>`${JSON.stringify(problems)}::jsonb` };
  const claimed = await trx
    .insertInto('bulk_results')
    .values({ run_id: runId, position, receipt_number: receiptNumber, ...said })
    .onConflict((conflict) => conflict.doNothing())
    .returning('position')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Says of a complaint that the same transaction claimed why it is not done. */
export async function refuseIn(
  trx: Transaction<Tables>,
  { runId, receiptNumber }: Place,
  problems: Problem[],
): Promise<void> {
  await trx
    .updateTable('bulk_results')
    .set({ outcome: 'refused', problems: sql`${JSON.stringify(problems)}::jsonb` })
    .where('run_id', '=', runId)
    .where('receipt_number', '=', receiptNumber)
    .execute();
}

/** Writes what became of a complaint that was claimed. */
export async function writeOutcome(
  { pool }: Store,
  { runId, receiptNumber }: Place,
  { outcome, problems }: Pick<BulkResult, 'outcome' | 'problems'>,
): Promise<void> {
  await pool.query(
    `update bulk_results set outcome = $3, problems = $4, at = now() where run_id = $1 and receipt_number = $2`,
    [runId, receiptNumber, outcome, JSON.stringify(problems)],
  );
}

/** A person's own run, with what became of each complaint. */
export async function findRun({ db }: Store, id: string, userId: string): Promise<BulkRun | undefined> {
  const run = await db
    .selectFrom('bulk_runs')
    .select(['id', 'act', 'fields', 'made_at as madeAt'])
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!run) return undefined;
  const results = await db
    .selectFrom('bulk_results')
    .select(['receipt_number as receiptNumber', 'outcome', 'problems'])
    .where('run_id', '=', id)
    .orderBy('position')
    .execute();
  return { ...run, results };
}
