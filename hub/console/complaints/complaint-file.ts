import type { FastifyRequest } from 'fastify';
import { may, type Subject } from '../../access/people/rights.ts';
import { type ComplaintFile, findComplaintFile } from '../../complaints/reading/read-complaint.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';
import type { Store } from '../../store/database.ts';
import { PageError } from '../../web/page-error.ts';

/** The complaint that the URL names. For a person who may not read it, there is none. */
export async function getFile(store: Store, request: FastifyRequest): Promise<ComplaintFile> {
  const { receiptNumber } = request.params as { receiptNumber: string };
  const canonical = parseReceiptNumber(receiptNumber);
  const file = canonical && (await findComplaintFile(store, canonical));
  if (!file || !may(request.signedIn(), 'read', toSubject(file))) throw new PageError('not_found');
  return file;
}

/** The parts of it that rights depend on. */
export const toSubject = (file: ComplaintFile): Subject => ({
  assignee: file.assignee,
  agencies: [file.assignee, ...file.links.map((link) => link.agency)],
});
