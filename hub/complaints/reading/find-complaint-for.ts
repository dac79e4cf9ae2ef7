import type { Complaint, ComplaintContent, PartRole } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { toComplaint } from '../complaint-row.ts';
import { discloseMatter } from '../contributions/disclose-matter.ts';

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
    .where('l.contribution', 'is', null)
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
): Promise<{ id: string; receiptNumber: string; assignee: string; role: PartRole } | undefined> {
  return db
    .selectFrom('complaints as c')
    .innerJoin('links as l', 'l.complaint_id', 'c.id')
    .select(['c.id', 'c.receipt_number as receiptNumber', 'c.assignee', 'l.role'])
    .where('c.receipt_number', '=', receiptNumber)
    .where('l.agency', '=', agency)
    .where('l.contribution', 'is', null)
    .executeTakeFirst();
}

/** The complaint's text as an agency in this role reads it. */
export function discloseTo(role: PartRole, content: ComplaintContent): ComplaintContent {
  return role === 'part' ? discloseMatter(content) : content;
}
