import { writeAudit } from '../access/audit/audit.ts';
import type { Store } from '../store/database.ts';
import { newId } from '../store/new-id.ts';

export interface Hold {
  id: string;
  receiptNumber: string;
  reason: string;
  heldBy: string;
  heldAt: Date;
}

export type HoldOutcome = 'held' | 'held_before' | 'unknown' | 'destroyed';

/** Keeps a complaint from being destroyed until the hold is ended. */
export async function holdComplaint(
  { db }: Pick<Store, 'db'>,
  { receiptNumber, reason, by }: { receiptNumber: string; reason: string; by: string },
): Promise<HoldOutcome> {
  return db.transaction().execute(async (trx) => {
    // Locked: a destruction that runs takes it before, or sees the hold.
    const found = await trx
      .selectFrom('complaints')
      .select(['id', 'assignee', 'destroyed_at'])
      .where('receipt_number', '=', receiptNumber)
      .forUpdate()
      .executeTakeFirst();
    if (!found) return 'unknown';
    if (found.destroyed_at) return 'destroyed';
    const made = await trx
      .insertInto('retention_holds')
      .values({ id: newId(), complaint_id: found.id, reason, held_by: by })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) return 'held_before';
    await writeAudit(trx, {
      ...{ actor: by, way: 'console', action: 'retention.held' },
      ...{ subject: `complaint ${receiptNumber}`, agency: found.assignee },
    });
    return 'held';
  });
}

/** Resolves with false where the hold was ended before. */
export async function endHold(
  { db }: Pick<Store, 'db'>,
  { id, by }: { id: string; by: string },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const ended = await trx
      .updateTable('retention_holds as h')
      .from('complaints as c')
      .set({ ended_by: by, ended_at: new Date() })
      .whereRef('c.id', '=', 'h.complaint_id')
      .where('h.id', '=', id)
      .where('h.ended_at', 'is', null)
      .returning(['c.receipt_number as receiptNumber', 'c.assignee'])
      .executeTakeFirst();
    if (!ended) return false;
    await writeAudit(trx, {
      ...{ actor: by, way: 'console', action: 'retention.hold_ended' },
      ...{ subject: `complaint ${ended.receiptNumber}`, agency: ended.assignee },
    });
    return true;
  });
}

const most = 200;

/** Holds that stand, the newest first. */
export async function listHolds({ db }: Pick<Store, 'db'>): Promise<Hold[]> {
  return db
    .selectFrom('retention_holds as h')
    .innerJoin('complaints as c', 'c.id', 'h.complaint_id')
    .select([
      'h.id',
      'c.receipt_number as receiptNumber',
      'h.reason',
      'h.held_by as heldBy',
      'h.held_at as heldAt',
    ])
    .where('h.ended_at', 'is', null)
    .orderBy('h.held_at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(most)
    .execute();
}
