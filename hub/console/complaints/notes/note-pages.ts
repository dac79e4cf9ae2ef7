import { may } from '../../../access/people/rights.ts';
import { removeDraft } from '../../../complaints/drafts.ts';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import { findMentioned } from '../../../desk/find-mentioned.ts';
import { listColleagues, longestNote, strikeNote, writeNote } from '../../../desk/notes.ts';
import { PageError } from '../../../web/page-error.ts';
import type { Pages } from '../../visit/console-context.ts';
import { getFile, toSubject } from '../complaint-file.ts';
import { showComplaint } from '../show-complaint.ts';

/** Internal notes on a complaint: written by people of an agency for each other. Nothing of them leaves the hub. */
export const notePages: Pages = (app, deps) => {
  const { store } = deps;

  app.post('/complaints/:receiptNumber/notes', async (request, reply) => {
    const user = request.signedIn();
    const file = await getFile(store, request);
    if (!may(user, 'note', toSubject(file))) throw new PageError('forbidden');
    const { text = '', key: sent } = request.typed();
    const key = toUuid(sent);
    if (!key) throw new PageError('not_understood');
    const { people, ambiguous } = findMentioned(text, await listColleagues(store, user));
    const problem = findProblem(text, ambiguous);
    if (problem) return showComplaint(deps, request, reply, file, { note: { key, text, problem } });
    const { id: complaintId, receiptNumber } = file;
    await writeNote(store, user, { key, complaintId, receiptNumber, body: text, mentioned: people });
    await removeDraft(store, { userId: user.id, complaintId, form: 'notes' });
    return reply.redirect(`/complaints/${receiptNumber}?done=note_written`, 303);
  });

  app.post('/complaints/:receiptNumber/notes/:id/strike', async (request, reply) => {
    const user = request.signedIn();
    const file = await getFile(store, request);
    if (!may(user, 'note', toSubject(file))) throw new PageError('forbidden');
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    const { id: complaintId, receiptNumber } = file;
    const struck = await strikeNote(store, user, { id, complaintId, receiptNumber });
    const done = struck ? 'note_struck' : 'nothing';
    return reply.redirect(`/complaints/${receiptNumber}?done=${done}`, 303);
  });
};

/** The key of the text that says what is wrong with a note. */
function findProblem(text: string, ambiguous: string[]): string | undefined {
  if (text === '') return 'problem.note_required';
  if (text.length > longestNote) return 'problem.note_long';
  return ambiguous.length > 0 ? 'problem.note_ambiguous' : undefined;
}
