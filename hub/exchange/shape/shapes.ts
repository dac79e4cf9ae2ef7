import type { ShapePlace } from '../../../adapters/contract.ts';
import type { Agency } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { agentPolicy } from '../boards/agent-policy.ts';
import { isBehindAgent } from '../boards/boards.ts';
import { compareShapes, isConcerning, type ShapeChange, toNormal } from './compare-shapes.ts';

/** A change with the time when it was first seen, RFC 3339. */
export type NotedChange = ShapeChange & { since: string };

/** What is known of a board's shape. */
export interface ShapeState {
  agency: string;
  /** Null: it was never seen. */
  seenAt: Date | null;
  /** How many places were seen. */
  places: number;
  /** Login of the person. Null: the first look set the normal. */
  approvedBy: string | null;
  approvedAt: Date | null;
  changes: NotedChange[];
  concerned: number;
  lookedAt: Date;
  /** Why the newest look saw nothing. */
  error: Reason | null;
}

/** The result of a look: the places, or why there are none. `next`: milliseconds until the next look. */
export interface Looked {
  agency: string;
  adapter: string;
  places: ShapePlace[];
  usesOf(place: string): string[];
  next: number;
}

interface Row {
  adapter: string | null;
  approved: ShapePlace[] | null;
  changes: NotedChange[];
}

/**
 * Compares what was seen with the normal shape and keeps both. The first look sets the normal. True: pages now show
 * something else.
 */
export function saveLook({ pool }: Store, looked: Looked, now = new Date()): Promise<boolean> {
  const { agency, adapter, places, usesOf, next } = looked;
  return inTransaction(pool, async (client) => {
    await client.query(
      `insert into board_shapes (agency, looked_at, next_at) values ($1, now(), now()) on conflict do nothing`,
      [agency],
    );
    const { rows } = await client.query<Row>(
      'select adapter, approved, changes from board_shapes where agency = $1 for update',
      [agency],
    );
    const [known] = rows;
    const approved = (known?.adapter === adapter && known.approved) || undefined;
    const normal = approved ?? toNormal(places);
    const { changes, learned } = compareShapes(normal, places, usesOf);
    const noted = note(changes, approved ? (known?.changes ?? []) : [], now);
    await client.query(
      `update board_shapes set adapter = $2, approved = $3, seen = $4, seen_at = now(), changes = $5, concerned = $6,
         looked_at = now(), next_at = now() + make_interval(secs => $7), error = null,
         approved_by = case when $8 then approved_by end, approved_at = case when $8 then approved_at else now() end
       where agency = $1`,
      [
        agency,
        adapter,
        JSON.stringify(learned),
        JSON.stringify(places),
        JSON.stringify(noted),
        changes.filter(isConcerning).length,
        next / 1000,
        approved !== undefined,
      ],
    );
    return JSON.stringify(noted) !== JSON.stringify(known?.changes ?? []);
  });
}

/** Keeps the time when a change was first seen, if the same change is still there. */
function note(changes: ShapeChange[], known: NotedChange[], now: Date): NotedChange[] {
  const toMark = ({ place, kind, now: value }: ShapeChange) => `${place} ${kind} ${value ?? ''}`;
  const since = new Map(known.map((change) => [toMark(change), change.since]));
  return changes.map((change) => ({ ...change, since: since.get(toMark(change)) ?? now.toISOString() }));
}

/** Records that the board could not be looked at. What was known stays. */
export async function saveFailedLook(
  { pool }: Store,
  agency: string,
  error: Reason,
  next: number,
): Promise<void> {
  await pool.query(
    `insert into board_shapes (agency, looked_at, next_at, error) values ($1, now(), now() + make_interval(secs => $3), $2)
     on conflict (agency) do update set looked_at = excluded.looked_at, next_at = excluded.next_at, error = excluded.error`,
    [agency, JSON.stringify(error), next / 1000],
  );
}

export async function findShape({ pool }: Store, agency: string): Promise<ShapeState | undefined> {
  const { rows } = await pool.query<ShapeState>(
    `select agency, seen_at as "seenAt", coalesce(jsonb_array_length(seen), 0) as places, approved_by as "approvedBy",
       approved_at as "approvedAt", changes, concerned, looked_at as "lookedAt", error
     from board_shapes where agency = $1`,
    [agency],
  );
  return rows[0];
}

/** The places of the board as they were last seen. Empty: it was never seen. */
export async function listPlacesSeen({ pool }: Store, agency: string): Promise<ShapePlace[]> {
  const { rows } = await pool.query<{ seen: ShapePlace[] | null }>(
    'select seen from board_shapes where agency = $1',
    [agency],
  );
  return rows[0]?.seen ?? [];
}

/** Identifies the changes that a person saw before deciding. Later changes are then not decided with them. */
export const toChangesMark = (changes: NotedChange[]): string =>
  `${changes.length}~${
    changes
      .map(({ since }) => since)
      .sort()
      .at(-1) ?? ''
  }`;

/**
 * Takes what was seen as the new normal, and keeps the login of the person who decided. False: nothing was done, since
 * there is nothing (any more) to take, or the changes differ from `mark`.
 */
export function acceptShape({ pool }: Store, agency: string, by: string, mark?: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ changes: NotedChange[] }>(
      'select changes from board_shapes where agency = $1 and seen is not null for update',
      [agency],
    );
    const changes = rows[0]?.changes ?? [];
    if (changes.length === 0 || (mark !== undefined && mark !== toChangesMark(changes))) return false;
    await client.query(
      `update board_shapes set approved = seen, approved_by = $2, approved_at = now(), changes = '[]', concerned = 0
       where agency = $1`,
      [agency, by],
    );
    await client.query(
      'insert into board_shape_decisions (id, agency, changes, decided_by) values ($1, $2, $3, $4)',
      [newId(), agency, JSON.stringify(changes), by],
    );
    return true;
  });
}

/**
 * Finds agencies whose board needs a look: its time has come, its configuration changed, or one of its posts was just
 * parked. Boards wait that are away or asked to be left alone, or whose agent is silent.
 */
export async function findShapesDue({ pool }: Store, agencies: Agency[]): Promise<string[]> {
  const { rows } = await pool.query<{ agency: string }>({
    name: 'shapes-due',
    text: `select a.agency from unnest($1::text[]) as a(agency) left join board_shapes s on s.agency = a.agency
        left join boards b on b.agency = a.agency
        left join agents g on g.agency = a.agency
      where (a.agency <> all($2) or g.heartbeat_at > now() - make_interval(secs => $3))
        and (b.closed_until is null or b.closed_until <= now()) and (b.busy_until is null or b.busy_until <= now())
        and (s.agency is null or s.next_at <= now()
          or exists (select from configurations c where c.kind = 'agency' and c.name = a.agency and c.applied_at > s.looked_at)
          or (s.looked_at < now() - interval '1 minute' and exists (select from raw_items r
            where r.outcome = 'parked' and r.received_at > s.looked_at and r.agency = a.agency)))
      order by s.next_at nulls first limit 50`,
    values: [
      agencies.map(({ code }) => code),
      agencies.filter(isBehindAgent).map(({ code }) => code),
      agentPolicy.silentAfter,
    ],
  });
  return rows.map(({ agency }) => agency);
}
