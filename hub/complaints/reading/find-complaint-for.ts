import type { Complaint } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { toComplaint } from '../complaint-row.ts';

/** A complaint as one agency may read it: the agency needs a link to it. Undefined: there is none for this agency. */
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
  return row && { complaint: toComplaint(row) };
}
