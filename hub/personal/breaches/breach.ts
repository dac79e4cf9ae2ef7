import { sql } from 'kysely';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Store } from '../../store/database.ts';

/** What is known of a leak. Times are ISO 8601, UTC. */
export interface BreachFacts {
  title: string;
  /** When the agency came to know of it: the 72 hours run from here (시행령, articles 39 and 40). */
  knownAt: string;
  /** Between which times data may have been touched. */
  from: string;
  to: string;
  /** Logins, and keys of programs as the access log names them: `key 01…`. */
  actors: string[];
  addresses: string[];
  /** Codes of agencies whose copies are concerned. */
  agencies: string[];
  /** Somebody got in from outside without permission. */
  intrusion: boolean;
  /** Sensitive data or unique identifiers are among it. */
  sensitive: boolean;
  /** The items that the Act wants in the notice (article 34, paragraph 1): when and how it happened. */
  happened: string;
  /** What the person can do to keep the damage small. */
  advice: string;
  /** What the agency does about it, and how damage is made good. */
  measures: string;
  /** Where damage can be reported: department and how to reach it. */
  contact: string;
}

export const breachActs = ['told', 'reported', 'closed'] as const;
export type BreachAct = (typeof breachActs)[number];

/** What was done, and by whom. */
interface BreachRecord {
  act: BreachAct;
  at: string;
  by: string;
  note: string;
}

export interface Breach {
  id: string;
  facts: BreachFacts;
  madeBy: string;
  madeAt: Date;
  record: BreachRecord[];
  closedAt: Date | null;
}

const columns = `id::text, facts, made_by as "madeBy", made_at as "madeAt", record, closed_at as "closedAt"`;
const most = 200;

/** The newest first; a hub has few. */
export const listBreaches = async ({ pool }: Pick<Store, 'pool'>): Promise<Breach[]> =>
  (await pool.query<Breach>(`select ${columns} from breaches order by id desc limit ${most}`)).rows;

export async function findBreach({ pool }: Pick<Store, 'pool'>, id: string): Promise<Breach | undefined> {
  if (!/^[1-9]\d{0,17}$/.test(id)) return undefined;
  return (await pool.query<Breach>(`select ${columns} from breaches where id = $1`, [id])).rows[0];
}

/** Keeps a new case, or what is known now of an open one. Undefined: there is no such case that is open. */
export const saveBreach = (
  { db }: Pick<Store, 'db'>,
  { id, facts, by }: { id?: string; facts: BreachFacts; by: string },
): Promise<string | undefined> =>
  db.transaction().execute(async (trx) => {
    const body = JSON.stringify(facts);
    const { rows } =
      id === undefined
        ? await sql<{
            id: string;
          }>`insert into breaches (facts, made_by) values (${body}::jsonb, ${by}) returning id::text`.execute(
            trx,
          )
        : await sql<{
            id: string;
          }>`update breaches set facts = ${body}::jsonb where id = ${id} and closed_at is null returning id::text`.execute(
            trx,
          );
    const saved = rows[0];
    if (!saved) return undefined;
    const action = id === undefined ? 'breach.opened' : 'breach.changed';
    await writeAudit(trx, { actor: by, way: 'console', action, subject: `breach ${saved.id}` });
    return saved.id;
  });

/** Notes that something was done. Only an open case takes a note, and each act one. False: it does not. */
export const noteBreach = (
  { db }: Pick<Store, 'db'>,
  id: string,
  { act, by, note }: { act: BreachAct; by: string; note: string },
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const found = await trx
      .selectFrom('breaches')
      .select('record')
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    const record = found?.record as BreachRecord[] | undefined;
    if (!record || record.some((one) => one.act === act)) return false;
    const now = new Date();
    const done: BreachRecord = { act, at: now.toISOString(), by, note };
    await trx
      .updateTable('breaches')
      .set({ record: JSON.stringify([...record, done]), ...(act === 'closed' && { closed_at: now }) })
      .where('id', '=', id)
      .execute();
    await writeAudit(trx, { actor: by, way: 'console', action: `breach.${act}`, subject: `breach ${id}` });
    return true;
  });
