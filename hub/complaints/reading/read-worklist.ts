import { sql } from 'kysely';
import type { Store } from '../../store/database.ts';
import { workConditions } from './open-work.ts';
import type { Deadline } from './work-conditions.ts';

/** How much waits for a person today. Each number stops at {@link countLimit}. */
export interface Worklist {
  overdue: number;
  near: number;
  /** Nobody has begun to work on them. */
  fresh: number;
  /** All that have a deadline and no answer. */
  unanswered: number;
  parkedItems: number;
  parkedLinks: number;
  failedNotices: number;
  /** Links whose board has been behind after at least one failed try. */
  linksBehind: number;
}

/** The count stops here: a person only needs to know "many", and the page must not slow down in an outage. */
export const countLimit = 1000;
/** A failed notice older than this is history, not work. */
const failedNoticeDays = 14;

const counted = (rows: ReturnType<typeof sql>) =>
  sql<number>`(select count(*)::int from (${rows} limit ${sql.lit(countLimit)}) found)`;

/** Today's exceptions, of all agencies or of one. */
export async function countWorklist(store: Store, agency?: string): Promise<Worklist> {
  const own = (column: string) => (agency === undefined ? sql`true` : sql`${sql.ref(column)} = ${agency}`);
  const complaints = (deadline: Deadline) =>
    counted(sql`select from open_work w where ${workConditions[deadline]} and ${own('w.agency')}`);
  const { rows } = await sql<Worklist>`select
    ${complaints('overdue')} as "overdue", ${complaints('near')} as "near",
    ${complaints('fresh')} as "fresh", ${complaints('open')} as "unanswered",
    ${counted(sql`select from raw_items where outcome = 'parked' and ${own('agency')}`)} as "parkedItems",
    ${counted(sql`select from links where state = 'parked' and ${own('agency')}`)} as "parkedLinks",
    ${counted(sql`select from notices where state = 'failed'
      and created_at > now() - ${sql.lit(failedNoticeDays)} * interval '1 day'
      and ${own('agency')}`)} as "failedNotices",
    ${counted(sql`select from links where state = 'open' and held < due and tries > 0
      and ${own('agency')}`)} as "linksBehind"`.execute(store.db);
  const worklist = rows[0];
  if (!worklist) throw new Error('counting returned no row');
  return worklist;
}
