import { sql } from 'kysely';
import type { AttachmentReference, Problem } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { isLeft } from './give-back.ts';

/** An act that waits, or one that was returned, for people. */
export interface HeldEntry {
  id: string;
  complaintId: string;
  receiptNumber: string;
  form: string;
  login: string;
  /** The name of the person, as long as there is an account. */
  name: string | null;
  isOwn: boolean;
  isRelease: boolean;
  runId: string | null;
  fields: Record<string, string>;
  files: AttachmentReference[];
  state: 'held' | 'returned';
  problems: Problem[];
  sentAt: Date;
  dueAt: Date;
  /** Seconds until it goes out. */
  seconds: number;
}

const columns = (
  userId: string,
) => sql`h.id, h.complaint_id as "complaintId", c.receipt_number as "receiptNumber", h.form, h.login, u.name,
  coalesce(h.user_id = ${userId}, false) as "isOwn", h.review_id is not null as "isRelease", h.run_id as "runId", h.fields, h.files,
  h.state, h.problems, h.sent_at as "sentAt", h.due_at as "dueAt",
  greatest(0, ceil(extract(epoch from h.due_at - now())))::int as seconds`;
const tables = sql`held_acts h join complaints c on c.id = h.complaint_id left join users u on u.id = h.user_id`;

/** The act that waits for a complaint, whoever sent it. */
export async function findHeld(
  { db }: Pick<Store, 'db'>,
  complaintId: string,
  userId: string,
): Promise<HeldEntry | undefined> {
  const { rows } = await sql<HeldEntry>`select ${columns(userId)} from ${tables}
    where h.complaint_id = ${complaintId} and h.state = 'held'`.execute(db);
  return rows[0];
}

/** Rows of one list that a page shows. */
const most = 200;

/**
 * What a person sent that has not gone out, and what came back: the own, and that of colleagues who have left, so that
 * somebody sees it. The oldest first.
 */
export async function listHeld(
  { db }: Pick<Store, 'db'>,
  { id, agency }: { id: string; agency: string | null },
): Promise<HeldEntry[]> {
  const { rows } = await sql<HeldEntry>`select ${columns(id)} from ${tables}
    where h.user_id = ${id} or h.state = 'returned' and h.agency = ${agency ?? 'hub'} and ${isLeft}
    order by h.sent_at, h.id limit ${sql.lit(most)}`.execute(db);
  return rows;
}

/** When what waits of a person's act on several complaints goes out. Undefined: nothing of it waits. */
export async function findHeldRun(
  { db }: Pick<Store, 'db'>,
  runId: string,
  userId: string,
): Promise<Pick<HeldEntry, 'dueAt' | 'seconds'> | undefined> {
  const { rows } = await sql<Pick<HeldEntry, 'dueAt' | 'seconds'>>`select ${columns(userId)} from ${tables}
    where h.run_id = ${runId} and h.user_id = ${userId} and h.state = 'held' order by h.due_at limit 1`.execute(
    db,
  );
  return rows[0];
}

/** Those of these complaints for which something waits to go out. */
export async function findSending({ pool }: Pick<Store, 'pool'>, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await pool.query<{ id: string }>(
    "select complaint_id as id from held_acts where complaint_id = any($1::uuid[]) and state = 'held'",
    [ids],
  );
  return rows.map(({ id }) => id);
}
