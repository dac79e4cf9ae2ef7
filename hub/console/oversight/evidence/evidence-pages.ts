import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openSigner, type Signer } from '../../../access/keys/signing-key.ts';
import { may } from '../../../access/people/rights.ts';
import { parseReceiptNumber } from '../../../complaints/receipt-number.ts';
import { EvidenceError } from '../../../evidence/evidence-error.ts';
import { exportEvidence } from '../../../evidence/export-evidence.ts';
import { makeVerifierPage, verifierName } from '../../../evidence/verifier-page.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toReader } from '../../visit/to-reader.ts';

/** One complaint as a signed file (증거 묶음). The reason is asked: persons leave the hub with it. */
export const evidencePages: Pages = (app, deps) => {
  app.get('/complaints/:receiptNumber/evidence', async (request, reply) => {
    request.demand('export_evidence');
    return show(deps, request, reply, { typed: { files: 'yes', stamp: 'yes' }, problem: null });
  });

  app.post('/complaints/:receiptNumber/evidence', async (request, reply) => {
    request.demand('export_evidence');
    const typed = request.typed();
    const reason = (typed.reason ?? '').trim();
    if (reason === '') return show(deps, request, reply, { typed, problem: 'problem.required' });
    const { store, directory, attachments, settings } = deps;
    const asked = {
      ...{ receiptNumber: toNumber(request), reason, language: request.language() },
      ...{ withFiles: typed.files === 'yes', withTimeStamp: typed.stamp === 'yes' },
    };
    try {
      const signer = await findSigner(deps);
      const made = await exportEvidence(
        { store, directory, attachments, signer, settings },
        toReader(request),
        asked,
      );
      if (!made) throw new PageError('not_found');
      return reply
        .type('application/zip')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${made.name}"`)
        .send(made.content);
    } catch (error) {
      if (!(error instanceof EvidenceError)) throw error;
      deps.log.warn({ err: error }, 'an evidence bundle was not made');
      return show(deps, request, reply, { typed, problem: `evidence.${error.kind}` });
    }
  });
};

/** The verifier is for whoever was given a bundle, also people without an account. It holds no data. */
export function verifierPage(app: FastifyInstance): void {
  app.get(`/${verifierName}`, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `attachment; filename="${verifierName}"`)
      .send(await makeVerifierPage()),
  );
}

const findSigner = ({ store, settings }: ConsoleDeps): Promise<Signer> =>
  openSigner(store, settings.AUDIT_KEY_FILE, 'audit');

function toNumber(request: FastifyRequest): string {
  const number = parseReceiptNumber((request.params as { receiptNumber: string }).receiptNumber);
  if (!number) throw new PageError('not_found');
  return number;
}

async function show(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { typed, problem }: { typed: Typed; problem: string | null },
) {
  const receiptNumber = toNumber(request);
  const { store, settings } = deps;
  const known = await store.db
    .selectFrom('complaints')
    .select('id')
    .where('receipt_number', '=', receiptNumber)
    .executeTakeFirst();
  if (!known) throw new PageError('not_found');
  const { publicKey } = await findSigner(deps);
  const isReason = problem === 'problem.required';
  return reply.page(
    'evidence',
    {
      receiptNumber,
      values: { reason: '', files: '', stamp: '', ...typed },
      problem: isReason ? problem : null,
      trouble: isReason ? null : problem,
      seesPerson: may(request.signedIn(), 'see_person'),
      stamps: settings.TSA_URL !== undefined,
      fingerprint: createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex'),
      verifier: `/${verifierName}`,
    },
    problem === null ? 200 : isReason ? 422 : 503,
  );
}
