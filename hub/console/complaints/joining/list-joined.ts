import type { Reason, Status } from '../../../../schemas/index.ts';
import type { Store } from '../../../store/database.ts';

/** A complaint that is joined to the one of the page. */
export interface JoinedEntry {
  receiptNumber: string;
  title: string;
  complainant: string;
  status: Status;
  /** What was said of the leading complaint and could not be said of this one. Null: nothing. */
  problem: Reason | null;
}

export async function listJoined({ pool }: Store, leadId: string): Promise<JoinedEntry[]> {
  const { rows } = await pool.query<JoinedEntry>(
    `select c.receipt_number as "receiptNumber", c.content ->> 'title' as title, c.status, j.problem,
       c.content #>> '{complainant,name}' as complainant
     from joins j join complaints c on c.id = j.complaint_id
     where j.lead_id = $1 and j.parted_seq is null order by c.registered_at, c.id`,
    [leadId],
  );
  return rows;
}
