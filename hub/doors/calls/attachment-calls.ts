import type { Readable } from 'node:stream';
import type { AttachmentSummary, Upload } from '../../../schemas/index.ts';
import { wordReason } from '../../../schemas/reason.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import { AttachmentError, isOurFault, outageRetryAfter } from '../../attachments/attachment-error.ts';
import type { Attachments, GivenFile } from '../../attachments/attachments.ts';
import { toSizeText } from '../../attachments/limits.ts';
import { type AttachmentEntry, isOpenTo } from '../../attachments/read-attachments.ts';
import { listHiddenSteps } from '../../complaints/reading/list-contributions.ts';
import { listWithheldFiles } from '../../complaints/reading/list-events-for.ts';
import type { Directory } from '../../configuration/directory.ts';
import { Refusal } from '../../http/problem.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { Store } from '../../store/database.ts';
import { mustBeOpen, mustFind, toAsking } from './may-call.ts';
import { type Source, toReader } from './to-reader.ts';

/**
 * What a partner agency's machines can do with files, the same at every door. A file is sent before the text that names
 * it (`upload`, then its id in a reference), or after it (`supply`). Everything streams. Errors: Refusal.
 */
export interface AttachmentCalls {
  upload(caller: Caller, file: GivenFile): Promise<Upload>;
  supply(caller: Caller, receiptNumber: string, id: string, file: Omit<GivenFile, 'name'>): Promise<void>;
  list(caller: Caller, receiptNumber: string): Promise<AttachmentSummary[]>;
  /** Opens the file and its bytes, if the hub holds it and it has at most so many bytes. */
  open(
    caller: Caller,
    receiptNumber: string,
    id: string,
    mostBytes?: number,
  ): Promise<{ attachment: AttachmentEntry; content: Readable }>;
}

export interface AttachmentCallsDependencies {
  store: Store;
  attachments: Attachments;
  directory: Pick<Directory, 'findAgency'>;
}

export function createAttachmentCalls(
  { store, attachments, directory }: AttachmentCallsDependencies,
  source: Source,
): AttachmentCalls {
  const listEntries = (
    caller: Caller,
    receiptNumber: string,
    act: 'list' | 'download',
  ): Promise<AttachmentEntry[]> =>
    withPersonal(store, toReader(caller, source, 'attachments'), async (opened, tell) => {
      const complaint = await mustFind(opened, caller, receiptNumber);
      const hidden = await listHiddenSteps(opened, complaint, caller.agency);
      const { disclosure } = toAsking(directory, caller);
      const withheld = await listWithheldFiles(opened, complaint.id, { role: complaint.role, disclosure });
      tell({ act, purpose: 'files', subjects: [complaint.id], items: ['files'], masked: false });
      // An agency may always see what it sent itself.
      return (await attachments.list(complaint.id)).filter(
        ({ seq, agency }) => !hidden.has(seq) && (agency === caller.agency || !withheld.has(seq)),
      );
    });

  return {
    async upload(caller, file) {
      mustBeOpen(caller, 'putAttachment');
      return told(() => attachments.upload(caller.agency, file));
    },
    async supply(caller, receiptNumber, id, file) {
      mustBeOpen(caller, 'supplyAttachment');
      const complaint = await mustFind(store, caller, receiptNumber);
      const isSupplied = await told(() => attachments.supply(caller.agency, complaint.id, id, file));
      if (!isSupplied)
        throw new Refusal('not-found', 'this complaint has no such file of yours that waits for its content');
    },
    async list(caller, receiptNumber) {
      mustBeOpen(caller, 'listAttachments');
      return (await listEntries(caller, receiptNumber, 'list')).map((entry) =>
        toSummary(caller.agency, entry),
      );
    },
    async open(caller, receiptNumber, id, mostBytes = Number.POSITIVE_INFINITY) {
      mustBeOpen(caller, 'getAttachment');
      const attachment = (await listEntries(caller, receiptNumber, 'download')).find((one) => one.id === id);
      if (!attachment) throw new Refusal('not-found');
      if (!isOpenTo(attachment, caller.agency))
        throw new Refusal('not-found', `the hub does not hold this file: it is ${attachment.state}`);
      if ((attachment.size ?? 0) > mostBytes)
        throw new Refusal(
          'too-large',
          `the file is larger than ${toSizeText(mostBytes)}; read it at the REST door`,
        );
      return { attachment, content: await told(() => attachments.open(attachment)) };
    },
  };
}

/** Leaves out the hub's own data: owners, tries, other agencies' boards. */
const toSummary = (reader: string, entry: AttachmentEntry): AttachmentSummary => {
  const { id, seq, agency, name, mediaType, size, sha256, lastError } = entry;
  // For an agency that has a law for what stands in it, it is a file as any other.
  const state = isOpenTo(entry, reader) ? 'held' : entry.state;
  return {
    id,
    event: seq,
    agency,
    name,
    state,
    ...(state === 'held'
      ? { mediaType: mediaType ?? '', size: size ?? 0, sha256: sha256 ?? '' }
      : lastError !== null && { reason: wordReason(lastError, 'en') }),
  };
};

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AttachmentError ? toFileRefusal(error) : error;
  }
}

/**
 * Words a refused file for a door. If the agency's quota is used up, the file is right and the hub has room. So the
 * status is neither 413 nor 507 (RFC 4918, 11.5: the server lacks room, and its operator would be told). The caller
 * sent too much for now. Retry-After says when there is room again without its doing (RFC 6585, 4).
 */
export function toFileRefusal(error: AttachmentError): Refusal {
  const detail = `the file ${error.message}`;
  if (isOurFault(error))
    return new Refusal('unavailable', `${error.message}; send it again later`, [], outageRetryAfter);
  if (error.kind === 'quota') return new Refusal('too-many-requests', detail, [], error.retryAfter);
  return new Refusal(error.kind === 'too_large' ? 'too-large' : 'invalid', detail);
}
