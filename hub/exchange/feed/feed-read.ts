import { type AgencyChange, toAgencyEvent } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { partColumns } from '../parts/part-rows.ts';
import { type LinkedEventRow, toLinkedChange } from '../parts/to-part-change.ts';

/** One change that is out, without an acknowledgement, with the data to describe it. */
export type GivenRow = LinkedEventRow & {
  position: string;
  external_id: string | null;
  part_id: string | null;
  rounds: Record<string, number>;
  again: boolean;
  /** Present for a file. */
  file: { id: string; name: string; mediaType: string; size: number; sha256: string } | null;
};

const text = `
select f.position, f.again, ${partColumns}, l.role, l.external_id, l.rounds, l.parts ->> f.seq::text as part_id, to_jsonb(e) as event, c.*,
  case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.declared ->> 'name', 'mediaType', k.media_type,
    'size', k.size, 'sha256', a.sha256) end as file
from feed_changes f
join links l on l.id = f.link_id
join complaints c on c.id = f.complaint_id
join events e on e.complaint_id = f.complaint_id and e.seq = f.seq
left join attachments a on a.id = f.attachment_id
left join attachment_contents k on k.sha256 = a.sha256
where f.agency = $1 and f.position > $2
order by f.position limit $3`;

/** The changes that are out, without an acknowledgement, behind a cursor. */
export async function readGiven(
  { pool }: Store,
  agency: string,
  after: string | undefined,
  limit: number,
): Promise<{ rows: GivenRow[]; cursor: string; more: boolean }> {
  const { rows: found } = await pool.query<GivenRow>({
    name: 'feed-read',
    text,
    values: [agency, after ?? '0', limit + 1],
  });
  const rows = found.slice(0, limit);
  return { rows, cursor: rows.at(-1)?.position ?? after ?? '0', more: found.length > limit };
}

export function toAgencyChange(row: GivenRow): AgencyChange {
  const { event, complaint, role, part } = toLinkedChange(row, 'event');
  return {
    cursor: row.position,
    receiptNumber: complaint.receiptNumber,
    role,
    ...(row.external_id !== null && { externalId: row.external_id }),
    event: toAgencyEvent(event),
    complaint,
    ...(part && { part }),
  };
}
