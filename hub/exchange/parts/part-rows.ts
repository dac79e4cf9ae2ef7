import type { Complaint, DisclosedItem } from '../../../schemas/index.ts';
import { eventTypes } from '../../../schemas/index.ts';
import { isOfPart, type PartView, viewPart } from '../../complaints/contributions/view-part.ts';
import type { Disclosure } from '../../complaints/disclosure/disclosure.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import { toLiterals } from '../../store/literals.ts';
import { consentedColumn } from '../../store/states/consent-state.ts';

const types = [...eventTypes, 'contributed' as const].filter(isOfPart);

/**
 * The columns that tell a part of a link `l`: the number of what is asked, and the history that says what it is. Both are
 * null for a link to a complaint itself, of which nothing more is read.
 */
export const partColumns = `l.contribution, l.agency as part_agency, case when l.contribution is not null then
  (select jsonb_agg(to_jsonb(h) order by h.seq) from events h where h.complaint_id = l.complaint_id
    and h.type in (${toLiterals(types)})) end as part_history`;

/** The same, with what the complainant consented to, for a link of which something is given out. */
export const givenColumns = `${partColumns}, ${consentedColumn('l.complaint_id', 'l.agency')}`;

/** These columns in a row. */
export interface PartColumns {
  contribution: number | null;
  part_agency: string;
  part_history: EventRow[] | null;
}

export interface GivenColumns extends PartColumns {
  consented: DisclosedItem[] | null;
}

/** The part that a link is about. Undefined: it is about the complaint itself. `disclosure`: of the link's agency. */
export function findPart(row: PartColumns, whole: Complaint, disclosure?: Disclosure): PartView | undefined {
  const { contribution: number, part_agency: agency, part_history: history } = row;
  if (number === null) return undefined;
  return viewPart(whole, (history ?? []).map(toEvent), { agency, number }, disclosure);
}
