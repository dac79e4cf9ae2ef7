import type { Complaint, ComplaintContent, PartRole } from '../../../schemas/index.ts';
import { maskName } from '../../access/people/masking.ts';
import type { Store } from '../../store/database.ts';
import { toComplaint } from '../complaint-row.ts';

/** A complaint as one agency may read it: the agency needs a link to it. Undefined: there is none for this agency. */
export async function findComplaintFor(
  { db }: Store,
  agency: string,
  receiptNumber: string,
): Promise<{ complaint: Complaint; role: PartRole } | undefined> {
  const row = await db
    .selectFrom('complaints as c')
    .innerJoin('links as l', 'l.complaint_id', 'c.id')
    .selectAll('c')
    .select('l.role')
    .where('c.receipt_number', '=', receiptNumber)
    .where('l.agency', '=', agency)
    .executeTakeFirst();
  if (!row) return undefined;
  const complaint = toComplaint(row);
  return { complaint: { ...complaint, content: discloseTo(row.role, complaint.content) }, role: row.role };
}

/** Which complaint it is, and the agency's part in it, without what it says. Undefined: there is none for this agency. */
export function findPartFor(
  { db }: Store,
  agency: string,
  receiptNumber: string,
): Promise<{ id: string; receiptNumber: string; role: PartRole } | undefined> {
  return db
    .selectFrom('complaints as c')
    .innerJoin('links as l', 'l.complaint_id', 'c.id')
    .select(['c.id', 'c.receipt_number as receiptNumber', 'l.role'])
    .where('c.receipt_number', '=', receiptNumber)
    .where('l.agency', '=', agency)
    .executeTakeFirst();
}

/**
 * An agency that was asked for a contribution must know the matter, and not the person: the agency that leads speaks to
 * the complainant (Civil Complaints Treatment Act, article 7).
 */
export function discloseTo(role: PartRole, content: ComplaintContent): ComplaintContent {
  if (role !== 'part') return content;
  const { name, language } = content.complainant;
  return { ...content, complainant: { name: maskName(name), ...(language && { language }) } };
}
