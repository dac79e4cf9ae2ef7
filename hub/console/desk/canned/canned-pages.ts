import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import {
  type CannedChange,
  type CannedProblem,
  cannedVariables,
  listCanned,
  removeCanned,
  saveCanned,
} from '../../../desk/canned-answers.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toDeskAgency } from '../own-agency.ts';

interface Returned {
  change: CannedChange;
  problem: CannedProblem;
}

/** The canned answers of an agency: its officers write them for each other. */
export const cannedPages: Pages = (app, deps) => {
  const { store } = deps;
  app.get('/desk/canned', async (request, reply) => {
    const user = request.demand('answer');
    return showCanned(deps, reply, toDeskAgency(deps, user, request.asked().agency));
  });

  app.post('/desk/canned/:id', async (request, reply) => {
    const { user, agency, id } = begin(request);
    const { title = '', body = '' } = request.typed();
    const change = { id, title, body: body.replaceAll('\r\n', '\n') };
    const problem = await saveCanned(store, user, agency, change);
    if (problem) return showCanned(deps, reply, agency, { change, problem });
    return reply.redirect(`/desk/canned?agency=${agency}&done=canned_saved`, 303);
  });

  app.post('/desk/canned/:id/remove', async (request, reply) => {
    const { user, agency, id } = begin(request);
    await removeCanned(store, user, agency, id);
    return reply.redirect(`/desk/canned?agency=${agency}&done=canned_removed`, 303);
  });

  function begin(request: FastifyRequest) {
    const user = request.demand('answer');
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    return { user, id, agency: toDeskAgency(deps, user, request.typed().agency) };
  }
};

async function showCanned(
  { store }: Pick<ConsoleDeps, 'store'>,
  reply: FastifyReply,
  agency: string,
  returned?: Returned,
) {
  const canned = await listCanned(store, agency);
  const isNew = returned !== undefined && !canned.some(({ id }) => id === returned.change.id);
  const toForm = (one: CannedChange, isOpen: boolean) => {
    const problem = isOpen ? (returned?.problem ?? null) : null;
    const text = problem && `canned_problem.${problem}`;
    const ofBody = problem === 'body' || problem === 'variables';
    return { ...one, isOpen, titleProblem: ofBody ? null : text, bodyProblem: ofBody ? text : null };
  };
  const data = {
    agency,
    variables: cannedVariables,
    canned: canned.map((one) => {
      const isOpen = returned?.change.id === one.id;
      return { ...one, form: toForm(isOpen ? returned.change : one, isOpen) };
    }),
    fresh: toForm(isNew ? returned.change : { id: randomUUID(), title: '', body: '' }, isNew),
  };
  return reply.page('desk-canned', data, returned ? 422 : 200);
}
