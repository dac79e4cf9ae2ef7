import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { AgentAnswer, AgentOutcomes, AgentPosts, ChangesRequest } from '../../../schemas/index.ts';
import type { AgentExchange } from '../../exchange/agents/agent-exchange.ts';
import { Refusal } from '../../http/problem.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';

export const IdParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** Errors: Refusal `not-found`. */
export function mustBeWaitedFor(isWaitedFor: boolean): void {
  if (!isWaitedFor) throw new Refusal('not-found', 'nobody waits for an answer to this (any more)');
}

/** Routes for what an agent brings from its board, takes to it, and answers. */
export function exchangeRoutes(app: FastifyInstance, agents: AgentExchange): void {
  app.post<{ Body: AgentPosts }>('/posts', { schema: { body: AgentPosts } }, ({ entry, body }) =>
    agents.takePosts(entry.caller.agency, body),
  );

  app.get<{ Querystring: ChangesRequest }>(
    '/changes',
    { schema: { querystring: ChangesRequest } },
    async ({ entry, query }, reply) => {
      return agents.fetch(entry.caller.agency, query, lifetimeOf(reply).ended);
    },
  );

  app.post<{ Body: AgentOutcomes }>('/outcomes', { schema: { body: AgentOutcomes } }, ({ entry, body }) =>
    agents.report(entry.caller.agency, body),
  );

  app.post<{ Params: { id: string }; Body: AgentAnswer }>(
    '/asks/:id',
    { schema: { params: IdParams, body: AgentAnswer } },
    async ({ entry, params, body }, reply) => {
      mustBeWaitedFor(await agents.answer(entry.caller.agency, params.id, body));
      return reply.status(204).send();
    },
  );
}
