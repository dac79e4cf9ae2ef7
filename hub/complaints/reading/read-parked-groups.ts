import { type SqlBool, sql } from 'kysely';
import type { Problem } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';

/** Parked raw items of one agency with the very same reasons. */
export interface ParkedGroup {
  agency: string;
  problems: Problem[];
  count: number;
  /** One of them, by which a form names the group. */
  sample: string;
}

/** Groups that a page shows, the largest first. */
const mostGroups = 10;
/** Parked items that are looked at for groups: the newest. */
const lookedAt = 5_000;
/** Items of a group that one click decides about. The rest is for the next. */
export const mostOfGroup = 200;

/** The reasons that several parked items share. A reason of one item alone is no group. */
export async function listParkedGroups({ db }: Pick<Store, 'db'>): Promise<ParkedGroup[]> {
  const { rows } = await sql<ParkedGroup>`
    select agency, problems, count(*)::int as count, (array_agg(id order by id))[1]::text as sample
    from (select id, agency, problems from raw_items where outcome = 'parked' order by id desc
          limit ${sql.lit(lookedAt)}) parked
    where problems is not null
    group by agency, problems having count(*) > 1
    order by count desc, agency limit ${sql.lit(mostGroups)}`.execute(db);
  return rows;
}

/** The items with the same agency and reasons as this one, oldest first, with what came in. */
export async function listGroupOf(
  { db }: Pick<Store, 'db'>,
  sample: string,
): Promise<{ id: string; body: string; problems: Problem[] }[]> {
  return db
    .selectFrom('raw_items as r')
    .innerJoin('raw_items as s', (join) =>
      join
        .on('s.id', '=', sample)
        .onRef('s.agency', '=', 'r.agency')
        .on(sql<SqlBool>`s.problems::jsonb = r.problems::jsonb`),
    )
    .select(['r.id', 'r.body', sql<Problem[]>`r.problems`.as('problems')])
    .where('r.outcome', '=', 'parked')
    .where('s.outcome', '=', 'parked')
    .orderBy('r.id')
    .limit(mostOfGroup)
    .execute();
}
