import type { AttachmentReference } from '../../../../schemas/index.ts';
import type { User } from '../../../access/people/users.ts';
import type { Draft } from '../../../complaints/drafts.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { complaintFormNames, complaintForms, toActingAgency } from '../complaint-forms.ts';

/** The files of drafts, by form: those of something that did not go out, as far as they are kept still. */
export async function findKeptFiles(
  { attachments }: Pick<ConsoleDeps, 'attachments'>,
  user: User,
  file: ComplaintFile,
  drafts: ReadonlyMap<string, Draft>,
): Promise<ReadonlyMap<string, AttachmentReference[]>> {
  const kept = new Map<string, AttachmentReference[]>();
  for (const name of complaintFormNames) {
    const ids = drafts.get(name)?.files.flatMap(({ id }) => id ?? []) ?? [];
    const agency = toActingAgency(user, complaintForms[name], file);
    if (ids.length > 0) kept.set(name, await attachments.findUploaded(agency, ids));
  }
  return kept;
}
