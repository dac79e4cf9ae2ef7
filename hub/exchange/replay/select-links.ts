import type { EventType } from '../../../schemas/index.ts';
import type { Queryable } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { LinkState, ReplayFilter } from '../../store/tables/column-types.ts';
import type { Boards } from '../boards/boards.ts';

/** A link that a replay would set back, with its events. */
interface SelectedLink {
  linkId: string;
  agency: string;
  receiptNumber: string;
  state: LinkState;
  events: { seq: number; type: EventType }[];
}

/** What a replay would do, before it is started. */
export interface ReplayPreview {
  links: number;
  events: number;
  /**
   * Counts by agency. `mayDouble`: its board cannot be asked and does not know a repeated key, so events that it holds
   * would stand there twice.
   */
  agencies: { agency: string; links: number; events: number; mayDouble: boolean }[];
  page: Page<SelectedLink>;
}

/**
 * Events that boards are known to hold, and the one that a parked link waits for. Left out are events that a board told
 * itself, cannot hold, or passed before its agency joined; and destroyed complaints (hub/retention), which have no text.
 */
const selection = `
with boards as (
  select * from jsonb_to_recordset($1::jsonb) as x(agency text, carries text[])
), selected as (
  select l.id as link_id, l.agency, l.state, c.receipt_number, e.seq, e.type
  from links l join boards b on b.agency = l.agency join complaints c on c.id = l.complaint_id
  join events e on e.complaint_id = l.complaint_id and e.seq <= l.held + case l.state when 'parked' then 1 else 0 end
    and e.link_id is distinct from l.id and e.type = any(b.carries)
    and not (e.seq <= l.joined and e.type in ('status_changed', 'transferred'))
  where l.state <> 'screen' and l.contribution is null and c.destroyed_at is null and ($2::text is null or c.receipt_number = $2) and ($3::text[] is null or e.type = any($3))
    and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5)
    and ($6::boolean is null or (l.state = 'parked') = $6)
)`;

function toValues(filter: ReplayFilter, boards: Boards): unknown[] {
  const known = boards.list().filter(({ code }) => filter.agency === undefined || code === filter.agency);
  const carried = known.map(({ code }) => ({ agency: code, carries: [...(boards.carries(code) ?? [])] }));
  const { receiptNumber = null, types = null, from = null, to = null, parked = null } = filter;
  return [JSON.stringify(carried), receiptNumber, types, from, to, parked];
}

/** What the filter selects now: counts for all of it, and one page of the list. */
export async function previewReplay(
  client: Queryable,
  boards: Boards,
  filter: ReplayFilter,
  place: Place = {},
): Promise<ReplayPreview> {
  const values = toValues(filter, boards);
  const agencies = await client.query<{ agency: string; links: number; events: number }>(
    `${selection} select agency, count(distinct link_id)::int as links, count(*)::int as events from selected
     group by agency order by agency`,
    values,
  );
  const backwards = place.before !== undefined;
  const cursor = place.before ?? place.after ?? null;
  const { rows } = await client.query<SelectedLink>(
    `${selection} select link_id as "linkId", agency, receipt_number as "receiptNumber", state,
       jsonb_agg(jsonb_build_object('seq', seq, 'type', type) order by seq) as events
     from selected where $7::uuid is null or link_id ${backwards ? '<' : '>'} $7
     group by link_id, agency, receipt_number, state order by link_id ${backwards ? 'desc' : 'asc'} limit ${pageSize + 1}`,
    [...values, cursor],
  );
  const sum = (of: 'links' | 'events') => agencies.rows.reduce((total, row) => total + row[of], 0);
  return {
    links: sum('links'),
    events: sum('events'),
    agencies: agencies.rows.map((row) => ({ ...row, mayDouble: mayDouble(boards, row.agency) })),
    page: toPage(rows, place, ({ linkId }) => linkId),
  };
}

/** While a configuration cannot be used, nothing is sent, so nothing can double. */
function mayDouble(boards: Boards, agency: string): boolean {
  try {
    const { find, repeatsAreHarmless } = boards.find(agency)?.adapter ?? {};
    return !find && !repeatsAreHarmless;
  } catch {
    return false;
  }
}

/** Writes the list that the preview showed. Returns how many links. */
export async function insertReplayLinks(
  client: Queryable,
  boards: Boards,
  replayId: string,
  filter: ReplayFilter,
): Promise<number> {
  const { rowCount } = await client.query(
    `${selection} insert into replay_links (replay_id, link_id, events)
     select $7, link_id, array_agg(seq order by seq) from selected group by link_id`,
    [...toValues(filter, boards), replayId],
  );
  return rowCount ?? 0;
}
