import type { FastifyRequest } from 'fastify';
import { may, type Subject } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { type ComplaintFile, findComplaintFile } from '../../complaints/reading/read-complaint.ts';
import { isTestNumber, parseReceiptNumber } from '../../complaints/receipt-number.ts';
import { findTestAgency } from '../../exchange/rehearsal/read-tests.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { Store } from '../../store/database.ts';
import { PageError } from '../../web/page-error.ts';
import { toReader } from '../visit/to-reader.ts';

/** The complaint that the URL names. For a person who may not read it, there is none. */
export async function getFile(store: Store, request: FastifyRequest): Promise<ComplaintFile> {
  const { receiptNumber } = request.params as { receiptNumber: string };
  const canonical = parseReceiptNumber(receiptNumber);
  if (!canonical) throw new PageError('not_found');
  const user = request.signedIn();
  return withPersonal(store, toReader(request), async (opened, tell) => {
    const file = await findComplaintFile(opened, canonical);
    if (!file || !may(user, 'read', toSubject(file))) throw new PageError('not_found');
    tell({
      act: request.method === 'GET' ? 'read' : 'change',
      purpose: 'handling',
      subjects: [file.id],
      items: ['name', 'contact', 'text', 'files', 'history', 'notices'],
      masked: !seesComplainant(user, file),
    });
    return file;
  });
}

/** The parts of it that rights depend on. */
export const toSubject = (file: Pick<ComplaintFile, 'assignee' | 'links'>): Subject => ({
  assignee: file.assignee,
  agencies: [file.assignee, ...file.links.map((link) => link.agency)],
});

/**
 * Whether a person sees whose complaint it is. An agency that was only asked for a contribution must know the matter, and
 * not the person: the agency that leads speaks to the complainant.
 */
export function seesComplainant(user: User, file: ComplaintFile): boolean {
  const isPartOnly = file.links.some(({ agency, role }) => agency === user.agency && role === 'part');
  return !isPartOnly && may(user, 'see_person', toSubject(file));
}
/** It has an answer, so one more is a second one (재답변). */
export const isAnswered = ({ events }: ComplaintFile): boolean =>
  events.some(({ type }) => type === 'answered');

/** The test complaint that the URL names, for a person who has only its number. Undefined: it is none. */
export async function findTest(
  store: Store,
  request: FastifyRequest,
): Promise<{ agency: string; number: string } | undefined> {
  const number = parseReceiptNumber((request.params as { receiptNumber: string }).receiptNumber);
  if (!number || !isTestNumber(number) || !may(request.signedIn(), 'see_operations')) return undefined;
  const agency = await findTestAgency(store, number);
  return agency === undefined ? undefined : { agency, number };
}
