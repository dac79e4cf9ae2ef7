import { may } from '../../access/people/rights.ts';
import { toDownloadHeaders } from '../../attachments/download-headers.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import { PageError } from '../../web/page-error.ts';
import type { Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';
import { getFile, toSubject } from './complaint-file.ts';

/** Files for people. A person who may see the complainant may also read the complainant's files. */
export const attachmentPages: Pages = (app, { store, attachments }) => {
  app.get('/complaints/:receiptNumber/attachments/:id', async (request, reply) => {
    const file = await getFile(store, request);
    if (!may(request.signedIn(), 'see_person', toSubject(file))) throw new PageError('forbidden');
    const { id } = request.params as { id: string };
    const attachment = (await attachments.list(file.id)).find((one) => one.id === id);
    if (attachment?.state !== 'held') throw new PageError('not_found');
    const content = await withPersonal(store, toReader(request), (_opened, tell) => {
      const subjects = [file.id];
      tell({ act: 'download', purpose: 'files', subjects, items: ['files'], masked: false });
      return attachments.open(attachment);
    });
    return reply.headers(toDownloadHeaders(attachment)).send(content);
  });
};
