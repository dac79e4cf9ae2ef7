import type { Complaint } from '../../schemas/index.ts';
import type { Store } from '../store/database.ts';

/** A complaint as one agency may read it: only with a link to it. Undefined: there is none for this agency. */
export async function findComplaintFor(
  { db }: Store,
  agency: string,
  receiptNumber: string,
): Promise<{ complaint: Complaint } | undefined> {
  const row = await db
    .selectFrom('complaints as c')
    .innerJoin('links as l', 'l.complaint_id', 'c.id')
    .selectAll('c')
    .where('c.receipt_number', '=', receiptNumber)
    .where('l.agency', '=', agency)
    .executeTakeFirst();
  if (!row) return undefined;
  const complaint: Complaint = {
    id: row.id,
    receiptNumber: row.receipt_number,
    origin: row.origin,
    assignee: row.assignee,
    status: row.status,
    content: row.content,
    registeredAt: row.registered_at.toISOString(),
    ...(row.due_at && { dueAt: row.due_at.toISOString() }),
    lastSeq: row.last_seq,
  };
  return { complaint };
}
