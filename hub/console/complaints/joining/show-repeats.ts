import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import { partOf } from '../../../complaints/event-facts.ts';
import { type EarlierSame, listTold, type Surroundings } from '../../../complaints/joining/surroundings.ts';
import { listHistory } from '../../../complaints/reading/list-history.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import type { Store } from '../../../store/database.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import type { OfficerChoice } from '../complaint-form.ts';
import type { ComplaintFormName } from '../complaint-forms.ts';
import { listOfficerChoices } from '../steps/officer-choices.ts';
import { toKindNow } from '../steps/usable-steps.ts';

/** The most earlier complaints on a page: the newest. */
const mostShown = 10;

/** An earlier identical complaint. Of another agency's: its number, its agency and dates, and nothing else. */
interface ShownRepeat {
  receiptNumber: string;
  agency: string;
  takenInAt: Date;
  toldAt: Date | null;
  /** What the result said. Null: the reader may not read the complaint, or there was none. */
  text: string | null;
  isReadable: boolean;
}

/**
 * The earlier identical complaints of the same person, with the results that were told, and what the law lets the reader
 * do about them. Null: there are none.
 */
export async function toRepeats(
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  user: User,
  file: ComplaintFile,
  { around, usable }: { around: Surroundings; usable: readonly ComplaintFormName[] },
) {
  const { earlier } = around;
  if (earlier.length === 0) return null;
  const officers = usable.includes('step-officer_assigned')
    ? await listOfficerChoices(store, file.assignee, directory.findAgency(file.assignee))
    : [];
  const isAgain = toKindNow(file) === 'grievance' && earlier.some(({ kind }) => kind === 'grievance');
  const auditor = officers.find(isOfAuditOffice);
  const hasIt = file.officer !== null && isOfAuditOffice({ officer: file.officer });
  return {
    nth: earlier.length + 1,
    entries: await Promise.all(earlier.slice(-mostShown).map((one) => toShown(store, user, one))),
    toldTimes: listTold(earlier, file.takenInAt).length,
    mayClose: usable.includes('step-closed_as_repeat'),
    isOpen: usable.includes('step-officer_assigned'),
    audit:
      isAgain && usable.includes('step-officer_assigned') && !hasIt
        ? { officer: auditor?.label ?? '' }
        : null,
  };
}

/** The department that a second identical grievance is for (Decree, article 17), by the name that agencies give it. */
const isOfAuditOffice = ({ officer }: Pick<OfficerChoice, 'officer'>): boolean =>
  /감사|audit/i.test(officer.department ?? '');

async function toShown(store: Store, user: User, one: EarlierSame): Promise<ShownRepeat> {
  const isReadable = may(user, 'read', { assignee: one.assignee, agencies: one.agencies });
  return {
    receiptNumber: one.receiptNumber,
    agency: one.assignee,
    takenInAt: one.takenInAt,
    toldAt: one.toldAt,
    text: isReadable ? await readResult(store, one) : null,
    isReadable,
  };
}

async function readResult(store: Store, { id, toldSeq }: EarlierSame): Promise<string | null> {
  if (toldSeq === null) return null;
  const history = await listHistory(store, id, { types: ['answered', 'step_taken'], upTo: toldSeq });
  const event = history.find(({ seq }) => seq === toldSeq);
  return event ? (partOf(event)?.text ?? null) : null;
}
