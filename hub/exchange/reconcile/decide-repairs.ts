import { said } from '../../../schemas/reason.ts';
import type { Topic } from '../../queue/topics.ts';
import { inTransaction, type Queryable, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';

/** Why a decision about a comparison was not taken. `gone`: there is no such open drift (any more). */
export class ReconcileError extends Error {
  readonly kind = 'gone';
  override readonly name = 'ReconcileError';
}

/** Drifts of a report: the named ones, or all that are open. */
export type Selection = { all: true } | { ids: string[] };

/** People's decisions about comparisons. Each is kept with the person's login and the time. */
export interface ReconcileActions {
  /** Asks for a comparison. Resolves with the one that is waiting or under way already, if there is one. */
  ask(agency: string, by: string, since?: Date): Promise<string>;
  /** Has drifts repaired as the report says. Resolves with how many. */
  repair(reconciliationId: string, selection: Selection, by: string): Promise<number>;
  /** Leaves drifts as they are; they are not reported again while they stay the same. Resolves with how many. */
  dismiss(reconciliationId: string, ids: string[], by: string, reason: string): Promise<number>;
}

export function createReconcileActions(store: Store, look: (topic: Topic) => void): ReconcileActions {
  const { pool } = store;
  return {
    async ask(agency, by, since) {
      const id = await inTransaction(pool, async (client) => {
        const asked = await insertRun(client, agency, by, since);
        if (asked) await note(client, 'reconciliation', asked, 'ask', by);
        return asked ?? (await findOpen(client, agency));
      });
      look(`reconcile:${agency}`);
      return id;
    },

    async repair(id, selection, by) {
      const ids = 'ids' in selection ? selection.ids : null;
      const { agency, count } = await inTransaction(pool, async (client) => {
        // A drift that only a person can settle is left out: a repair would send nothing.
        const { rows } = await client.query<{ agency: string }>(
          `update drifts set state = 'repairing', note = null, decided_by = $2, decided_at = now()
           where reconciliation_id = $1 and state = 'open' and ($3::uuid[] is null or id = any($3))
             and parts @? '$[*] ? (@.remedy != "person")' returning agency`,
          [id, by, ids],
        );
        mustBeOpen(rows.length);
        await note(client, 'reconciliation', id, 'repair', by, ids ? ids.join(', ') : 'all');
        return { agency: rows[0]?.agency, count: rows.length };
      });
      look(`reconcile:${agency}`);
      return count;
    },

    dismiss: (id, ids, by, reason) =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `update drifts set state = 'dismissed', note = $4, decided_by = $2, decided_at = now()
           where reconciliation_id = $1 and state = 'open' and id = any($3::uuid[])`,
          [id, by, ids, JSON.stringify(said(reason))],
        );
        mustBeOpen(rowCount);
        await note(client, 'reconciliation', id, 'dismiss', by, `${ids.join(', ')}: ${reason}`);
        return rowCount ?? 0;
      }),
  };
}

/** Undefined: a comparison is open already. `by` null: the schedule asked. */
export async function insertRun(
  client: Queryable,
  agency: string,
  by: string | null,
  since?: Date,
): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `insert into reconciliations (id, agency, since, asked_by, state) values ($1, $2, $3, $4, 'asked')
     on conflict do nothing returning id`,
    [newId(), agency, since ?? null, by],
  );
  return rows[0]?.id;
}

async function findOpen(client: Queryable, agency: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    "select id from reconciliations where agency = $1 and state in ('asked', 'reading')",
    [agency],
  );
  if (!rows[0]) throw new ReconcileError('the comparison that was under way has just ended; ask again');
  return rows[0].id;
}

function mustBeOpen(count: number | null): void {
  if (!count)
    throw new ReconcileError(
      'there is nothing open to decide here: it was decided, or a newer report exists',
    );
}

/** Enters a decision. */
export async function note(
  client: Queryable,
  subject: 'reconciliation' | 'replay' | 'remap',
  id: string,
  action: string,
  by: string,
  detail: string | null = null,
): Promise<void> {
  await client.query(
    'insert into repair_decisions (id, subject, subject_id, action, detail, decided_by) values ($1, $2, $3, $4, $5, $6)',
    [newId(), subject, id, action, detail, by],
  );
}
