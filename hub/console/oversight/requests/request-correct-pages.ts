import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  listToCorrect,
  mayCorrect,
  noteCorrected,
  noteHandWork,
} from '../../../personal/requests/corrections.ts';
import { listHoldings } from '../../../personal/requests/holdings.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { change, getRequest, show, withRequests } from './show-request.ts';

/** A correction carried out in all complaints of the person, and what is left to do by hand on boards. */
export const requestCorrectPages: Pages = (app, deps) => {
  app.post('/subject-requests/:number/correct', async (request, reply) => correct(deps, request, reply));

  app.post('/subject-requests/:number/hand-work', async (request, reply) => {
    const { complaintId = '', agency = '' } = request.typed();
    return change(deps, request, reply, {
      problems: {},
      done: 'request_hand_done',
      work: (opened, one, by) => noteHandWork(opened, one, { complaintId, agency, by }),
    });
  });
};

async function correct(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply) {
  const user = request.demand('handle_requests');
  const found = await getRequest(deps, request);
  if (!mayCorrect(found))
    return reply.redirect(`/subject-requests/${found.number}?done=request_too_late`, 303);
  const holdings = await listHoldings(deps.store, found);
  const due = await withRequests(deps, request, async (opened, tell) => {
    const list = await listToCorrect(opened, found, holdings);
    tell('change', [found.id, ...list.map(({ id }) => id)]);
    return list;
  });
  if (due.length === 0) return show(deps, request, reply, found, { correct: 'request.nothing_to_correct' });
  const corrected: { id: string; receiptNumber: string; seq: number }[] = [];
  const refused: string[] = [];
  for (const { id, receiptNumber, content, version } of due) {
    // The contact centre speaks for the complainant, so this is said as any change of the content is, and goes to each board that takes it.
    const accepted = await deps.accept({
      ...{
        agency: 'hub',
        source: 'console',
        externalId: `request/${found.number}/${receiptNumber}`,
        version,
      },
      ...{ raw: { content }, normalised: { ok: true, post: { content } }, complaintId: id, user: user.login },
    });
    if ('lastSeq' in accepted) corrected.push({ id, receiptNumber, seq: accepted.lastSeq });
    else refused.push(receiptNumber);
  }
  if (corrected.length > 0)
    await withRequests(deps, request, (opened, tell) => {
      tell('change', [found.id]);
      return noteCorrected(opened, found, { corrected, by: user.login });
    });
  deps.log.info(
    { user: user.id, request: found.number, corrected: corrected.length, refused: refused.length },
    'complaints were corrected',
  );
  if (refused.length > 0)
    return show(deps, request, reply, await getRequest(deps, request), {
      correct: 'request.correct_refused',
    });
  return reply.redirect(`/subject-requests/${found.number}?done=request_corrected`, 303);
}
