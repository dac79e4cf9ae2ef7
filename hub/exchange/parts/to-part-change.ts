import type { Change } from '../../../adapters/contract.ts';
import type { LinkRole } from '../../../schemas/index.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import type { PartView } from '../../complaints/contributions/view-part.ts';
import { toPublic } from '../../complaints/event-facts.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import type { PublicEvent } from '../../complaints/state.ts';
import { findPart, type PartColumns } from './part-rows.ts';

/** A row with an event, its complaint, and the link by which it goes to a board. */
export type LinkedEventRow = ComplaintRow & PartColumns & { role: LinkRole; event: EventRow };

type LinkedChange = Pick<Change, 'complaint' | 'role' | 'part'> & { event: PublicEvent };

/** The change of a row. Of a part, complaint and event are those of its post, which its agency is to answer. */
export function toLinkedChange(row: LinkedEventRow, what: 'event' | 'file'): LinkedChange {
  const whole = toComplaint(row);
  const event = toEvent(row.event);
  const view = findPart(row, whole);
  if (!view) return { event: toPublic(event), complaint: whole, role: row.role };
  const shown = what === 'file' ? toPlaceOfFile(view, event) : toPublic(view.show(event));
  return { event: shown, complaint: view.complaint, role: 'assignee', part: view.part };
}

/** A file of the complaint itself belongs to the text of the part, and one of a reply to the reply. */
function toPlaceOfFile({ complaint, show }: PartView, event: ReturnType<typeof toEvent>): PublicEvent {
  const shown = show(event);
  if (shown.type !== 'contributed') return shown;
  const { complaintId, seq, at, actor, linkId } = event;
  return {
    ...{ complaintId, seq, at, actor, linkId },
    type: 'registered',
    data: { content: complaint.content },
  };
}
