import type { FastifyInstance } from 'fastify';
import { findByAgentToken } from '../../access/keys/agent-keys.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';
import { sendAgentPackage, toFileName } from '../../http/send-agent-package.ts';
import { toKnock } from '../json/enter.ts';
import type { AgentDoorDependencies } from './agent-door-dependencies.ts';

/** `GET /package` and `/package.sha256`: open to a caller with the enrolment token or an agent's key. */
export function packageRoute(
  app: FastifyInstance,
  { store, gate, findPackage }: AgentDoorDependencies,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const knock = toKnock(request);
    const { authorization = '' } = request.headers;
    const token = authorization.replace(/^Bearer /i, '');
    if ((await findByAgentToken(store.pool, token)) !== undefined) return;
    await gate.enter({ ...knock, door: 'agent' }, lifetimeOf(reply));
  });
  app.get('/package', async (_request, reply) => sendAgentPackage(reply, findPackage));
  app.get('/package.sha256', async (_request, reply) => {
    const { sha256, version } = await findPackage();
    return reply.type('text/plain; charset=utf-8').send(`${sha256}  ${toFileName(version)}\n`);
  });
}
