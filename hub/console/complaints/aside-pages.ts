import { may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { listAsides } from '../../complaints/reading/read-asides.ts';
import type { ComplaintFile } from '../../complaints/reading/read-complaint.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { ParkedActionError } from '../../exchange/parked/parked-actions.ts';
import { restoredMark } from '../../exchange/parked/parked-amendments.ts';
import type { Store } from '../../store/database.ts';
import { PageError } from '../../web/page-error.ts';
import type { Pages } from '../visit/console-context.ts';
import { getFile, toSubject } from './complaint-file.ts';

/** Words of a mail that were cut as a quote. An officer who answers may restore them. */
export const asidePages: Pages = (app, { store, parked }) => {
  app.post('/complaints/:receiptNumber/cut/:id', async (request, reply) => {
    const user = request.signedIn();
    const file = await getFile(store, request);
    if (!may(user, 'answer', toSubject(file))) throw new PageError('forbidden');
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    const back = (done: string) => reply.redirect(`/complaints/${file.receiptNumber}?done=${done}`, 303);
    try {
      const accepted = await parked.restoreCut(id, file.id, user.login);
      return back(accepted.outcome === 'applied' && accepted.events > 0 ? 'cut_restored' : 'nothing');
    } catch (error) {
      if (error instanceof ParkedActionError) return back('nothing');
      throw error;
    }
  });
};

/** The asides on the complaint's page. A reader who may not see the complainant sees none of them. */
export async function toAsides(store: Store, user: User, file: ComplaintFile) {
  const subject = toSubject(file);
  if (!may(user, 'see_person', subject)) return [];
  const mayRestore = may(user, 'answer', subject);
  const entries = await listAsides(store, file.id, restoredMark);
  return entries.map((entry) => ({
    ...entry,
    mayRestore: mayRestore && entry.cut !== null && !entry.restored && entry.agency === file.assignee,
  }));
}
