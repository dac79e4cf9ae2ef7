import { type AgencyEvent, toAgencyEvent } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { listHistory } from './list-history.ts';

/**
 * Everything that happened to a complaint, oldest first, as partner agencies see it. The caller must check that they
 * may.
 */
export async function listEventsFor(store: Store, complaintId: string): Promise<AgencyEvent[]> {
  return (await listHistory(store, complaintId)).map(toAgencyEvent);
}
