import { sql } from 'kysely';
import { owingStatuses } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { toLiterals } from '../../store/literals.ts';

/** What still waits for an agency, counted up to `mostCounted`. */
export interface Waiting {
  /** Complaints that it has to answer. */
  unanswered: number;
  /** Links with something to be brought to its board, or parked. */
  undelivered: number;
}

/** Nobody needs to know how many more there are. */
const mostCounted = 1000;

export async function countWaiting({ db }: Pick<Store, 'db'>, agency: string): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select
      (select count(*)::int from (select from complaints where assignee = ${agency}
        and status in (${sql.raw(toLiterals(owingStatuses))}) limit ${mostCounted}) few) as unanswered,
      (select count(*)::int from (select from links where agency = ${agency}
        and (state = 'parked' or state = 'open' and held < due) limit ${mostCounted}) few) as undelivered`.execute(
    db,
  );
  return rows[0] ?? { unanswered: 0, undelivered: 0 };
}
