import { type AgencyEvent, toAgencyEvent } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { mendEventData } from '../given-instants.ts';
import type { NumberedEvent } from '../state.ts';

/**
 * Everything that happened to a complaint, oldest first, as partner agencies see it. The caller must check that they
 * may.
 */
export async function listEventsFor({ db }: Store, complaintId: string): Promise<AgencyEvent[]> {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'type', 'at', 'actor', 'data', 'complaint_id as complaintId', 'link_id as linkId'])
    .where('complaint_id', '=', complaintId)
    .orderBy('seq')
    .execute();
  // This program writes the rows from checked events, so their shape is known.
  return rows.map((row) =>
    toAgencyEvent({ ...row, at: row.at.toISOString(), data: mendEventData(row.data) } as NumberedEvent),
  );
}
