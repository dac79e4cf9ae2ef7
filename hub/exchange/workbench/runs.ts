import type { Agency } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import type { Topic } from '../../queue/topics.ts';
import { inTransaction, type Queryable, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { DifferenceKind } from './compare-mapped.ts';

/** What a draft would have made of the newest items of an agency, as far as it is known. */
export interface Run {
  id: string;
  agency: string;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  error: Reason | null;
  askedBy: string;
  askedAt: Date;
  finishedAt: Date | null;
  most: number;
  /** Null: not counted yet. */
  total: number | null;
  looked: number;
  same: number;
  changed: number;
  mended: number;
  broken: number;
  failing: number;
  /** How often each field differs. */
  fields: Record<string, number>;
}

/** A run with what its worker needs. */
export interface RunningRun extends Pick<Run, 'id' | 'agency' | 'most' | 'total' | 'looked' | 'fields'> {
  draft: Agency;
  inForce: Agency | null;
  position: string | null;
}

/** What the next items came to. */
export interface RunStep {
  position: string | undefined;
  counts: Record<DifferenceKind | 'same', number>;
  fields: Record<string, number>;
  differences: { id: string; kind: DifferenceKind }[];
  /** True: there are no further items. */
  isLast: boolean;
  /** Absent unless the run cannot go on. */
  error?: Reason;
}

/** The most items of one run, and the most differences that are kept of one. Further ones are only counted. */
export const mostItems = 1_000_000;
export const mostDifferences = 1000;
/** The most runs of an agency that are kept. */
const mostRuns = 20;

const columns = `id, agency, state, error, asked_by as "askedBy", asked_at as "askedAt", finished_at as "finishedAt", most, total,
  looked, same, changed, mended, broken, failing, fields`;

/**
 * Asks for a run. Resolves with its id. Undefined: one of this agency is running. Old runs of the agency are removed with
 * their differences.
 */
export async function startRun(
  { pool }: Store,
  asked: { draft: Agency; inForce: Agency | undefined; most: number; by: string },
  look: (topic: Topic) => void,
): Promise<string | undefined> {
  const id = newId();
  const { draft, inForce, most, by } = asked;
  const isNew = await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `insert into workbench_runs (id, agency, draft, in_force, asked_by, most) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [id, draft.code, JSON.stringify(draft), inForce ? JSON.stringify(inForce) : null, by, most],
    );
    await client.query(
      `delete from workbench_runs where state <> 'running' and id in (
         select id from workbench_runs where agency = $1 order by id desc offset ${mostRuns})`,
      [draft.code],
    );
    return rowCount === 1;
  });
  if (!isNew) return undefined;
  look(`workbench:${draft.code}`);
  return id;
}

/** False: it is over already, or there is no such run. */
export async function cancelRun({ pool }: Store, agency: string, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update workbench_runs set state = 'cancelled', finished_at = now() where id = $1 and agency = $2 and state = 'running'`,
    [id, agency],
  );
  return rowCount === 1;
}

/** The newest first. */
export async function listRuns({ pool }: Store, agency: string): Promise<Run[]> {
  const { rows } = await pool.query<Run>(
    `select ${columns} from workbench_runs where agency = $1 order by id desc limit ${mostRuns}`,
    [agency],
  );
  return rows;
}

export async function findRun(
  { pool }: Store,
  agency: string,
  id: string,
): Promise<(Run & Pick<RunningRun, 'draft' | 'inForce'>) | undefined> {
  const { rows } = await pool.query(
    `select ${columns}, draft, in_force as "inForce" from workbench_runs where id = $1 and agency = $2`,
    [id, agency],
  );
  return rows[0];
}

export async function findRunning({ pool }: Store, agency: string): Promise<RunningRun | undefined> {
  const { rows } = await pool.query<RunningRun>(
    `select id, agency, most, total, looked, fields, draft, in_force as "inForce", position
     from workbench_runs where agency = $1 and state = 'running'`,
    [agency],
  );
  return rows[0];
}

/** Writes down how many items there will be. */
export async function saveTotal({ pool }: Store, id: string, total: number): Promise<void> {
  await pool.query('update workbench_runs set total = $2 where id = $1', [id, total]);
}

/**
 * Writes down what a step came to, once: a step that another process has written, or a run that was cancelled
 * meanwhile, changes nothing.
 */
export async function saveStep({ pool }: Store, run: RunningRun, step: RunStep): Promise<void> {
  const { counts, error, isLast } = step;
  const looked = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const state = error ? 'failed' : isLast || run.looked + looked >= run.most ? 'done' : 'running';
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update workbench_runs set position = coalesce($3, position), looked = looked + $4, same = same + $5,
         changed = changed + $6, mended = mended + $7, broken = broken + $8, failing = failing + $9, fields = $10,
         state = $11, error = $12, finished_at = case when $11 <> 'running' then now() end
       where id = $1 and state = 'running' and position is not distinct from $2`,
      [
        run.id,
        run.position,
        step.position ?? null,
        looked,
        ...[counts.same, counts.changed, counts.mended, counts.broken, counts.failing],
        JSON.stringify(step.fields),
        state,
        error ? JSON.stringify(error) : null,
      ],
    );
    if (rowCount === 1) await keep(client, run.id, step.differences);
  });
}

async function keep(client: Queryable, id: string, differences: RunStep['differences']): Promise<void> {
  if (differences.length === 0) return;
  await client.query(
    `insert into workbench_differences (run_id, item_id, kind)
     select $1, d.id, d.kind from unnest($2::uuid[], $3::text[]) as d(id, kind)
     limit greatest(0, ${mostDifferences} - (select count(*) from workbench_differences where run_id = $1))
     on conflict do nothing`,
    [id, differences.map((one) => one.id), differences.map(({ kind }) => kind)],
  );
}
