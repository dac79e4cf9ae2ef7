import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AccountProposalError,
  decideAccount,
  fetchAgreedKey,
  listAccountProposals,
  withdrawAccount,
} from '../../access/accounts/account-proposals.ts';
import type { Doer } from '../../access/accounts/doer.ts';
import { AdminKeyError } from '../../access/keys/admin-keys.ts';
import { UserError } from '../../access/people/users.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { keyProblemOf } from './admin-key-pages.ts';
import { toProblems } from './user-pages.ts';

const onPage = 50;
const decisions = ['agree', 'refuse', 'withdraw'] as const;

/** What makes an administrator, and waits for a second one. */
export const accountProposalPages: Pages = (app, deps) => {
  const { store, log, settings } = deps;

  app.get('/users/proposals', async (request, reply) => {
    request.demand('manage_users');
    return showProposals(deps, request, reply);
  });

  app.post('/users/proposals/:id', async (request, reply) => {
    const { by, id } = begin(request);
    const decision = decisions.find((one) => one === request.typed().decision);
    if (!decision) throw new PageError('not_understood');
    try {
      if (decision === 'withdraw') await withdrawAccount(store, id, by);
      else {
        const baseUrl = decision === 'agree' ? toKnownUrl(settings.PUBLIC_URL, request) : '';
        await decideAccount(store, id, { agree: decision === 'agree', baseUrl }, by);
      }
    } catch (error) {
      return showProposals(deps, request, reply, toProblem(error));
    }
    log.info({ user: request.signedIn().id, proposal: id, decision }, 'proposal for an account decided');
    return reply.redirect(`/users/proposals?done=account_${decision}`, 303);
  });

  app.post('/users/proposals/:id/key', async (request, reply) => {
    const { by, id } = begin(request);
    try {
      const { id: keyId, key } = await fetchAgreedKey(store, id, by);
      log.info({ user: request.signedIn().id, key: keyId }, "administrator's key made");
      return await reply.page('admin-key-made', { key, keyId, back: `/users/${request.signedIn().id}` });
    } catch (error) {
      return showProposals(deps, request, reply, toProblem(error));
    }
  });
};

function begin(request: FastifyRequest): { by: Doer; id: string } {
  const { login: actor } = request.demand('manage_users');
  const id = toUuid((request.params as { id: string }).id);
  if (!id) throw new PageError('not_found');
  return { by: { actor, way: 'console' }, id };
}

/** The text of what stands in the way. Whatever else was thrown goes on. */
function toProblem(error: unknown): string {
  if (error instanceof AccountProposalError)
    return error.kind === 'same-person' ? 'account_proposals.same_person' : 'account_proposals.gone';
  if (error instanceof AdminKeyError) return keyProblemOf(error);
  if (error instanceof UserError) return Object.values(toProblems(error))[0] ?? 'account_proposals.gone';
  throw error;
}

async function showProposals(
  { store }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string | null = null,
) {
  const after = toUuid(request.asked().after);
  const found = await listAccountProposals(store, after, onPage + 1);
  const rows = found.slice(0, onPage);
  const last = found.length > onPage ? rows.at(-1) : undefined;
  const { login } = request.signedIn();
  const proposals = rows.map(({ proposed_at: at, decided_by: decidedBy, ...proposal }) => ({
    ...proposal,
    at,
    decidedBy,
    isOwn: proposal.author === login,
  }));
  const next = last ? `/users/proposals?after=${last.id}` : null;
  return reply.page('account-proposals', { proposals, next, problem }, problem ? 422 : 200);
}
