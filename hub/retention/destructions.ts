import { sql } from 'kysely';
import type { ComplaintKind } from '../../schemas/index.ts';
import { writeAudit } from '../access/audit/audit.ts';
import type { Queryable, Store } from '../store/database.ts';
import { newId } from '../store/new-id.ts';
import type { Removed } from './destroy-complaints.ts';
import type { DestructionReport, SignedReport } from './report.ts';
import { type RetentionSpan, toPlannedAt } from './rules.ts';

export type DestructionState = 'announced' | 'stopped' | 'running' | 'done';

/** One destruction, from its announcement to its report. */
export interface Destruction {
  id: string;
  agency: string;
  kinds: ComplaintKind[];
  years: number;
  source: string;
  cutoff: Date;
  expected: number;
  state: DestructionState;
  announcedAt: Date;
  plannedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
  begunAt: Date | null;
  endedAt: Date | null;
  removed: Removed;
}

const columns = `id, agency, kinds, years, source, cutoff, expected, state, announced_at as "announcedAt", planned_at as "plannedAt",
  decided_by as "decidedBy", decided_at as "decidedAt", reason, begun_at as "begunAt", ended_at as "endedAt", removed`;

/** Undefined: one for these kinds is open already. */
export async function announce(
  { pool }: Pick<Store, 'pool'>,
  of: RetentionSpan & { agency: string; cutoff: Date; expected: number },
  now: Date,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into destructions (id, agency, kinds, years, source, cutoff, expected, state, announced_at, planned_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'announced', $8, $9) on conflict do nothing returning id`,
    [newId(), of.agency, of.kinds, of.years, of.source, of.cutoff, of.expected, now, toPlannedAt(now)],
  );
  return rows[0]?.id;
}

/** Whose hour has come, and those that were under way when a process ended. */
export async function listToRun({ pool }: Pick<Store, 'pool'>, now: Date): Promise<Destruction[]> {
  const { rows } = await pool.query<Destruction>(
    `select ${columns} from destructions where state = 'running' or (state = 'announced' and planned_at <= $1)
     order by planned_at, id`,
    [now],
  );
  return rows;
}

/** Resolves with false if a person stopped it meanwhile. */
export async function begin({ pool }: Pick<Store, 'pool'>, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update destructions set state = 'running', begun_at = coalesce(begun_at, $2)
     where id = $1 and state in ('announced', 'running')`,
    [id, now],
  );
  return rowCount === 1;
}

/** Counts what a batch removed, in its transaction. Resolves with false if a person stopped it: then nothing may go. */
export async function addRemoved(client: Queryable, id: string, removed: Removed): Promise<boolean> {
  const { rowCount } = await client.query(
    `update destructions d set removed = (select jsonb_object_agg(coalesce(o.key, n.key), coalesce(o.value::text::int, 0) + coalesce(n.value::text::int, 0))
       from jsonb_each(d.removed) o full join jsonb_each($2::jsonb) n on n.key = o.key)
     where id = $1 and state = 'running'`,
    [id, JSON.stringify(removed)],
  );
  return rowCount === 1;
}

export async function finish({ pool }: Pick<Store, 'pool'>, id: string, signed: SignedReport): Promise<void> {
  await pool.query(
    `update destructions set state = 'done', ended_at = $2, report = $3, public_key = $4, signature = $5
     where id = $1 and state = 'running'`,
    [id, new Date(signed.report.endedAt), JSON.stringify(signed.report), signed.publicKey, signed.signature],
  );
}

/** Stands for a person where the hub itself stopped one. No login has this name. */
export const hubItself = 'hub';

/** Stops one that has not ended. What is destroyed already stays destroyed. */
export async function stopDestruction(
  { db }: Pick<Store, 'db'>,
  { id, by, reason }: { id: string; by: string; reason: string },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const stopped = await trx
      .updateTable('destructions')
      .set({ state: 'stopped', decided_by: by, decided_at: new Date(), reason })
      .where('id', '=', id)
      .where('state', 'in', ['announced', 'running'])
      .returning('agency')
      .executeTakeFirst();
    if (!stopped) return false;
    if (by !== hubItself)
      await writeAudit(trx, {
        ...{ actor: by, way: 'console', action: 'retention.stopped' },
        ...{ subject: `destruction ${id}`, agency: stopped.agency },
      });
    return true;
  });
}

/** Plans a stopped one anew: people have their week again. */
export async function planAgain(
  { db }: Pick<Store, 'db'>,
  { id, by }: { id: string; by: string },
  now = new Date(),
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const planned = await trx
      .updateTable('destructions')
      .set({
        ...{ state: 'announced', decided_by: by, decided_at: now },
        ...{ reason: null, announced_at: now, planned_at: toPlannedAt(now) },
      })
      .where('id', '=', id)
      .where('state', '=', 'stopped')
      .returning('agency')
      .executeTakeFirst();
    if (!planned) return false;
    await writeAudit(trx, {
      ...{ actor: by, way: 'console', action: 'retention.planned' },
      ...{ subject: `destruction ${id}`, agency: planned.agency },
    });
    return true;
  });
}

/** The most that a page shows. */
const most = 100;

/** The open ones first, then the newest. */
export async function listDestructions({ pool }: Pick<Store, 'pool'>): Promise<Destruction[]> {
  const { rows } = await pool.query<Destruction>(
    `select ${columns} from destructions order by state = 'done', announced_at desc, id desc limit ${most}`,
  );
  return rows;
}

export async function findDestruction(
  { pool }: Pick<Store, 'pool'>,
  id: string,
): Promise<Destruction | undefined> {
  const { rows } = await pool.query<Destruction>(`select ${columns} from destructions where id::text = $1`, [
    id,
  ]);
  return rows[0];
}

/** The report of one that is done. */
export async function findReport({ db }: Pick<Store, 'db'>, id: string): Promise<SignedReport | undefined> {
  const { rows } = await sql<{ report: DestructionReport; publicKey: string; signature: string }>`
    select report, public_key as "publicKey", signature from destructions where id::text = ${id} and state = 'done'`.execute(
    db,
  );
  return rows[0];
}

/** Receipt numbers of what it destroyed. */
export async function listDestroyed(
  { pool }: Pick<Store, 'pool'>,
  id: string,
): Promise<{ receiptNumber: string; kind: string }[]> {
  const { rows } = await pool.query<{ receiptNumber: string; kind: string }>(
    'select receipt_number as "receiptNumber", kind from complaints where destroyed_by = $1 order by id',
    [id],
  );
  return rows;
}
