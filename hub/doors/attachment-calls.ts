import type { Readable } from 'node:stream';
import { AttachmentError, isOurFault } from '../attachments/attachment-error.ts';
import type { Attachments, GivenFile, Upload } from '../attachments/attachments.ts';
import type { AttachmentEntry } from '../attachments/read-attachments.ts';
import { findComplaintFor } from '../board/find-complaint-for.ts';
import { parseReceiptNumber } from '../board/receipt-number.ts';
import type { Store } from '../store/database.ts';
import { Refusal } from './problem.ts';

/**
 * What the machines of a partner agency can do with files, at whichever door. A file is sent before what names it
 * (`upload`, then its id in a reference), or after it (`supply`). Everything streams. Errors: Refusal.
 */
export interface AttachmentCalls {
  upload(agency: string, file: GivenFile): Promise<Upload>;
  supply(agency: string, receiptNumber: string, id: string, file: Omit<GivenFile, 'name'>): Promise<void>;
  list(agency: string, receiptNumber: string): Promise<AttachmentEntry[]>;
  /** The file and its bytes; only what the hub holds. */
  open(
    agency: string,
    receiptNumber: string,
    id: string,
  ): Promise<{ attachment: AttachmentEntry; content: Readable }>;
}

export function createAttachmentCalls({
  store,
  attachments,
}: {
  store: Store;
  attachments: Attachments;
}): AttachmentCalls {
  async function getComplaintId(agency: string, text: string): Promise<string> {
    const receiptNumber = parseReceiptNumber(text);
    const found = receiptNumber && (await findComplaintFor(store, agency, receiptNumber));
    if (!found) throw new Refusal('not-found');
    return found.complaint.id;
  }

  const list = async (agency: string, receiptNumber: string) =>
    attachments.list(await getComplaintId(agency, receiptNumber));

  return {
    upload: (agency, file) => told(() => attachments.upload(agency, file)),
    async supply(agency, receiptNumber, id, file) {
      const complaintId = await getComplaintId(agency, receiptNumber);
      const isSupplied = await told(() => attachments.supply(agency, complaintId, id, file));
      if (!isSupplied)
        throw new Refusal('not-found', 'this complaint has no such file of yours that waits for its content');
    },
    list,
    async open(agency, receiptNumber, id) {
      const attachment = (await list(agency, receiptNumber)).find((one) => one.id === id);
      if (!attachment) throw new Refusal('not-found');
      if (attachment.state !== 'held')
        throw new Refusal('not-found', `the hub does not hold this file: it is ${attachment.state}`);
      return { attachment, content: await told(() => attachments.open(attachment)) };
    },
  };
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AttachmentError)) throw error;
    if (isOurFault(error)) throw new Refusal('unavailable', `${error.message}; send it again later`);
    if (error.kind === 'too_large') throw new Refusal('too-large', `the file ${error.message}`);
    throw new Refusal('invalid', `the file ${error.message}`);
  }
}
