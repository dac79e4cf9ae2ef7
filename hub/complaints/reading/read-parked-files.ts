import type { Reason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';

/**
 * A file that waits for a person. Without a link, it could not be fetched from its board; with one, it could not be
 * brought to that board.
 */
export interface ParkedFile {
  id: string;
  linkId: string | null;
  receiptNumber: string;
  name: string;
  agency: string;
  lastError: Reason | null;
  owner: string | null;
  tries: number;
}

const most = 100;

/** Newest first; at most a hundred of each kind. */
export async function listParkedFiles({ pool }: Store): Promise<ParkedFile[]> {
  const { rows } = await pool.query<ParkedFile>(
    `(select a.id, null as "linkId", c.receipt_number as "receiptNumber", a.declared->>'name' as name, a.agency,
        a.last_error as "lastError", a.owner, a.tries
      from attachments a join complaints c on c.id = a.complaint_id where a.state = 'failed'
      order by a.created_at desc, a.id desc limit ${most})
     union all
     (select a.id, d.link_id, c.receipt_number, a.declared->>'name', d.agency, d.last_error, d.owner, d.tries
      from attachment_deliveries d join attachments a on a.id = d.attachment_id join complaints c on c.id = a.complaint_id
      where d.state = 'parked' order by d.attachment_id desc limit ${most})`,
  );
  return rows;
}
