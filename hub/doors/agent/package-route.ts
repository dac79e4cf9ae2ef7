import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { findByAgentToken } from '../../access/agent-keys.ts';
import { lifetimeOf } from '../../request-lifetime.ts';
import { Refusal } from '../problem.ts';
import { toKnock } from '../rest/enter.ts';
import type { AgentDoorDependencies, FindAgentPackage } from './agent-door-dependencies.ts';

/** `GET /package` and `/package.sha256`: for who holds the enrolment token or an agent's key. */
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

const toFileName = (version: string) => `minwon-hub-agent-${version}.tgz`;

/** Errors: Refusal `unavailable` where it cannot be made. */
export async function sendAgentPackage(
  reply: FastifyReply,
  findPackage: FindAgentPackage,
): Promise<FastifyReply> {
  const { path, version, sha256 } = await findPackage().catch((error: unknown) => {
    throw new Refusal('unavailable', `the installation package cannot be made: ${messageOf(error)}`);
  });
  return reply
    .header('content-disposition', `attachment; filename="${toFileName(version)}"`)
    .header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type('application/gzip')
    .send(createReadStream(path));
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
