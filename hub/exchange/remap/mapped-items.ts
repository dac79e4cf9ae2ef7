import type { Normalised } from '../../../adapters/contract.ts';
import type { Problem } from '../../../schemas/index.ts';
import { fromGivenProblem } from '../../../schemas/reason.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import { disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import { keepWithheld } from '../../complaints/disclosure/keep-withheld.ts';
import { partTypes } from '../../complaints/event-facts.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import type { Queryable } from '../../store/database.ts';
import { toLiterals } from '../../store/literals.ts';
import type { Seen } from '../../store/tables/column-types.ts';
import type { Board } from '../boards/boards.ts';
import { type FieldChange, findChanges, listFields } from './find-changes.ts';

/** A raw item of a board, mapped with today's mapping. */
export interface MappedItem {
  id: string;
  externalId: string;
  version: string;
  raw: unknown;
  outcome: 'applied' | 'parked';
  receiptNumber: string | null;
  normalised: Normalised;
  /** The changes from applying it; for a parked item, all its fields. */
  changes: FieldChange[];
  /** Why it still cannot be mapped. */
  problems: Problem[];
}

/** The newest applied item of every post, and the items parked since. All items of a page share one query. */
const text = `
select r.id as item_id, r.external_id as post_id, r.version, r.body, r.outcome, l.parts, l.seen, c.*,
  (select jsonb_agg(to_jsonb(e) order by e.seq) from events e where e.complaint_id = c.id
    and e.type in (${toLiterals(partTypes)})) as told
from raw_items r
left join links l on l.agency = r.agency and l.external_id = r.external_id and r.outcome = 'applied' and l.contribution is null
left join complaints c on c.id = l.complaint_id
where r.agency = $1 and r.source = 'poll' and r.outcome in ('applied', 'parked') and r.body <> ''
  and ($2::uuid is null or r.id > $2) and ($3::uuid is null or r.id <= $3) and ($4::uuid[] is null or r.id = any($4))
  and not exists (select from raw_items n where n.agency = r.agency and n.external_id = r.external_id and n.source = 'poll'
    and n.outcome = 'applied' and n.id > r.id)
order by r.id limit $5`;

type Row = Partial<ComplaintRow> & {
  item_id: string;
  post_id: string;
  version: string;
  body: string;
  outcome: 'applied' | 'parked';
  parts: Record<string, string> | null;
  seen: Seen | null;
  told: EventRow[] | null;
};

export interface ItemsOf {
  after?: string | null;
  /** The last id to look at. */
  upTo?: string;
  ids?: string[];
  limit: number;
}

/**
 * Items by keyset pagination, oldest first, each mapped anew. An applied item whose post no link knows any more has no
 * changes.
 */
export async function mapItems(client: Queryable, board: Board, of: ItemsOf): Promise<MappedItem[]> {
  const values = [board.agency.code, of.after ?? null, of.upTo ?? null, of.ids ?? null, of.limit];
  const { rows } = await client.query<Row>(text, values);
  return Promise.all(rows.map((row) => toItem(row, board)));
}

async function toItem(row: Row, { adapter, agency }: Board): Promise<MappedItem> {
  const raw = JSON.parse(row.body) as unknown;
  const normalised = await adapter.normalise(raw);
  return {
    id: row.item_id,
    externalId: row.post_id,
    version: row.version,
    raw,
    outcome: row.outcome,
    receiptNumber: row.receipt_number ?? null,
    normalised,
    changes: normalised.ok ? changesOf(row, agency, normalised.post) : [],
    problems: normalised.ok ? [] : normalised.problems.map(fromGivenProblem),
  };
}

function changesOf(
  row: Row,
  agency: Board['agency'],
  post: Parameters<typeof findChanges>[1],
): FieldChange[] {
  if (row.outcome === 'parked') return listFields(post);
  if (!row.id) return [];
  const complaint = toComplaint(row as ComplaintRow);
  // The board shows what the hub wrote there in the place of what its agency does not get.
  const content =
    post.content && keepWithheld(post.content, complaint.content, 'origin', disclosureOf(agency));
  return findChanges(
    {
      agency: agency.code,
      complaint,
      parts: row.parts ?? {},
      seen: row.seen ?? {},
      told: (row.told ?? []).map(toEvent),
    },
    { ...post, ...(content && { content }) },
  );
}
