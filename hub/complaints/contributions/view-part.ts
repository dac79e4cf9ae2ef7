import type { Complaint, ComplaintEvent, HistoryType, PartPost } from '../../../schemas/index.ts';
import { type Disclosure, disclosureOf } from '../disclosure/disclosure.ts';
import type { NumberedEvent } from '../state.ts';
import { toPartNumber } from './part-number.ts';
import { type PartPlace, tellPart } from './tell-part.ts';

/** The events that say what a part is and how it stands. */
export const isOfPart = (type: HistoryType): boolean =>
  type !== 'assigned' && type !== 'interim_answered' && type !== 'step_taken';

/** A part as the board of its agency gets it: a complaint of its own, with what makes it a part beside it. */
export interface PartView {
  complaint: Complaint;
  part: PartPost;
  /** The same event as the board is told of it. What it is told nothing of is of a kind that no board can hold. */
  show(event: NumberedEvent): NumberedEvent;
}

/** `history`: all events that {@link isOfPart} names. `disclosure`: of the agency that is asked. Pure. */
export function viewPart(
  whole: Complaint,
  history: readonly NumberedEvent[],
  place: PartPlace,
  disclosure: Disclosure = disclosureOf(undefined),
): PartView {
  const { events, kind, by, askedAt, dueAt, status, content } = tellPart(history, place, whole, disclosure);
  const { id, receiptNumber, lastSeq, registeredAt } = whole;
  return {
    complaint: {
      ...{ id, receiptNumber: toPartNumber(receiptNumber, place.number) },
      ...{ origin: by, assignee: place.agency, status, content, lastSeq },
      registeredAt: askedAt || registeredAt,
      ...(dueAt && { dueAt }),
    },
    part: { of: receiptNumber, number: place.number, kind, by, dueAt },
    show: (event) => {
      const said = events.get(event.seq);
      return said ? ({ ...event, ...said } as ComplaintEvent & { linkId: string | null }) : toSilence(event);
    },
  };
}

/** Stands in the place of an event of which a board is told nothing: it moves the link on, and says nothing. */
const toSilence = ({ complaintId, seq, at, actor, linkId }: NumberedEvent): NumberedEvent => ({
  ...{ complaintId, seq, at, actor, linkId },
  type: 'contributed',
  data: { step: { kind: 'contribution_shared', contribution: 1 } },
});
