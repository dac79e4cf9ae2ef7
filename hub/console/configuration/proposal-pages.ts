import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../../access/people/rights.ts';
import { planChange } from '../../configuration/changes/plan-change.ts';
import {
  decideProposal,
  findProposal,
  type Proposal,
  withdrawProposal,
} from '../../configuration/changes/proposals.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toPlanned } from './difference-view.ts';
import { toFailure } from './failure.ts';

/** A change of the configuration that waits for a second person. */
export const proposalPages: Pages = (app, deps) => {
  const { store, log } = deps;

  app.get('/configuration/proposals/:id', async (request, reply) => {
    request.demand('see_configuration');
    return showProposal(deps, request, reply, await getProposal(deps, request), {});
  });

  app.post('/configuration/proposals/:id', async (request, reply) => {
    const user = request.demand('configure');
    const proposal = await getProposal(deps, request);
    const { note = '', decision = '' } = request.typed();
    if (!['agree', 'refuse', 'withdraw'].includes(decision)) throw new PageError('not_understood');
    if (decision === 'refuse' && note === '')
      return showProposal(deps, request, reply, proposal, { noteProblem: 'problem.required' });
    try {
      if (decision === 'withdraw')
        await withdrawProposal(store, proposal.id, { author: user.login, way: 'console', note });
      else
        await decideProposal(store, proposal.id, {
          person: user.login,
          way: 'console',
          agree: decision === 'agree',
          note,
        });
    } catch (error) {
      return showProposal(deps, request, reply, proposal, { note, failure: toFailure(error) });
    }
    log.info({ user: user.id, proposal: proposal.id, decision }, 'proposal decided');
    return reply.redirect(`/configuration/proposals/${proposal.id}?done=proposal_${decision}`, 303);
  });
};

async function getProposal({ store }: ConsoleDeps, request: FastifyRequest): Promise<Proposal> {
  const { id } = request.params as { id: string };
  const found = /^[0-9a-f-]{36}$/.test(id) ? await findProposal(store, id) : undefined;
  if (!found) throw new PageError('not_found');
  return found;
}

interface Said {
  note?: string;
  noteProblem?: string | null;
  failure?: string | null;
}

async function showProposal(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  proposal: Proposal,
  { note = '', noteProblem = null, failure = null }: Said,
) {
  const user = request.signedIn();
  const isOpen = proposal.state === 'open';
  const planned = await Promise.all(
    proposal.changes.map(async ({ kind, name, source, base }) => {
      const plan = await planChange(deps.store, { kind, name, source, ...(isOpen && { base }) });
      return { kind, name, hasMoved: plan.moved !== undefined, ...toPlanned(plan) };
    }),
  );
  const data = {
    mode: 'proposal',
    code: null,
    version: null,
    action: `/configuration/proposals/${proposal.id}`,
    undone: [],
    waiting: null,
    proposal: {
      ...proposal,
      isOpen,
      isOwn: proposal.author === user.login,
      hasMoved: planned.some(({ hasMoved }) => hasMoved),
    },
    base: 0,
    changes: planned,
    mayDo: isOpen && may(user, 'configure'),
    needsSecondPerson: true,
    note,
    noteProblem,
    failure,
  };
  return reply.page('configuration-change', data, failure || noteProblem ? 422 : 200);
}
