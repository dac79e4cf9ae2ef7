import { create } from 'content-disposition';
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Language } from '../../../schemas/index.ts';
import type { GetDocument } from '../calls/document-call.ts';
import { describe, ReceiptParams } from './describe.ts';

const Query = Type.Object({ language: Type.Optional(Type.Unsafe<Language>({ ...Language, default: 'ko' })) });

const schema = describe({
  operation: 'getDocument',
  tag: 'complaints',
  params: ReceiptParams,
  query: Query,
  summary: 'The complaint and its answers as a document to print: 민원 처리 결과 (PDF)',
  description:
    'PDF on A4, tagged for screen readers, with its fonts: what was asked, every answer with officer and date, reasons and remedies of a refusal, the names of files, and a QR code of the receipt number.',
  replies: {
    200: {
      description: 'As of now, `application/pdf`.',
      headers: ['Content-Disposition'],
      file: true,
    },
  },
  problems: [404],
});

/** The printable document of a complaint. */
export function documentRoute(app: FastifyInstance, getDocument: GetDocument): void {
  app.get<{ Params: { receiptNumber: string }; Querystring: Static<typeof Query> }>(
    '/complaints/:receiptNumber/document',
    { schema },
    async (request, reply) => {
      const { language = 'ko' } = request.query;
      const { name, pdf } = await getDocument(request.entry.caller, request.params.receiptNumber, language);
      return reply
        .type('application/pdf')
        .header('content-disposition', create(name, { type: 'attachment' }))
        .send(pdf);
    },
  );
}
