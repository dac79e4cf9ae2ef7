import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { ReplayFilter } from '../../store/tables/column-types.ts';

export interface ReplayEntry {
  id: string;
  filter: ReplayFilter;
  perMinute: number;
  state: 'running' | 'paused' | 'cancelled' | 'done';
  askedBy: string;
  askedAt: Date;
  finishedAt: Date | null;
  /** Counts of links: all, those begun, those fully delivered, and those that their board refuses. */
  links: number;
  begun: number;
  level: number;
  parked: number;
}

const columns = `
select r.id, r.filter, r.per_minute as "perMinute", r.state, r.asked_by as "askedBy", r.asked_at as "askedAt",
  r.finished_at as "finishedAt", p.* from replays r, lateral (
    select count(*)::int as links, count(w.begun_at)::int as begun,
      count(*) filter (where w.begun_at is not null and l.state = 'open' and l.held >= l.reached)::int as level,
      count(*) filter (where w.begun_at is not null and l.state = 'parked')::int as parked
    from replay_links w left join links l on l.id = w.link_id where w.replay_id = r.id) p`;

/** Newest first: all, or those of one agency alone. */
export async function listReplays(
  { pool }: Store,
  place: Place = {},
  agency?: string,
): Promise<Page<ReplayEntry>> {
  const backwards = place.before !== undefined;
  const { rows } = await pool.query<ReplayEntry>(
    `${columns} where ($1::uuid is null or r.id ${backwards ? '>' : '<'} $1) and ($2::text is null or r.filter ->> 'agency' = $2) order by r.id ${backwards ? 'asc' : 'desc'} limit ${pageSize + 1}`,
    [place.before ?? place.after ?? null, agency ?? null],
  );
  return toPage(rows, place, ({ id }) => id);
}
