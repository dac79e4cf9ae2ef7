import { sql } from 'kysely';
import type { ClockFace, ComplaintKind, Status } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { toOwnerKeys, workConditions } from './open-work.ts';
import { countLimit } from './read-worklist.ts';
import { type Deadline, isOverdue, listOwners, type Owner, owners, type Worker } from './work-conditions.ts';

/** The parts of an officer's work, the most urgent first. */
export const workBands = [
  'overdue',
  'today',
  'fresh',
  'waiting',
  'week',
  'later',
] as const satisfies Deadline[];
type WorkBand = (typeof workBands)[number];

/** An open complaint of an officer, or one that nobody at the agency has taken. */
interface WorkEntry {
  id: string;
  receiptNumber: string;
  title: string;
  complainant: string;
  kind: ComplaintKind;
  status: Status;
  takenInAt: Date;
  dueAt: Date | null;
  overdue: boolean;
  clock: ClockFace | null;
  owner: Owner;
}

export interface MyWork {
  /** The parts that this person's work has. */
  owners: Owner[];
  /** How many there are of each part. Each number stops at {@link countLimit}. */
  counts: Record<Owner, Record<WorkBand, number>>;
  /** The first of each part: one's own before those of nobody. A complaint stands in the most urgent part only. */
  rows: Record<WorkBand, WorkEntry[]>;
}

/** Rows of one part that a page shows: of one's own, and of each other owner. The numbers lead to all of them. */
const most = { mine: 10, others: 5 };
const mostOf = (owner: Owner) => sql.lit(owner === 'mine' ? most.mine : most.others);

/** What waits for one officer of an agency. Reads few rows, however many complaints there are (migration 0071). */
export async function readMyWork(store: Store, worker: Worker): Promise<MyWork> {
  const own = listOwners(worker);
  const [counts, places] = await Promise.all([
    countBands(store, own, worker),
    listPlaces(store, own, worker),
  ]);
  const known = new Set<string>();
  const first = places.filter(({ id }) => !known.has(id) && Boolean(known.add(id)));
  const entries = await readEntries(store, [...known]);
  const rows = workBands.map((band) => [
    band,
    first.flatMap((place) => {
      const entry = place.band === band ? entries.get(place.id) : undefined;
      return entry ? { ...entry, owner: place.owner } : [];
    }),
  ]);
  return { owners: own, counts, rows: Object.fromEntries(rows) as MyWork['rows'] };
}

/** The numbers of {@link readMyWork} alone, for a page that lists something else. */
export async function countMyWork(store: Store, worker: Worker): Promise<Pick<MyWork, 'owners' | 'counts'>> {
  const own = listOwners(worker);
  return { owners: own, counts: await countBands(store, own, worker) };
}

const toParts = (own: readonly Owner[]) => workBands.flatMap((band) => own.map((owner) => ({ band, owner })));

async function countBands({ db }: Store, own: readonly Owner[], worker: Worker): Promise<MyWork['counts']> {
  const columns = toParts(own).map(
    ({ owner, band }) => sql`(select count(*)::int from (select from open_work w
      where w.agency = ${worker.agency} and w.owner = any(${toOwnerKeys(owner, worker)}::text[]) and ${workConditions[band]}
      limit ${sql.lit(countLimit)}) found) as ${sql.id(`${owner}_${band}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${sql.join(columns)}`.execute(db);
  const of = (owner: Owner) =>
    Object.fromEntries(workBands.map((band) => [band, rows[0]?.[`${owner}_${band}`] ?? 0]));
  return Object.fromEntries(owners.map((owner) => [owner, of(owner)])) as MyWork['counts'];
}

/** Where a complaint stands in the work. */
interface Placed {
  id: string;
  band: WorkBand;
  owner: Owner;
}

/** The first of each part, from indexes alone: each name has its place there, so that nobody's pile is sorted. */
async function listPlaces({ db }: Store, own: readonly Owner[], worker: Worker): Promise<Placed[]> {
  const lists = toParts(own).map(
    ({ band, owner }, part) => sql`(select ${sql.lit(part)}::int as part, f.due_at, f.complaint_id
      from unnest(${toOwnerKeys(owner, worker)}::text[]) as o(key)
      cross join lateral (select w.due_at, w.complaint_id from open_work w
        where w.agency = ${worker.agency} and w.owner = o.key and ${workConditions[band]}
        order by w.due_at, w.complaint_id limit ${mostOf(owner)}) f
      order by f.due_at, f.complaint_id limit ${mostOf(owner)})`,
  );
  const { rows } = await sql<{ part: number; id: string }>`
    select part, complaint_id as id from (${sql.join(lists, sql` union all `)}) found
    order by part, due_at, complaint_id`.execute(db);
  const parts = toParts(own);
  return rows.flatMap(({ part, id }) => {
    const place = parts[part];
    return place ? { id, ...place } : [];
  });
}

async function readEntries({ db }: Store, ids: string[]): Promise<Map<string, Omit<WorkEntry, 'owner'>>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Omit<WorkEntry, 'owner'>>`
    select id, receipt_number as "receiptNumber", content ->> 'title' as title,
      content #>> '{complainant,name}' as complainant, kind, status,
      coalesce(taken_in_at, registered_at) as "takenInAt", due_at as "dueAt", ${isOverdue} as overdue, clock
    from complaints where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
