import { sql } from 'kysely';
import type { Complaint, DisclosedItem, PartRole } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { consentedItems } from '../../store/states/consent-state.ts';
import { toComplaint } from '../complaint-row.ts';
import { discloseComplaint } from '../disclosure/disclose.ts';
import { type Disclosure, withConsents } from '../disclosure/disclosure.ts';

/** A complaint as one agency may read it: the agency needs a link to it. Undefined: there is none for this agency. */
export async function findComplaintFor(
  { db }: Store,
  { agency, disclosure: ofAgency }: { agency: string; disclosure: Disclosure },
  receiptNumber: string,
): Promise<{ complaint: Complaint; role: PartRole; disclosure: Disclosure } | undefined> {
  const row = await db
    .selectFrom('complaints as c')
    .innerJoin('links as l', 'l.complaint_id', 'c.id')
    .selectAll('c')
    .select('l.role')
    .select(sql<DisclosedItem[] | null>`${sql.raw(consentedItems('c.id', 'l.agency'))}`.as('consented'))
    .where('c.receipt_number', '=', receiptNumber)
    .where('l.agency', '=', agency)
    .where('l.contribution', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const disclosure = withConsents(ofAgency, row.consented);
  const { role } = row;
  return { complaint: discloseComplaint(toComplaint(row), role, disclosure), role, disclosure };
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
