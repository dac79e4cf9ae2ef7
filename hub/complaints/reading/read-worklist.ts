import { sql } from 'kysely';
import type { Store } from '../../store/database.ts';
import { isOpen, nearHours } from './work-conditions.ts';

/** How much waits for a person today. Each number stops at {@link countLimit}. */
export interface Worklist {
  overdue: number;
  near: number;
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
  const { rows } = await sql<Worklist>`select
    ${counted(sql`select from complaints where ${isOpen} and due_at < now() and ${own('assignee')}`)} as "overdue",
    ${counted(sql`select from complaints where ${isOpen} and due_at >= now()
      and due_at < now() + ${sql.lit(nearHours)} * interval '1 hour' and ${own('assignee')}`)} as "near",
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
