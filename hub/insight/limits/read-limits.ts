import { sql } from 'kysely';
import { type ClockRules, ofAgency } from '../../clock/deadline.ts';
import { hour, subtractWorkingTime } from '../../clock/working-time.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { Store } from '../../store/database.ts';
import { registrationHours } from './find-limits.ts';

/** A complaint that nobody at its agency was given yet. */
export interface Unhanded {
  id: string;
  handBy: Date;
  transferBy: Date;
  /** The limit of the department, and that of another agency, has passed. */
  handingPassed: boolean;
  transferPassed: boolean;
}

/** As many as a page of work can show of them. */
const mostShown = 100;
const mostCounted = 1000;

/** What waits at an agency to be handed to somebody, the most urgent first. */
export async function listUnhanded({ db }: Pick<Store, 'db'>, agency: string): Promise<Unhanded[]> {
  const { rows } = await sql<Unhanded>`
    select complaint_id as id, hand_by as "handBy", transfer_by as "transferBy",
      hand_by < now() as "handingPassed", transfer_by < now() as "transferPassed"
    from process_cases where agency = ${agency} and hand_by is not null
    order by hand_by limit ${sql.lit(mostShown)}`.execute(db);
  return rows;
}

/** How many of them are beyond the limit of the department, up to 1,000. */
export async function countHandingPassed({ db }: Pick<Store, 'db'>, agency: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from process_cases where agency = ${agency} and hand_by < now() limit ${sql.lit(mostCounted)}) found`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** What came in from an agency and waits to be registered: a parked post. */
export interface Unregistered {
  agency: string;
  /** All that wait, and those that wait for more than 8 working hours (Decree, article 6). */
  waiting: number;
  late: number;
  /** Ids of the first that are late. */
  items: string[];
}

/** A message that could not be delivered is no complaint. What belongs to a known complaint is registered. */
const isWaiting = sql<boolean>`(outcome = 'parked' and complaint_id is null
  and (problems #>> '{0,reason,code}') is distinct from 'mail_bounced')`;

/** What waits to be registered, of all agencies or of one. */
export async function listUnregistered(
  { db }: Pick<Store, 'db'>,
  directory: Pick<Directory, 'findAgency'> & { clock(): ClockRules },
  now: Date,
  only?: string,
): Promise<Unregistered[]> {
  const own = only === undefined ? sql`true` : sql`agency = ${only}`;
  const { rows: agencies } = await sql<{ agency: string }>`
    select distinct agency from raw_items where ${isWaiting} and ${own}`.execute(db);
  const limits = agencies.map(({ agency }) => ({
    agency,
    before: subtractWorkingTime(
      now,
      registrationHours * hour,
      ofAgency(directory.clock(), directory.findAgency(agency)),
    ),
  }));
  if (limits.length === 0) return [];
  const { rows } = await sql<Unregistered>`
    select l.agency, count(*)::int as waiting, (count(*) filter (where r.received_at < l.before))::int as late,
      coalesce((array_agg(r.id::text order by r.id) filter (where r.received_at < l.before))[1:5], '{}') as items
    from jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) as l(agency text, before timestamptz)
    cross join lateral (select id, received_at from raw_items
      where agency = l.agency and ${isWaiting} order by id limit ${sql.lit(mostCounted)}) r
    group by l.agency`.execute(db);
  return rows;
}
