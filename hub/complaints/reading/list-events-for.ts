import { type AgencyEvent, isPublic, type PartRole, toAgencyEvent } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { discloseTo } from './find-complaint-for.ts';
import { listHistory } from './list-history.ts';

/**
 * Everything that happened to a complaint, oldest first, as partner agencies see it. What stays between some of them is
 * read with what was asked of them (list-contributions.ts). The caller must check that they may.
 */
export async function listEventsFor(
  store: Store,
  complaintId: string,
  role: PartRole,
): Promise<AgencyEvent[]> {
  return (await listHistory(store, complaintId)).filter(isPublic).map((event) => {
    const { content, ...shown } = toAgencyEvent(event);
    return { ...shown, ...(content && { content: discloseTo(role, content) }) };
  });
}
