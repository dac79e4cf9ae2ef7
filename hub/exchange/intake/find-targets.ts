import type { Problem } from '../../../schemas/index.ts';
import { parsePartNumber } from '../../complaints/contributions/part-number.ts';
import type { Surroundings } from '../../complaints/joining/surroundings.ts';
import { type Queryable, toHotStatement } from '../../store/database.ts';
import type { RawOutcome } from '../../store/tables/column-types.ts';
import type { Incoming } from './incoming.ts';

/** What the hub already knows of one incoming thing. */
export interface Target {
  /** The same version came in before. A board's post or a form is then not applied again. */
  earlier?: {
    rawItemId: string;
    outcome: RawOutcome;
    complaintId: string | null;
    problems: Problem[];
    round: number;
    /** Another version was applied since, and the board was read later than for that one: the board went back. */
    hasReturned: boolean;
  };
  /** The earlier use of the caller's idempotency key. */
  keyUse?: { externalId: string; version: string; complaintId: string };
  complaintId?: string;
  /** The number of the part that the post is. Absent: it is a complaint. */
  contribution?: number;
  /** It came by itself, and the board's later state was applied already. */
  isLate?: true;
  /** What stands around the complaint, where a step concerns others. */
  around?: Surroundings;
}

/** Look-ups by index, one per item. */
const findTargetsStatement = toHotStatement({
  name: 'find-targets',
  text: `
select late.is_late, r.id as raw_item_id, r.outcome, r.problems, r.round, r.complaint_id as raw_complaint_id, n.has_returned,
       to_jsonb(k) as key_use, coalesce(i.complaint_id, l.complaint_id, c.id) as complaint_id,
       case when l.id is null then i.contribution else l.contribution end as contribution
from jsonb_to_recordset($1::jsonb) as i(n int, agency text, external_id text, version text, complaint_id uuid,
                                        receipt_number text, contribution int, speaks_for_board boolean, read_at timestamptz, changed_at timestamptz, retry_of uuid, key text)
left join lateral (select * from raw_items r where r.agency = i.agency and r.external_id = i.external_id
  and r.version = i.version and r.outcome <> 'duplicate' order by r.id = i.retry_of desc nulls last, r.round desc limit 1) r on true
left join lateral (select n.id > r.id and n.version <> r.version and coalesce(n.read_at, n.received_at) < i.read_at as has_returned
  from raw_items n where r.id is not null and n.agency = i.agency and n.external_id = i.external_id and n.source = 'poll'
  and n.outcome = 'applied' order by n.id desc limit 1) n on true
left join lateral (select n.version <> i.version and coalesce(n.read_at, n.received_at) > i.changed_at as is_late
  from raw_items n where i.changed_at is not null and n.agency = i.agency and n.external_id = i.external_id and n.source = 'poll'
  and n.outcome = 'applied' order by n.id desc limit 1) late on true
left join idempotency_keys k on k.agency = i.agency and k.key = i.key
left join lateral (select * from links l where i.speaks_for_board and l.agency = i.agency
  and l.external_id = i.external_id limit 1) l on true
left join lateral (select * from complaints c where c.receipt_number = i.receipt_number limit 1) c on true
order by i.n`,
});

/** Finds for the whole group, in one query, what was seen before and which complaint each is about. */
export async function findTargets(client: Queryable, group: Incoming[]): Promise<Target[]> {
  const asked = group.map((incoming, n) => ({
    n,
    agency: incoming.agency,
    external_id: incoming.externalId,
    version: incoming.version,
    complaint_id: incoming.complaintId ?? null,
    ...toNumbers(incoming),
    speaks_for_board: speaksForBoard(incoming),
    read_at: toTimestamp(incoming.readAt),
    changed_at: toTimestamp(incoming.changedAt),
    retry_of: incoming.retryOf ?? null,
    key: incoming.idempotencyKey ?? null,
  }));
  const { rows } = await client.query(findTargetsStatement([JSON.stringify(asked)]));
  return rows.map((row) => ({
    ...(row.raw_item_id && {
      earlier: {
        rawItemId: row.raw_item_id,
        outcome: row.outcome,
        complaintId: row.raw_complaint_id,
        problems: row.problems ?? [],
        round: row.round,
        hasReturned: row.has_returned ?? false,
      },
    }),
    ...(row.key_use && {
      keyUse: {
        externalId: row.key_use.external_id,
        version: row.key_use.version,
        complaintId: row.key_use.complaint_id,
      },
    }),
    ...(row.complaint_id && { complaintId: row.complaint_id }),
    ...(row.contribution !== null && { contribution: row.contribution }),
    ...(row.is_late && { isLate: true as const }),
  }));
}

/** Converts milliseconds to a text that PostgreSQL reads. */
export const toTimestamp = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

/** The number that the post shows may be that of a part. */
function toNumbers({ normalised, contribution }: Incoming): {
  receipt_number: string | null;
  contribution: number | null;
} {
  const shown = normalised.ok ? normalised.post.receiptNumber : undefined;
  const part = shown === undefined ? undefined : parsePartNumber(shown);
  return {
    receipt_number: part?.receiptNumber ?? shown ?? null,
    contribution: contribution ?? part?.number ?? null,
  };
}

/** Whether the external id is the id of a post on the agency's board, and not the key of one call. */
export function speaksForBoard(incoming: Incoming): boolean {
  return incoming.source !== 'console' && incoming.complaintId === undefined;
}
