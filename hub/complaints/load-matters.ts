import type pg from 'pg';
import type { Actor, PartRole } from '../../schemas/index.ts';
import { toHotStatement } from '../store/database.ts';
import { toLiterals } from '../store/literals.ts';
import type { LinkState, Seen } from '../store/tables/column-types.ts';
import { type ComplaintRow, toComplaint } from './complaint-row.ts';
import { toldTypes, toPublic } from './event-facts.ts';
import { mendEventData } from './given-instants.ts';
import type { Link, Matter, NumberedEvent, PublicEvent } from './state.ts';

const loadMattersStatement = toHotStatement({
  name: 'load-matters',
  text: `
select c.*,
  (select jsonb_agg(to_jsonb(l) || case when l.reached = 0 then '{}' else jsonb_build_object('returned_at',
      case when l.held >= l.reached then (select max(a.finished_at) from attempts a where a.link_id = l.id) end) end
      || case when $2::timestamptz is null or l.held = 0 then '{}' else jsonb_build_object('writes',
        (select jsonb_agg(jsonb_build_object('seq', a.seq, 'ended_at', a.finished_at)) from attempts a where a.link_id = l.id and a.finished_at > $2)) end
      order by l.id)
    from links l where l.complaint_id = c.id) as links,
  (select jsonb_agg(to_jsonb(e) order by e.seq) from events e
    where e.complaint_id = c.id and e.type in (${toLiterals(toldTypes)})) as told,
  (select max(e.seq) from events e where e.complaint_id = c.id and e.type = 'revised') as revised
from complaints c where c.id = any($1::uuid[])`,
});

const lockStatement = toHotStatement({
  name: 'lock-matters',
  text: 'select from complaints where id = any($1::uuid[]) order by id for update',
});

/**
 * Locks complaints and reads what a decision needs of them. They are locked in the order of their ids, so no deadlock
 * is possible. `since`: when the first of the boards that speak was read, in milliseconds of the database's clock.
 */
export async function loadMatters(
  client: pg.PoolClient,
  ids: string[],
  since?: number,
): Promise<Map<string, Matter>> {
  if (ids.length === 0) return new Map();
  // Two statements are needed: a single one that waited for a lock would still see the old links and events.
  await client.query(lockStatement([ids]));
  const { rows } = await client.query<MatterRow>(
    loadMattersStatement([ids, since === undefined ? null : new Date(since)]),
  );
  return new Map(rows.map((row) => [row.id, toMatter(row)]));
}

interface MatterRow extends ComplaintRow {
  destroyed_at: Date | null;
  links: LinkRow[] | null;
  told: EventRow[] | null;
  revised: number | null;
}

interface LinkRow {
  id: string;
  agency: string;
  role: PartRole;
  state: LinkState;
  external_id: string | null;
  parts: Record<string, string>;
  seen: Seen;
  joined: number;
  held: number;
  attempting: number | null;
  /** Present only if the link was set back. Null: its board is still being brought up to date. */
  returned_at?: string | null;
  /** Present only if a board speaks. */
  writes?: { seq: number; ended_at: string }[] | null;
  given: number | null;
  /** Null: the link is about the complaint itself. */
  contribution: number | null;
}

export interface EventRow {
  complaint_id: string;
  seq: number;
  type: string;
  at: string;
  actor: Actor;
  link_id: string | null;
  data: unknown;
}

/** This program writes the rows from checked events, so their shape is known. */
export function toEvent(row: EventRow): NumberedEvent {
  return {
    complaintId: row.complaint_id,
    seq: row.seq,
    type: row.type,
    at: new Date(row.at).toISOString(),
    actor: row.actor,
    data: mendEventData(row.data),
    linkId: row.link_id,
  } as NumberedEvent;
}

/** The event of a row that goes to a board, a feed or an endpoint. */
export const toPublicEvent = (row: EventRow): PublicEvent => toPublic(toEvent(row));

function toMatter(row: MatterRow): Matter {
  return {
    complaint: toComplaint(row),
    routing: row.routing,
    ...(row.officer_user && { officerUser: row.officer_user }),
    ...(row.destroyed_at && { destroyed: true }),
    ...partLinks(row.links ?? []),
    ...(row.revised !== null && { revised: row.revised }),
    told: (row.told ?? []).map(toEvent),
  };
}

function partLinks(rows: LinkRow[]): Pick<Matter, 'links' | 'partLinks'> {
  const parts = rows.flatMap((row) =>
    row.contribution === null ? [] : { ...toLink(row), contribution: row.contribution },
  );
  return {
    links: rows.filter(({ contribution }) => contribution === null).map(toLink),
    ...(parts.length > 0 && { partLinks: parts }),
  };
}

function toLink(row: LinkRow): Link {
  return {
    id: row.id,
    agency: row.agency,
    role: row.role,
    state: row.state,
    externalId: row.external_id,
    parts: row.parts,
    seen: row.seen,
    joined: row.joined,
    held: row.held,
    busy: row.attempting !== null || row.given !== null,
    ...(row.returned_at !== undefined && { returnedAt: toTime(row.returned_at) }),
    ...(row.writes && {
      writes: row.writes.map(({ seq, ended_at }) => ({ seq, endedAt: Date.parse(ended_at) })),
    }),
  };
}

const toTime = (at: string | null) => (at === null ? Number.POSITIVE_INFINITY : Date.parse(at));
