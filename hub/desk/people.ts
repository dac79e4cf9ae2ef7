import { sql } from 'kysely';
import { writeAudit } from '../access/audit/audit.ts';
import type { User } from '../access/people/users.ts';
import type { Store } from '../store/database.ts';

/** An officer as colleagues see him or her. */
export interface DeskPerson {
  id: string;
  login: string;
  name: string;
  department: string | null;
  /** When the officer is away, Korean days, both inside. Null: nothing is said, or it is over. */
  since: string | null;
  until: string | null;
  deputyId: string | null;
  deputyName: string | null;
  isAbsent: boolean;
}

/** Where an officer stands: the department, and whom he or she stands in for today. */
export interface Standing {
  department: string | null;
  covered: { login: string; name: string; until: string }[];
}

/** Korea has kept UTC+9 without summer time since 1988. */
const today = sql<string>`(now() at time zone 'Asia/Seoul')::date`;
/** More than any list of choices can show. */
const most = 500;

/** The officers of an agency who may sign in, by department and name. */
export async function listDeskPeople({ db }: Store, agency: string): Promise<DeskPerson[]> {
  const { rows } = await sql<DeskPerson>`
    select u.id, u.login, u.name, u.department, a.since::text as since, a.until::text as until,
      d.id as "deputyId", d.name as "deputyName", coalesce(${today} between a.since and a.until, false) as "isAbsent"
    from users u
    left join absences a on a.user_id = u.id and a.until >= ${today}
    left join users d on d.id = a.deputy_id
    where u.agency = ${agency} and u.role = 'officer' and u.disabled_at is null
    order by u.department nulls last, u.name, u.login limit ${sql.lit(most)}`.execute(db);
  return rows;
}

/** The officers of an agency who are away today. */
export const listAbsent = async (store: Store, agency: string): Promise<DeskPerson[]> =>
  (await listDeskPeople(store, agency)).filter(({ isAbsent }) => isAbsent);

export async function readStanding({ db }: Store, user: User): Promise<Standing> {
  const [{ rows: own }, { rows: covered }] = await Promise.all([
    sql<{ department: string | null }>`select department from users where id = ${user.id}`.execute(db),
    sql<Standing['covered'][number]>`
      select u.login, u.name, a.until::text as until from absences a join users u on u.id = a.user_id
      where a.deputy_id = ${user.id} and ${today} between a.since and a.until and u.agency = ${user.agency}
      order by u.name limit 50`.execute(db),
  ]);
  return { department: own[0]?.department ?? null, covered };
}

/** Who sets something about an officer of an agency. */
interface Setting {
  by: User;
  agency: string;
  person: Pick<DeskPerson, 'id' | 'login'>;
}

/** Null: the officer belongs to none. */
export async function setDepartment(
  store: Store,
  { by, agency, person }: Setting,
  department: string | null,
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('users')
      .set({ department })
      .where('id', '=', person.id)
      .where('agency', '=', agency)
      .execute();
    await writeAudit(trx, {
      ...{ actor: by.login, way: 'console', action: 'desk.department_set', agency },
      subject: `user ${person.login}`,
      detail: { department },
    });
  });
}

export interface Absence {
  since: string;
  until: string;
  deputy: Pick<DeskPerson, 'id' | 'login'>;
}

/** Says when an officer is away and who stands in, in place of what was said before. Undefined: the officer is there. */
export async function setAbsence(
  store: Store,
  { by, agency, person }: Setting,
  absence: Absence | undefined,
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await trx.deleteFrom('absences').where('user_id', '=', person.id).execute();
    if (absence) {
      const { since, until, deputy } = absence;
      await trx
        .insertInto('absences')
        .values({ user_id: person.id, deputy_id: deputy.id, since, until })
        .execute();
    }
    await writeAudit(trx, {
      ...{ actor: by.login, way: 'console', agency, subject: `user ${person.login}` },
      action: absence ? 'desk.absence_set' : 'desk.absence_removed',
      detail: absence && { since: absence.since, until: absence.until, deputy: absence.deputy.login },
    });
  });
}

/** Whether an officer said that he or she is away on a day of this time. */
export async function isAwayWithin(
  { db }: Store,
  userId: string,
  { since, until }: Pick<Absence, 'since' | 'until'>,
): Promise<boolean> {
  const { rows } = await sql`select from absences
    where user_id = ${userId} and since <= ${until}::date and until >= ${since}::date`.execute(db);
  return rows.length > 0;
}
