import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { listKeptKinds, readKeptNumbers } from '../../../personal/numbers/read-numbers.ts';
import { withPersonal } from '../../../personal/with-personal.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toReader } from '../../visit/to-reader.ts';
import { getFile, seesComplainant } from '../complaint-file.ts';

/**
 * Numbers that a law lets the person's agency keep of a complaint. Each look has a reason, which the access log keeps
 * (개인정보 보호법, articles 24 and 24-2).
 */
export const numberPages: Pages = (app, deps) => {
  app.get('/complaints/:receiptNumber/numbers', async (request, reply) => {
    const { file, agency } = await begin(deps, request);
    return show(deps, reply, { file, agency });
  });

  app.post('/complaints/:receiptNumber/numbers', async (request, reply) => {
    const { file, agency } = await begin(deps, request);
    const reason = (request.typed().reason ?? '').trim();
    if (reason === '') return show(deps, reply, { file, agency, problem: 'problem.required' });
    const numbers = await withPersonal(deps.store, toReader(request), (opened, tell) => {
      tell({
        act: 'read',
        purpose: 'numbers',
        subjects: [file.id],
        items: ['numbers'],
        masked: false,
        reason,
      });
      return readKeptNumbers(opened, file.id, agency);
    });
    reply.header('cache-control', 'no-store');
    return show(deps, reply, { file, agency, numbers });
  });
};

/** For whoever has no such agency, there is no page. */
async function begin({ store }: ConsoleDeps, request: FastifyRequest) {
  const user = request.signedIn();
  const file = await getFile(store, request);
  if (user.agency === null || !seesComplainant(user, file)) throw new PageError('not_found');
  return { file, agency: user.agency };
}

async function show(
  { store }: ConsoleDeps,
  reply: FastifyReply,
  shown: { file: ComplaintFile; agency: string; problem?: string; numbers?: unknown[] },
) {
  const { file, agency, problem = null, numbers = null } = shown;
  const kinds = await listKeptKinds(store, file.id, agency);
  return reply.page(
    'numbers',
    { receiptNumber: file.receiptNumber, kinds, numbers, problem },
    problem === null ? 200 : 422,
  );
}
