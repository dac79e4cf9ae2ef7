import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../../store/database.ts';
import { ownerPrefixes } from './open-work.ts';

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
    sql<{ name: string }>`${listNames(agency, ownerPrefixes.user)}
      and not exists (select from users u where ${active} and u.login = known.name)`.execute(db),
    sql<{ name: string }>`${listNames(agency, ownerPrefixes.department)}
      and not exists (select from users u where ${active} and u.department = known.name)`.execute(db),
  ]);
  return { gone: gone.rows.map(({ name }) => name), unstaffed: unstaffed.rows.map(({ name }) => name) };
}

/** The names of owners with this prefix. Names are ordered by their bytes: `;` comes after `:`. */
function listNames(agency: string, prefix: string) {
  const end = prefix.replace(':', ';');
  const next = (last: RawBuilder<unknown>) => sql`(select owner from open_work
    where agency = ${agency} and owner > ${last} and owner < ${end} order by owner limit 1)`;
  return sql`with recursive found(owner, n) as (
      select ${next(sql`${prefix}`)}, 1
      union all select ${next(sql`found.owner`)}, n + 1 from found where found.owner is not null and n < ${sql.lit(most)}
    ), known as (select substr(owner, ${sql.lit(prefix.length + 1)}) as name from found where owner is not null)
    select name from known where true`;
}
