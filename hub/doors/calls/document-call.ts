import type { Language } from '../../../schemas/index.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import { listWithheldFiles } from '../../complaints/reading/list-events-for.ts';
import type { Directory } from '../../configuration/directory.ts';
import { Refusal } from '../../http/problem.ts';
import { makeDocument, toDocumentName } from '../../paper/make-document.ts';
import { PaperError } from '../../paper/paper-error.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { Store } from '../../store/database.ts';
import { mustBeOpen, mustFindPart, toAsking } from './may-call.ts';
import { type Source, toGiven, toReader } from './to-reader.ts';

interface DocumentCallDependencies {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  attachments: Pick<Attachments, 'list'>;
}

/** Reads the printable document of a complaint: for whoever may read the complaint. Errors: Refusal. */
export type GetDocument = (
  caller: Caller,
  receiptNumber: string,
  language: Language,
) => Promise<{ name: string; pdf: Buffer }>;

/** Seconds after which there is room for one more document. */
const roomAfter = 5;

export function createGetDocument(
  { store, directory, attachments }: DocumentCallDependencies,
  source: Source,
): GetDocument {
  return async (caller, receiptNumber, language) => {
    mustBeOpen(caller, 'getDocument');
    try {
      return await withPersonal(store, toReader(caller, source, 'getDocument'), async (opened, tell) => {
        const asking = toAsking(directory, caller);
        const { complaint, role, disclosure } = await mustFindPart(opened, asking, receiptNumber);
        tell({ ...toGiven(complaint.id, role), act: 'print', purpose: 'printing' });
        const reading = { role, disclosure };
        const withheld = await listWithheldFiles(opened, complaint.id, reading);
        const files = (await attachments.list(complaint.id)).filter(({ seq }) => !withheld.has(seq));
        const pdf = await makeDocument({ store: opened, directory }, { complaint, reading, files, language });
        return { name: toDocumentName(complaint), pdf };
      });
    } catch (error) {
      throw error instanceof PaperError ? toPaperRefusal(error) : error;
    }
  };
}

function toPaperRefusal(error: PaperError): Error {
  if (error.kind === 'busy')
    return new Refusal('unavailable', 'many documents are being written', [], roomAfter);
  if (error.kind === 'too_long')
    return new Refusal('too-slow', 'the document of this complaint is too long to be written here');
  return error;
}
