import type { FastifyInstance } from 'fastify';
import type { AgentExchange } from '../../exchange/agents/agent-exchange.ts';
import { toContent } from '../../http/body-stream.ts';
import { Refusal } from '../../http/problem.ts';
import { streamBodies } from '../json/stream-bodies.ts';
import { IdParams, mustBeWaitedFor } from './exchange-routes.ts';

type OfFile = { Params: { id: string } };

/** Routes for files that an agent takes to its board or brings from it. They stream both ways. */
export function fileRoutes(app: FastifyInstance, agents: AgentExchange): void {
  const sending = streamBodies(app);

  app.get<OfFile>('/attachments/:id', { schema: { params: IdParams } }, async ({ entry, params }, reply) => {
    const content = await agents.openFile(entry.caller.agency, params.id);
    if (!content) throw new Refusal('not-found', 'no such file is to be brought to this board');
    return reply.type('application/octet-stream').send(content);
  });

  app.put<OfFile>(
    '/asks/:id/content',
    { schema: { params: IdParams }, ...sending },
    async (request, reply) => {
      const { entry, params } = request;
      mustBeWaitedFor(await agents.takeContent(entry.caller.agency, params.id, toContent(request)));
      return reply.status(204).send();
    },
  );
}
