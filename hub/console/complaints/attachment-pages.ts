import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../../access/people/rights.ts';
import { toDownloadHeaders } from '../../attachments/download-headers.ts';
import { type AttachmentEntry, isOpenTo } from '../../attachments/read-attachments.ts';
import { releaseFile, removeFile, type WithheldFile } from '../../attachments/withheld.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';
import { getFile, toSubject } from './complaint-file.ts';

/** Files for people. A person who may see the complainant may also read the complainant's files. */
export const attachmentPages: Pages = (app, deps) => {
  const { store, attachments } = deps;
  app.get('/complaints/:receiptNumber/attachments/:id', async (request, reply) => {
    const file = await getFile(store, request);
    if (!may(request.signedIn(), 'see_person', toSubject(file))) throw new PageError('forbidden');
    const { id } = request.params as { id: string };
    const attachment = (await attachments.list(file.id)).find((one) => one.id === id);
    if (!attachment || !isOpenTo(attachment, request.signedIn().agency)) throw new PageError('not_found');
    const content = await withPersonal(store, toReader(request), (_opened, tell) => {
      const subjects = [file.id];
      tell({ act: 'download', purpose: 'files', subjects, items: ['files'], masked: false });
      return attachments.open(attachment);
    });
    return reply.headers(toDownloadHeaders(attachment)).send(content);
  });

  app.post('/complaints/:receiptNumber/attachments/:id/release', async (request, reply) => {
    const { file, withheld } = await begin(deps, request);
    const law = (request.typed().law ?? '').trim();
    if (!lawPattern.test(law) || law.length > longest)
      return ask(reply, withheld, { act: 'release', typed: law, problem: 'withheld.law_wrong' });
    const released = await releaseFile(store, withheld, law);
    const done = released ? 'file_released' : 'nothing';
    return reply.redirect(`/complaints/${file.receiptNumber}?done=${done}`, 303);
  });

  app.post('/complaints/:receiptNumber/attachments/:id/remove', async (request, reply) => {
    const { file, withheld } = await begin(deps, request);
    const why = (request.typed().why ?? '').trim();
    if (why === '' || why.length > longest)
      return ask(reply, withheld, { act: 'remove', typed: why, problem: 'withheld.why_wrong' });
    const removed = await removeFile(store, withheld, why);
    const done = removed ? 'file_removed' : 'nothing';
    return reply.redirect(`/complaints/${file.receiptNumber}?done=${done}`, 303);
  });

  /** What can be done about a file that is held back. */
  app.get('/complaints/:receiptNumber/attachments/:id/decide', async (request, reply) => {
    const { withheld } = await begin(deps, request);
    return ask(reply, withheld, { act: null, typed: '', problem: null });
  });
};

/** As in an agency's configuration (schemas/agency.ts, `uniqueIdentifiers`): the article is named. */
const lawPattern = /제\s?\d+조|[Aa]rticle \d+/;
const longest = 300;

/** Whoever answers the complaint decides. */
async function begin({ store, attachments }: ConsoleDeps, request: FastifyRequest) {
  const file = await getFile(store, request);
  const user = request.signedIn();
  if (!may(user, 'answer', toSubject(file))) throw new PageError('forbidden');
  const { id } = request.params as { id: string };
  const entry = (await attachments.list(file.id)).find((one) => one.id === id);
  if (entry?.state !== 'withheld') throw new PageError('not_found');
  const { id: complaintId, receiptNumber, assignee: agency } = file;
  return { file, withheld: { id, complaintId, receiptNumber, agency, by: user.login, entry } };
}

const ask = (
  reply: FastifyReply,
  { receiptNumber, id, entry }: WithheldFile & { entry: AttachmentEntry },
  given: { act: 'release' | 'remove' | null; typed: string; problem: string | null },
) => reply.page('withheld', { receiptNumber, id, entry, ...given }, given.problem === null ? 200 : 422);
