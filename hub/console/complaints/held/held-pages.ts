import type { FastifyRequest } from 'fastify';
import { dismiss, hurry, takeBack } from '../../../complaints/held/give-back.ts';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import { createHeldActs } from '../../../exchange/held/carry-out.ts';
import { PageError } from '../../../web/page-error.ts';
import { toLocalPath } from '../../../web/security.ts';
import type { Pages } from '../../visit/console-context.ts';

/** What a person does about something that he or she sent a moment ago: takes it back, or lets it go out at once. */
export const heldPages: Pages = (app, deps) => {
  const { store } = deps;
  const acts = createHeldActs(deps);

  app.post('/held/:id/undo', async (request, reply) => {
    const { user, id } = begin(request);
    const taken = await takeBack(store, id, user);
    const [first] = taken;
    if (!first) return reply.redirect(toLocalPath(toBack(request, 'held_late')), 303);
    if (taken.length > 1 || first.form === undefined)
      return reply.redirect(toLocalPath(toBack(request, 'taken_back')), 303);
    const { receiptNumber, form } = first;
    return reply.redirect(`/complaints/${receiptNumber}?draft=${form}&done=taken_back#form-${form}`, 303);
  });

  app.post('/held/:id/send', async (request, reply) => {
    const { user, id } = begin(request);
    const ids = await hurry(store, id, user);
    const ends = await Promise.all(ids.map(acts.carryOut));
    const done = ids.length === 0 ? 'held_late' : ends.includes('returned') ? 'held_returned' : 'held_sent';
    return reply.redirect(toLocalPath(toBack(request, done)), 303);
  });

  app.post('/held/:id/dismiss', async (request, reply) => {
    const { user, id } = begin(request);
    await dismiss(store, id, user);
    return reply.redirect(toLocalPath(toBack(request)), 303);
  });
};

function begin(request: FastifyRequest) {
  const user = request.demand('read');
  const id = toUuid((request.params as { id: string }).id);
  if (!id) throw new PageError('not_found');
  return { user, id };
}

/** The page that the person came from, with what was done in place of what it said before. */
function toBack(request: FastifyRequest, done?: string): string {
  const url = new URL(toLocalPath(request.typed().to), 'http://hub');
  url.searchParams.delete('done');
  url.searchParams.delete('draft');
  if (done) url.searchParams.set('done', done);
  return url.pathname + url.search;
}
