import { isDeepStrictEqual } from 'node:util';
import { type AgencyChange, toAgencyEvent } from '../../../schemas/index.ts';
import type { Disclosure } from '../../complaints/disclosure/disclosure.ts';
import type { Queryable, Store } from '../../store/database.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import { givenColumns } from '../parts/part-rows.ts';
import { type LinkedEventRow, toLinkedChange } from '../parts/to-part-change.ts';

/** One change that is out, without an acknowledgement, with the data to describe it. */
export type GivenRow = LinkedEventRow & {
  position: string;
  external_id: string | null;
  part_id: string | null;
  rounds: Record<string, number>;
  again: boolean;
  /** What was given of the person the last time. Null: it was not read yet. */
  provided: Provided | null;
  /** Present for a file. */
  file: { id: string; name: string; mediaType: string; size: number; sha256: string } | null;
};

const text = `
select f.position, f.again, f.provided, ${givenColumns}, l.role, l.external_id, l.rounds, l.parts ->> f.seq::text as part_id, to_jsonb(e) as event, c.*,
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

/**
 * Notes what the changes held, for the log of provisions: they count as provided when they are acknowledged, and the
 * configuration may have changed by then. What was given out twice held what it held in both.
 */
export async function noteProvided(
  client: Queryable,
  agency: string,
  given: readonly { row: GivenRow; provided: Provided }[],
): Promise<void> {
  const news = given.flatMap(({ row, provided }) => {
    const both = row.provided ? join(row.provided, provided) : provided;
    return isDeepStrictEqual(both, row.provided) ? [] : { position: row.position, provided: both };
  });
  if (news.length === 0) return;
  await client.query({
    name: 'feed-note-provided',
    text: `update feed_changes f set provided = x.provided from jsonb_to_recordset($2::jsonb) as x(position bigint, provided jsonb)
           where f.agency = $1 and f.position = x.position`,
    values: [agency, JSON.stringify(news)],
  });
}

const join = (before: Provided, now: Provided): Provided => ({
  items: [...new Set([...before.items, ...now.items])],
  withheld: before.withheld.filter((item) => now.withheld.includes(item)),
});

export function toAgencyChange(
  row: GivenRow,
  disclosure: Disclosure,
): { change: AgencyChange; provided: Provided } {
  const { event, complaint, role, part, provided } = toLinkedChange(row, 'event', disclosure);
  const change: AgencyChange = {
    cursor: row.position,
    receiptNumber: complaint.receiptNumber,
    role,
    ...(row.external_id !== null && { externalId: row.external_id }),
    event: toAgencyEvent(event),
    complaint,
    ...(part && { part }),
  };
  return { change, provided };
}
