import { sql } from 'kysely';
import type { ClockFace, ComplaintKind, Status } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { countLimit } from './read-worklist.ts';
import {
  type Deadline,
  isOverdue,
  isOwnedBy,
  listOwners,
  type Owner,
  owners,
  type Worker,
} from './work-conditions.ts';

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

/** Rows of one part that a page shows, of each owner. */
const most = 10;

/** What waits for one officer of an agency. Reads few rows, however many complaints there are (migration 0045). */
export async function readMyWork(store: Store, worker: Worker): Promise<MyWork> {
  const own = toOwn(worker);
  const [counts, ...lists] = await Promise.all([
    countBands(store, own),
    ...workBands.map((band) => listBand(store, band, own)),
  ]);
  const known = new Set<string>();
  const isFirst = ({ id }: WorkEntry) => !known.has(id) && Boolean(known.add(id));
  const rows = Object.fromEntries(workBands.map((band, at) => [band, (lists[at] ?? []).filter(isFirst)]));
  return { owners: own.owners, counts, rows: rows as MyWork['rows'] };
}

/** The numbers of {@link readMyWork} alone, for a page that lists something else. */
export async function countMyWork(store: Store, worker: Worker): Promise<Pick<MyWork, 'owners' | 'counts'>> {
  const own = toOwn(worker);
  return { owners: own.owners, counts: await countBands(store, own) };
}

interface Own {
  owners: Owner[];
  is: (owner: Owner, band: WorkBand) => ReturnType<typeof isOwnedBy>;
}
const toOwn = (worker: Worker): Own => ({
  owners: listOwners(worker),
  is: (owner, band) => isOwnedBy({ ...worker, owner }, band),
});

async function countBands({ db }: Store, own: Own): Promise<MyWork['counts']> {
  const pairs = own.owners.flatMap((owner) => workBands.map((band) => ({ owner, band })));
  const columns = pairs.map(
    ({ owner, band }) => sql`(select count(*)::int from (select from complaints
      where ${own.is(owner, band)} limit ${sql.lit(countLimit)}) found)
      as ${sql.id(`${owner}_${band}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${sql.join(columns)}`.execute(db);
  const of = (owner: Owner) =>
    Object.fromEntries(workBands.map((band) => [band, rows[0]?.[`${owner}_${band}`] ?? 0]));
  return Object.fromEntries(owners.map((owner) => [owner, of(owner)])) as MyWork['counts'];
}

async function listBand({ db }: Store, band: WorkBand, own: Own): Promise<WorkEntry[]> {
  const lists = own.owners.map(
    (owner) => sql`(select id, receipt_number as "receiptNumber", content ->> 'title' as title,
        content #>> '{complainant,name}' as complainant, kind, status,
        coalesce(taken_in_at, registered_at) as "takenInAt", due_at as "dueAt", ${isOverdue} as overdue, clock,
        ${sql.lit(owner)}::text as owner
      from complaints where ${own.is(owner, band)} order by due_at, id limit ${sql.lit(most)})`,
  );
  const { rows } = await sql<WorkEntry>`${sql.join(lists, sql` union all `)}`.execute(db);
  return rows;
}
