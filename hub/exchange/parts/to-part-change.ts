import type { Change } from '../../../adapters/contract.ts';
import type { LinkRole, PartRole } from '../../../schemas/index.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import type { PartView } from '../../complaints/contributions/view-part.ts';
import { discloseComplaint, discloseEvent, listProvided } from '../../complaints/disclosure/disclose.ts';
import { type Disclosure, withConsents } from '../../complaints/disclosure/disclosure.ts';
import { toPublic } from '../../complaints/event-facts.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import type { PublicEvent } from '../../complaints/state.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import { findPart, type GivenColumns } from './part-rows.ts';

/** A row with an event, its complaint, and the link by which it goes to a board. */
export type LinkedEventRow = ComplaintRow & GivenColumns & { role: PartRole; event: EventRow };

type LinkedChange = Pick<Change, 'complaint' | 'role' | 'part'> & { event: PublicEvent; provided: Provided };

/**
 * The change of a row, with what of the person its agency gets. Of a part, complaint and event are those of its post, which
 * its agency is to answer.
 */
export function toLinkedChange(
  row: LinkedEventRow,
  what: 'event' | 'file',
  ofAgency: Disclosure,
): LinkedChange {
  const disclosure = withConsents(ofAgency, row.consented);
  const whole = toComplaint(row);
  const event = toEvent(row.event);
  const provided = listProvided(whole.content, row.role, disclosure);
  const view = findPart(row, whole, disclosure);
  if (view) {
    const shown = what === 'file' ? toPlaceOfFile(view, event) : toPublic(view.show(event));
    return { event: shown, complaint: view.complaint, role: 'assignee', part: view.part, provided };
  }
  return {
    event: discloseEvent(toPublic(event), row.role, disclosure),
    complaint: discloseComplaint(whole, row.role, disclosure),
    role: toLinkRole(row.role),
    provided,
  };
}

/** A part that is no post of its own comes to no board. */
export const toLinkRole = (role: PartRole): LinkRole => (role === 'part' ? 'copy' : role);

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
