import { create } from 'content-disposition';
import { maskComplainant, maskFileName } from '../../access/people/masking.ts';
import { readingOf } from '../../complaints/reading/list-events-for.ts';
import { toComplaint } from '../../complaints/reading/to-matter.ts';
import { makeDocument, toDocumentName } from '../../paper/make-document.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';
import { getFile, seesComplainant } from './complaint-file.ts';

/** The printable document of a complaint, for those who may read it; persons are masked as on its page. */
export const documentPages: Pages = (app, { store, directory, attachments }) => {
  app.get('/complaints/:receiptNumber/document', async (request, reply) => {
    const file = await getFile(store, request);
    const seesPerson = seesComplainant(request.signedIn(), file);
    const complaint = toComplaint(file);
    const { content } = complaint;
    const shown = seesPerson
      ? complaint
      : { ...complaint, content: { ...content, complainant: maskComplainant(content.complainant) } };
    const files = (await attachments.list(file.id)).map(({ seq, name }) => ({
      seq,
      name: seesPerson ? name : maskFileName(name),
    }));
    const pdf = await withPersonal(store, toReader(request), (opened, tell) => {
      tell({
        act: 'print',
        purpose: 'printing',
        subjects: [file.id],
        items: ['name', 'contact', 'text', 'files', 'history'],
        masked: !seesPerson,
      });
      return makeDocument(
        { store: opened, directory },
        { complaint: shown, reading: readingOf(!seesPerson), files, language: request.language() },
      );
    });
    return reply
      .type('application/pdf')
      .header('content-disposition', create(toDocumentName(complaint), { type: 'inline' }))
      .send(pdf);
  });
};
