import { sql } from 'kysely';
import type { ComplaintKind, Officer, Status } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { isOverdue } from './work-conditions.ts';

/** A complaint that a person ticked in a list. */
export interface TickedComplaint {
  id: string;
  receiptNumber: string;
  originNumber: string | null;
  title: string;
  body: string;
  complainant: string;
  kind: ComplaintKind;
  status: Status;
  origin: string;
  assignee: string;
  officer: Officer | null;
  takenInAt: Date;
  dueAt: Date | null;
  overdue: boolean;
}

/** The complaints with these numbers in their order, without those that the reading agency has no part in. */
export async function listTicked(
  { db }: Store,
  receiptNumbers: readonly string[],
  reader: string | undefined,
): Promise<TickedComplaint[]> {
  const { rows } = await sql<TickedComplaint>`
    select c.id, c.receipt_number as "receiptNumber", c.origin_number as "originNumber", c.content ->> 'title' as title,
      c.content ->> 'body' as body, c.content #>> '{complainant,name}' as complainant, c.kind, c.status, c.origin,
      c.assignee, c.officer, coalesce(c.taken_in_at, c.registered_at) as "takenInAt", c.due_at as "dueAt",
      ${isOverdue} as overdue
    from unnest(${[...receiptNumbers]}::text[]) with ordinality as ticked(number, place)
    join complaints c on c.receipt_number = ticked.number
    where ${reader ?? null}::text is null
      or exists (select from links l where l.complaint_id = c.id and l.agency = ${reader ?? null})
    order by ticked.place`.execute(db);
  return rows;
}
