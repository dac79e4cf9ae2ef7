import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  ConfigurationReport,
  Heartbeat,
  type HeartbeatReply,
  type SignedConfiguration,
} from '../../../schemas/index.ts';
import { noteConfiguration } from '../../exchange/agents/configuration.ts';
import { noteHeartbeat } from '../../exchange/agents/heartbeat.ts';
import type { AgentDoorDependencies } from './agent-door-dependencies.ts';

const VersionParams = Type.Object({ version: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) });

/** Routes for the agent's configuration, its report about it, and its heartbeat. */
export function configurationRoutes(app: FastifyInstance, dependencies: AgentDoorDependencies): void {
  const { store, agents, signer, findPackage, log } = dependencies;

  app.get('/configuration', async ({ entry: { caller } }): Promise<SignedConfiguration> => {
    const document = JSON.stringify(await agents.configuration(caller.agency));
    return { document, signature: (await signer()).sign(document) };
  });

  app.post<{ Params: { version: string }; Body: ConfigurationReport }>(
    '/configuration/:version',
    { schema: { params: VersionParams, body: ConfigurationReport } },
    async ({ entry: { caller }, params, body }, reply) => {
      const { agency } = caller;
      const version = Number(params.version);
      await noteConfiguration(store, agency, version, body);
      if (body.outcome === 'rolled-back')
        log.warn({ agency, version }, 'an agent rolled its configuration back');
      return reply.status(204).send();
    },
  );

  app.post<{ Body: Heartbeat }>(
    '/heartbeat',
    { schema: { body: Heartbeat } },
    async ({ entry: { caller }, body }): Promise<HeartbeatReply> => {
      const { version } = await agents.configuration(caller.agency);
      const at = await noteHeartbeat(store, caller.agency, body);
      const found = findPackage.known();
      return {
        at: at.toISOString(),
        configuration: version,
        ...(found && { agent: found.version }),
        takesReasons: true,
        takesNotices: true,
        asksLogs: true,
        tellsSteps: true,
      };
    },
  );
}
