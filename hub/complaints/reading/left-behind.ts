import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../../store/database.ts';
import { isOwed, ofDepartment } from './work-conditions.ts';

/** Whose open complaints would be on nobody's list. */
export interface LeftBehind {
  /** Logins that are no officers of the agency any more: left, moved or shut out. */
  gone: string[];
  /** Departments to which no officer of the agency belongs any more. */
  unstaffed: string[];
}

/** An agency has fewer people and departments. */
const most = 300;

/**
 * Finds the complaints of people and departments that an agency no longer has, by their names. Each name is found from the
 * one before by an index: so as many rows are read as there are names, and not as there are complaints.
 */
export async function findLeftBehind({ db }: Pick<Store, 'db'>, agency: string): Promise<LeftBehind> {
  const active = sql`u.agency = ${agency} and u.role = 'officer' and u.disabled_at is null`;
  const [gone, unstaffed] = await Promise.all([
    sql<{ name: string }>`${listNames(agency, sql`officer_user`, sql`officer_user is not null`)}
      and not exists (select from users u where ${active} and u.login = known.name)`.execute(db),
    sql<{ name: string }>`${listNames(agency, sql`(officer ->> 'department')`, ofDepartment)}
      and not exists (select from users u where ${active} and u.department = known.name)`.execute(db),
  ]);
  return { gone: gone.rows.map(({ name }) => name), unstaffed: unstaffed.rows.map(({ name }) => name) };
}

function listNames(agency: string, column: RawBuilder<unknown>, condition: RawBuilder<boolean>) {
  const next = (beyond: RawBuilder<boolean>) => sql`(select ${column} from complaints
    where assignee = ${agency} and ${condition} and ${isOwed} and ${beyond} order by assignee, ${column} limit 1)`;
  return sql`with recursive known(name, n) as (
      select ${next(sql<boolean>`${column} > ''`)}, 1
      union all select ${next(sql<boolean>`${column} > known.name`)}, n + 1 from known
        where known.name is not null and n < ${sql.lit(most)}
    ) select name from known where name is not null`;
}
