import { type AgencyChange, type Changes, type LinkRole, toAgencyEvent } from '../../schemas/index.ts';
import { type ComplaintRow, toComplaint } from '../board/complaint-row.ts';
import type { Store } from '../store/database.ts';
import { type EventRow, toEvent } from './load-matters.ts';

type Row = ComplaintRow & {
  position: string;
  role: LinkRole;
  external_id: string | null;
  event: EventRow;
};

const text = `
select f.position, l.role, l.external_id, to_jsonb(e) as event, c.*
from feed_changes f
join links l on l.id = f.link_id
join complaints c on c.id = f.complaint_id
join events e on e.complaint_id = f.complaint_id and e.seq = f.seq
where f.agency = $1 and f.position > $2
order by f.position limit $3`;

/** Changes that were given out and are not acknowledged, behind a cursor. */
export async function readFeed(
  { pool }: Store,
  agency: string,
  after: string | undefined,
  limit: number,
): Promise<Changes> {
  const { rows } = await pool.query<Row>({
    name: 'feed-read',
    text,
    values: [agency, after ?? '0', limit + 1],
  });
  const changes = rows.slice(0, limit).map(toChange);
  return { changes, cursor: changes.at(-1)?.cursor ?? after ?? '0', more: rows.length > limit };
}

function toChange(row: Row): AgencyChange {
  return {
    cursor: row.position,
    receiptNumber: row.receipt_number,
    role: row.role,
    ...(row.external_id !== null && { externalId: row.external_id }),
    event: toAgencyEvent(toEvent(row.event)),
    complaint: toComplaint(row),
  };
}
