import type { Complaint } from '../../../schemas/index.ts';
import { isTold } from '../event-facts.ts';
import { mendEventData } from '../given-instants.ts';
import type { Matter, NumberedEvent } from '../state.ts';
import type { ComplaintFile } from './read-complaint.ts';

/** The canonical record of a complaint that a page shows. */
export function toComplaint(file: ComplaintFile): Complaint {
  const { clock, officer, originNumber } = file;
  return {
    id: file.id,
    receiptNumber: file.receiptNumber,
    origin: file.origin,
    ...(originNumber !== null && { originNumber }),
    assignee: file.assignee,
    status: file.status,
    content: file.content,
    registeredAt: file.registeredAt.toISOString(),
    takenInAt: file.takenInAt.toISOString(),
    ...(file.dueAt && { dueAt: file.dueAt.toISOString() }),
    ...(officer && { officer }),
    ...(clock && { clock }),
    lastSeq: file.events.at(-1)?.seq ?? 0,
  };
}

/**
 * The same complaint as decisions know it, to read its clock and to judge a step before it is sent. Without links:
 * neither depends on them.
 */
export const toMatter = (file: ComplaintFile): Matter => ({
  complaint: toComplaint(file),
  routing: file.routing,
  links: [],
  // This program wrote the events, so their shape is known.
  told: file.events
    .filter(({ type }) => isTold(type))
    .map((event) => ({
      ...event,
      complaintId: file.id,
      at: event.at.toISOString(),
      data: mendEventData(event.data),
      linkId: null,
    })) as NumberedEvent[],
});
