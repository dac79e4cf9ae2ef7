import type { HistoryType } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { mendEventData } from '../given-instants.ts';
import type { NumberedEvent } from '../state.ts';

/** The largest number of an event (PostgreSQL's integer). */
const mostEvents = 2_147_483_647;

/** The events of a complaint, oldest first: all, or those of some kinds up to a number. */
export async function listHistory(
  { db }: Store,
  complaintId: string,
  only?: { types: readonly HistoryType[]; upTo?: number },
): Promise<NumberedEvent[]> {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'type', 'at', 'actor', 'data', 'complaint_id as complaintId', 'link_id as linkId'])
    .where('complaint_id', '=', complaintId)
    .$if(only !== undefined, (query) =>
      query.where('type', 'in', only?.types ?? []).where('seq', '<=', only?.upTo ?? mostEvents),
    )
    .orderBy('seq')
    .execute();
  // This program writes the rows from checked events, so their shape is known.
  return rows.map(
    (row) => ({ ...row, at: row.at.toISOString(), data: mendEventData(row.data) }) as NumberedEvent,
  );
}
