import type { Language } from '../../schemas/index.ts';
import { may } from '../access/people/rights.ts';
import { findComplaintFile } from '../complaints/reading/read-complaint.ts';
import { type Reader, withPersonal } from '../personal/with-personal.ts';
import type { BundleDependencies } from './bundle-parts.ts';
import { gatherBundle, makeBundle, toBundleName } from './make-bundle.ts';

/** What is asked for. */
export interface EvidenceAsked {
  /** Canonical. */
  receiptNumber: string;
  reason: string;
  withFiles: boolean;
  withTimeStamp: boolean;
  language: Language;
}

/**
 * Gives a complaint out as an evidence bundle, and tells the access log before. Whoever may not see persons gets them masked,
 * and no files. Undefined: there is no such complaint. Errors: EvidenceError, PaperError, AttachmentError.
 */
export async function exportEvidence(
  deps: BundleDependencies,
  reader: Reader,
  { receiptNumber, ...asked }: EvidenceAsked,
): Promise<{ name: string; content: Uint8Array } | undefined> {
  const masked = reader.user !== undefined && !may(reader.user, 'see_person');
  const reason = asked.reason.trim();
  const gathered = await withPersonal(deps.store, reader, async (store, tell) => {
    const file = await findComplaintFile(store, receiptNumber);
    if (!file) return undefined;
    tell({
      ...{ act: 'export', purpose: 'evidence', subjects: [file.id], masked, reason },
      items: ['name', 'contact', 'text', 'files', 'history', 'notices'],
    });
    return gatherBundle({ ...deps, store }, { ...asked, file, by: reader.actor, reason, masked });
  });
  if (!gathered) return undefined;
  // Printing and the authority of time stamps take their time, and no connection.
  return { name: toBundleName(receiptNumber), content: await makeBundle(deps, gathered) };
}
