import type {
  ComplaintContent,
  EventType,
  LinkRole,
  Problem,
  RoutingReason,
  Status,
} from '../../../schemas/index.ts';
import { maskSample } from '../../access/people/mask-sample.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { Audience, RawOutcome } from '../../store/tables/column-types.ts';

/** What would be brought to another board. */
interface WouldWrite {
  agency: string;
  role: LinkRole;
  /** True: the agency has no board, and its people read the hub's pages. */
  isScreen: boolean;
  events: EventType[];
}

/** A post as the rehearsal read it, masked, and what would have become of it. */
export interface Rehearsed {
  id: string;
  externalId: string;
  readAt: Date;
  outcome: RawOutcome;
  problems: Problem[];
  /** The board's own record. */
  raw: string;
  /** Null: it could not be applied. */
  complaint: {
    title: string;
    kind: ComplaintContent['kind'];
    category: string | null;
    region: string | null;
    status: Status;
    assignee: string;
    routing: RoutingReason;
  } | null;
  writes: WouldWrite[];
  notices: { template: string; audience: Audience; channel: string; reachable: boolean }[];
}

export interface RehearsedCounts {
  posts: number;
  applied: number;
  parked: number;
  writes: number;
  notices: number;
  /** When the board was read last, and to its end. */
  polledAt: Date | null;
  throughAt: Date | null;
}

interface Row {
  id: string;
  external_id: string;
  received_at: Date;
  outcome: RawOutcome;
  problems: Problem[] | null;
  body: string;
  complaint: { content: ComplaintContent; status: Status; assignee: string; routing: RoutingReason } | null;
  writes: WouldWrite[] | null;
  notices: Rehearsed['notices'] | null;
}

/** By keyset on the id: newest first. */
const listText = (where: string, order: 'asc' | 'desc') => `
select r.id, r.external_id, r.received_at, r.outcome, r.problems, r.body,
  case when c.id is not null then jsonb_build_object('content', c.content, 'status', c.status, 'assignee', c.assignee, 'routing', c.routing) end as complaint,
  (select jsonb_agg(jsonb_build_object('agency', l.agency, 'role', l.role, 'isScreen', l.state = 'screen',
      'events', (select jsonb_agg(e.type order by e.seq) from events e where e.complaint_id = l.complaint_id and e.seq > l.held)) order by l.role)
    from links l where l.complaint_id = c.id and l.agency <> r.agency and (l.state = 'screen' or l.held < l.due)) as writes,
  (select jsonb_agg(jsonb_build_object('template', n.template, 'audience', n.audience, 'channel', n.channel, 'reachable', n.state = 'due') order by n.seq, n.id)
    from notices n where n.complaint_id = c.id) as notices
from raw_items r left join complaints c on c.id = r.complaint_id
where r.agency = $1 and r.source = 'poll' ${where} order by r.id ${order} limit $2`;

/** `shadow`: the store on the tables of the rehearsal. */
export async function listRehearsed(
  shadow: Pick<Store, 'pool'>,
  agency: string,
  place: Place & { outcome?: string | undefined },
  codes: ReadonlySet<string>,
): Promise<Page<Rehearsed>> {
  const cursor = place.before ?? place.after;
  const values: unknown[] = [agency, (place.size ?? pageSize) + 1];
  const conditions: string[] = [];
  if (cursor !== undefined) {
    values.push(cursor);
    conditions.push(`and r.id ${place.before === undefined ? '<' : '>'} $${values.length}::uuid`);
  }
  if (place.outcome) {
    values.push(place.outcome);
    conditions.push(`and r.outcome = $${values.length}`);
  }
  const order = place.before === undefined ? 'desc' : 'asc';
  const { rows } = await shadow.pool.query<Row>(listText(conditions.join(' '), order), values);
  return toPage(
    rows.map((row) => toRehearsed(row, codes)),
    place,
    ({ id }) => id,
  );
}

function toRehearsed(row: Row, codes: ReadonlySet<string>): Rehearsed {
  const { complaint } = row;
  return {
    id: row.id,
    externalId: row.external_id,
    readAt: row.received_at,
    outcome: row.outcome,
    problems: row.problems ?? [],
    raw: JSON.stringify(maskSample(JSON.parse(row.body), { codes }), null, 2),
    complaint: complaint && {
      title: String(maskSample(complaint.content.title, { codes })),
      kind: complaint.content.kind,
      category: complaint.content.category ?? null,
      region: complaint.content.region ?? null,
      status: complaint.status,
      assignee: complaint.assignee,
      routing: complaint.routing,
    },
    writes: (row.writes ?? []).map((write) => ({ ...write, events: write.events ?? [] })),
    notices: row.notices ?? [],
  };
}

/** Counts what the rehearsal keeps of an agency, which is bounded (`prune-rehearsed`). */
export async function countRehearsed(store: Pick<Store, 'pool'>, agency: string): Promise<RehearsedCounts> {
  const { rows } = await store.pool.query<RehearsedCounts>(
    `select count(*)::int as posts, count(*) filter (where outcome = 'applied')::int as applied,
       count(*) filter (where outcome = 'parked')::int as parked,
       (select count(*)::int from rehearsal.links l where l.agency <> $1 and l.state = 'open' and l.held < l.due
         and exists (select from rehearsal.complaints c where c.id = l.complaint_id and c.origin = $1)) as writes,
       (select count(*)::int from rehearsal.notices n join rehearsal.complaints c on c.id = n.complaint_id
         where c.origin = $1 and n.state = 'due') as notices,
       (select polled_at from trial.boards where agency = $1) as "polledAt",
       (select read_through_at from trial.boards where agency = $1) as "throughAt"
     from rehearsal.raw_items where agency = $1`,
    [agency],
  );
  return rows[0] as RehearsedCounts;
}

/** Real complaints whose news waits until this agency is live. */
export async function countWaiting({ pool }: Pick<Store, 'pool'>, agency: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "select count(*)::int as n from (select from links where agency = $1 and state = 'open' and held < due limit 1000) waiting",
    [agency],
  );
  return rows[0]?.n ?? 0;
}
