import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { may } from '../../../access/people/rights.ts';
import { listDrafts } from '../../../complaints/drafts.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { listColleagues, listNotes, markMentionsSeen } from '../../../desk/notes.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toSubject } from '../complaint-file.ts';

/** A note that was not taken. */
export interface ReturnedNote {
  key: string;
  text: string;
  /** The key of the text that says why. */
  problem: string;
}

/** The notes on a complaint's page. Null: the person may not read them. Opening the page is seeing what calls one. */
export async function toShownNotes(
  { store }: Pick<ConsoleDeps, 'store'>,
  request: FastifyRequest,
  file: ComplaintFile,
  returned?: ReturnedNote,
) {
  const user = request.signedIn();
  if (!may(user, 'note', toSubject(file))) return null;
  const [notes, colleagues, drafts] = await Promise.all([
    listNotes(store, user, file.id),
    listColleagues(store, user),
    listDrafts(store, { userId: user.id, complaintId: file.id }),
  ]);
  // A page that refreshes itself is no sign of a person.
  if (request.headers['x-live'] === undefined) await markMentionsSeen(store, user, file.id);
  const draft = drafts.get('notes');
  return {
    list: notes.map((note) => ({
      ...note,
      mayStrike: note.author === user.login && note.struckAt === null,
      mentioned: note.mentioned.join(', '),
    })),
    colleagues,
    key: returned?.key ?? randomUUID(),
    text: returned?.text ?? draft?.fields.text ?? '',
    problem: returned?.problem ?? null,
    savedAt: returned ? null : (draft?.savedAt ?? null),
  };
}
